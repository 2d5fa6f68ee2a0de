"""What can be wrong with the schema of a payload."""

from __future__ import annotations

from msgc.diagnostics import Code

UNSUPPORTED_KEYWORD = Code(
    id="MSG340",
    name="schema-keyword-not-supported",
    severity="error",
    explanation="""\
msgc checks every payload against all that its schema says, in JSON Schema 2020-12; a word that it
can't check is an error, never passed over. These are words of older drafts and of OpenAPI 3.0,
which have another name now, and `$dynamicRef` with its kin, whose meaning depends on who refers.

```yaml
type: [string, "null"]              # not `nullable: true`
prefixItems: [{type: string}]       # not a list in `items`
dependentRequired: {card: [name]}   # not `dependencies`
```
""",
)

UNKNOWN_KEYWORD = Code(
    id="MSG341",
    name="unknown-schema-keyword",
    severity="error",
    explanation="""\
JSON Schema ignores words that it doesn't know, so that a slip of the keyboard switches a check off
without a word. msgc knows them all and refuses the others.

```yaml
properties:
  sku: {type: string, minLenght: 1}   # minLength
```

Words of your own begin with `x-`.
""",
)

BAD_KEYWORD_VALUE = Code(
    id="MSG342",
    name="bad-schema-keyword-value",
    severity="error",
    explanation="""\
The value of a JSON Schema keyword isn't what the keyword takes: a number for `type`, text for
`minLength`, a single name for `required`.

```yaml
type: object
required: [order_id]      # a list, even of one
properties:
  order_id: {type: string, minLength: 1}
```
""",
)

REF_FILE_NOT_FOUND = Code(
    id="MSG343",
    name="schema-file-not-found",
    severity="error",
    explanation="""\
A `$ref` names a file that can't be read. The path is relative to the file in which the `$ref`
stands, as everywhere in JSON Schema.

```yaml
messages:
  OrderPlaced:
    schema: {$ref: schemas/order_placed.json}    # beside messaging.yaml
```
""",
)

REF_TARGET_NOT_FOUND = Code(
    id="MSG344",
    name="schema-ref-target-not-found",
    severity="error",
    explanation="""\
The part of a `$ref` after `#` leads nowhere. It is a JSON pointer from the root of the file
(`/` in names is written `~1`, and `~` is `~0`), or an `$anchor`. In a schema that is written inline
in messaging.yaml, the root is that schema.

```json
{"$defs": {"Money": {"type": "object"}}, "properties": {"total": {"$ref": "#/$defs/Money"}}}
```
""",
)

REF_NOT_A_FILE = Code(
    id="MSG345",
    name="schema-ref-not-a-file",
    severity="error",
    explanation="""\
A `$ref` is an address in the network. msgc reads no network: what a schema means would then depend
on the day. Keep a copy of the other schema in the repository and name its path.

```yaml
properties:
  money: {$ref: common/money.json}     # not https://example.com/common/money.json
```
""",
)

REF_LOOP = Code(
    id="MSG346",
    name="schema-ref-loop",
    severity="error",
    explanation="""\
A `$ref` leads back to itself without an object between: no Python type can be written for it. Or
an object requires another one of its kind, which requires another one, without end. A schema may
be recursive through an object's properties, as a tree is:

```yaml
$defs:
  Category:
    type: object
    required: [name]
    properties:
      name: {type: string}
      children: {type: array, items: {$ref: "#/$defs/Category"}}
```
""",
)

NOT_AN_OBJECT = Code(
    id="MSG347",
    name="message-not-an-object",
    severity="error",
    explanation="""\
A message is one JSON object: EventBridge takes nothing else, filters look at properties, and an
object can get new properties without breaking its readers. Put a list or a number into a property.

```yaml
schema:
  type: object
  required: [readings]
  properties:
    readings: {type: array, items: {type: number}}
```
""",
)

BAD_PATTERN = Code(
    id="MSG348",
    name="pattern-not-for-python",
    severity="error",
    explanation="""\
`pattern` is a regular expression of ECMAScript; payloads are checked by Python's `re`, into which
msgc translates it. This one is broken, or it is written in another dialect (`(?i)`, `(?P<name>`,
`\\A`, `a++`), or uses what `re` can't be told: a lookbehind of variable width, `\\p{Script=Greek}`.

```yaml
properties:
  sku: {type: string, pattern: "^[A-Z]{2}[0-9]{4}$"}
  name: {type: string, pattern: "^[\\\\p{L} '-]+$"}
```
""",
)

AMBIGUOUS_UNION = Code(
    id="MSG349",
    name="union-without-tag",
    severity="info",
    explanation="""\
Nothing tells the objects of this `oneOf` or `anyOf` apart, so there is no choosing a class for
what arrives: it is a `dict` in Python. Payloads are checked against the schema all the same. To get
classes, give each option a required property with a `const` of its own.

A message is one class: where a union stands in its place, the class has the fields of all options.
A field of which some options say nothing may be anything in their messages (`str | Any`), unless
these say `additionalProperties: false`. Make a message of each option to have a class of each.

```yaml
oneOf:
  - {type: object, required: [kind], properties: {kind: {const: card}, number: {type: string}}}
  - {type: object, required: [kind], properties: {kind: {const: cash}}}
```
""",
)

CONTRADICTION = Code(
    id="MSG350",
    name="schema-contradiction",
    severity="error",
    explanation="""\
No value can fit this schema: a minimum above the maximum, an `enum` value of another type than
`type`, parts of an `allOf` that exclude each other. A part of an `allOf` that says
`additionalProperties: false` forbids the properties of the other parts; say it beside the `allOf`'s
merged properties, or leave it out.

```yaml
quantity: {type: integer, minimum: 1, maximum: 99}
```
""",
)

UNDECLARED_REQUIRED = Code(
    id="MSG351",
    name="required-property-not-declared",
    severity="warning",
    explanation="""\
`required` names a property that `properties` doesn't have. It is valid JSON Schema, any value
does; most often it is a misspelled name, and then every message is refused.

```yaml
required: [order_id]
properties:
  order_id: {type: string}
```
""",
)

BAD_DEFAULT = Code(
    id="MSG352",
    name="default-against-its-schema",
    severity="warning",
    explanation="""\
The `default` of a property doesn't fit the property's own schema. The generated class leaves it
out: every message made without the property would be refused.

```yaml
quantity: {type: integer, minimum: 1, default: 1}
```
""",
)

UNKNOWN_FORMAT = Code(
    id="MSG353",
    name="unknown-format",
    severity="warning",
    explanation="""\
`format` isn't one of those that JSON Schema defines, so it says nothing to anybody. Only `uuid`,
`date-time` and `date` are checked, and become types of their own in Python; the others are notes.

```yaml
placed_at: {type: string, format: date-time}
```
""",
)

NO_TYPE = Code(
    id="MSG354",
    name="schema-without-type",
    severity="warning",
    explanation="""\
A keyword of JSON Schema says something about values of its own type and nothing about others:
`minLength: 1` lets every number through, `properties` every list. Without a `type` beside it the
value can be anything else as well, in Python too.

```yaml
reference: {type: string, minLength: 1}
customer: {type: object, properties: {name: {type: string}}}
```
""",
)

TOO_DEEP = Code(
    id="MSG355",
    name="schema-too-deep",
    severity="error",
    explanation="""\
The schema nests, or its `$ref`s lead, more than 60 levels deep.

A recursive type needs a `$ref` that leads back to itself; a chain of references needs to be
shorter.

```yaml
$defs:
  Category:
    type: object
    properties: {name: {type: string}, parent: {$ref: "#/$defs/Category"}}
```
""",
)

RUNAWAY_PATTERN = Code(
    id="MSG356",
    name="runaway-pattern",
    severity="error",
    explanation="""\
A part of this regular expression can read one and the same text in many ways. Python's `re`, as
JavaScript's, tries them one after the other before it says that a text doesn't fit: thirty
characters can be enough to stop a consumer for hours, and whoever can send a message can send them.

Such patterns are run by a matcher of msgc's own, which follows all ways at once, in time that grows
linearly with the text. The one thing that it can't do is a reference to a group, as `\\1`. Beside
one, each repetition has to exclude what ends it, options of a `|` have to begin differently, or a
`maxLength` has to bound the text; it is looked at before the pattern.

```yaml
quoted: {type: string, pattern: '^(["#])[^"#,]*(,[^"#,]*)*\\1$'}   # not ^(["#])(.*,)*\\1$
twice: {type: string, maxLength: 100, pattern: '(\\w+) \\1'}
```
""",
)

LARGE_PATTERN = Code(
    id="MSG370",
    name="pattern-too-large",
    severity="error",
    explanation="""\
This regular expression can read one text in many ways, so that it is run by msgc's own matcher and
not by Python's `re`; and it is too large for that one. A part that is counted is there as often as
it is counted: `(a|b){1000}` are 2,000 characters. 100,000 characters are taken, or 30,000 parts,
and fewer with many alternatives and repetitions, since each of them is looked at for each character
of a text; and up to eight lookarounds side by side.

```yaml
lines: {type: string, maxLength: 10000, pattern: "^([a-z]+;?)*$"}   # not ^([a-z]{1,99};?){0,9999}$
state: {enum: [open, closed, lost]}                                 # for a list of a thousand words
```
""",
)

NOTHING_FITS = Code(
    id="MSG358",
    name="schema-that-nothing-fits",
    severity="warning",
    explanation="""\
No value can fit this schema: `not: {}` forbids everything, as does an `anyOf` of nothing but
`false`, a `oneOf` with every option twice, or a `contains` that asks for more items than it allows.
A property with such a schema must not be there, which is said shorter; one that is required makes
every message invalid.

```yaml
properties:
  legacy_id: false
```
""",
)

IDLE_KEYWORD = Code(
    id="MSG359",
    name="keyword-without-effect",
    severity="warning",
    explanation="""\
A keyword that says nothing without another one: `then` and `else` without `if`, and `if` without
either; `minContains` and `maxContains` without `contains`. JSON Schema passes over them.

```yaml
if: {properties: {paid: {const: true}}}
then: {required: [paid_at]}
```
""",
)
REF_OUTSIDE = Code(
    id="MSG375",
    name="schema-file-outside-repository",
    severity="error",
    explanation="""\
A `$ref` names a file outside the repository: above the nearest folder that has a `.git`, or, where
there is none, above the folder of messaging.yaml. A symbolic link counts as what it leads to, and
what is in `.git` itself counts as outside.

msgc is run on the changes of strangers, so a file in the repository can't make it read, and print,
what else is on the machine. It isn't said whether there is such a file.

```yaml
messages:
  OrderPlaced:
    schema: {$ref: /home/me/schemas/order_placed.json}   # outside
```

Keep a copy in the repository, and name it relative to the file in which the `$ref` stands:

```yaml
messages:
  OrderPlaced:
    schema: {$ref: schemas/order_placed.json}
```
""",
)

REF_NOT_REGULAR = Code(
    id="MSG376",
    name="schema-file-not-regular",
    severity="error",
    explanation="""\
A `$ref` names a device, a pipe or a socket. Such a thing may never end, or wait for ever for
somebody who writes into it.

```yaml
messages:
  OrderPlaced:
    schema: {$ref: schemas/order_placed.json}   # an ordinary file
```
""",
)
TOO_MANY_PARTS = Code(
    id="MSG377",
    name="schema-of-too-many-parts",
    severity="error",
    explanation="""\
An `allOf` has more than 1,000 schemas, or more than 200 with a schema in `additionalProperties`.
What each of them says of properties that it doesn't declare holds for all that the others declare,
so that the work grows with the square of their number.

Put properties that belong together into one schema:

```yaml
allOf:
  - {$ref: address.json}
  - properties: {name: {type: string}, email: {type: string}, phone: {type: string}}
```
""",
)
TOO_MANY_SCHEMAS = Code(
    id="MSG378",
    name="too-many-schemas",
    severity="error",
    explanation="""\
The messages of a file are made of more than 300,000 schemas: one for each property, item and
option, counted again for each message that refers to it. A class is written for each of them.

Usually every message refers to one schema of everything:

```yaml
messages:
  OrderPlaced: {schema: {$ref: everything.json}}
  OrderPaid: {schema: {$ref: everything.json}}
```

Refer to the part that is the message:

```yaml
messages:
  OrderPlaced: {schema: {$ref: "everything.json#/$defs/OrderPlaced"}}
  OrderPaid: {schema: {$ref: "everything.json#/$defs/OrderPaid"}}
```
""",
)

CODES = (
    UNSUPPORTED_KEYWORD, UNKNOWN_KEYWORD, BAD_KEYWORD_VALUE, REF_FILE_NOT_FOUND,
    REF_TARGET_NOT_FOUND, REF_NOT_A_FILE, REF_LOOP, NOT_AN_OBJECT, BAD_PATTERN, AMBIGUOUS_UNION,
    CONTRADICTION, UNDECLARED_REQUIRED, BAD_DEFAULT, UNKNOWN_FORMAT, NO_TYPE, TOO_DEEP,
    RUNAWAY_PATTERN, LARGE_PATTERN, NOTHING_FITS, IDLE_KEYWORD, REF_OUTSIDE, REF_NOT_REGULAR,
    TOO_MANY_PARTS, TOO_MANY_SCHEMAS,
)  # fmt: skip
