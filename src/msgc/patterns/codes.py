"""What can be wrong with a pattern, each with the reason that AWS has for refusing it."""

from __future__ import annotations

from msgc.diagnostics import Code

EMPTY_PATTERN = Code(
    id="MSG380",
    name="empty-pattern",
    severity="error",
    explanation="""\
A pattern, or an object inside one, asks for nothing.

AWS refuses it ("Empty objects are not allowed"). To take everything, leave the filter out.

```yaml
filter: {customer: {tier: [gold]}}
```
""",
)

VALUE_NOT_IN_LIST = Code(
    id="MSG381",
    name="value-not-in-list",
    severity="error",
    explanation="""\
A field of a pattern has a bare value.

The values that a field may have stand in a list, one or more of them; AWS refuses anything else
("must be an object or an array").

```yaml
filter: {status: [paid]}        # not: {status: paid}
```
""",
)

EMPTY_LIST = Code(
    id="MSG382",
    name="empty-list-of-values",
    severity="error",
    explanation="""\
A field of a pattern has an empty list of values.

No value could match; AWS refuses it ("Empty arrays are not allowed"). To ask for a field that is
absent, write `[{exists: false}]`.

```yaml
filter: {coupon: [{exists: false}]}    # not: {coupon: []}
```
""",
)

UNKNOWN_OPERATOR = Code(
    id="MSG383",
    name="unknown-operator",
    severity="error",
    explanation="""\
An object in a list of values isn't one of the operators.

| operator | example |
| --- | --- |
| `prefix`, `suffix` | `{prefix: eu-}` |
| `equals-ignore-case` | `{equals-ignore-case: gold}` |
| `wildcard` | `{wildcard: "orders/*/paid"}` |
| `numeric` | `{numeric: [">=", 100]}`, `{numeric: [">", 0, "<", 10]}` |
| `cidr` | `{cidr: 10.0.0.0/24}` |
| `exists` | `{exists: false}` |
| `anything-but` | `{anything-but: [draft, test]}`, `{anything-but: {prefix: test-}}` |

AWS refuses others ("Unrecognized match type"); the case of an operator counts.

```yaml
filter: {region: [{prefix: eu-}]}      # not: {region: [{starts-with: eu-}]}
```
""",
)

ONE_OPERATOR = Code(
    id="MSG384",
    name="several-operators",
    severity="error",
    explanation="""\
An object in a list of values has several operators, or none.

Each stands alone; AWS refuses others ("Only one key allowed in match expression"). Two objects in
one list are alternatives. There is no way to ask for both of two operators on one field, but for a
range of numbers: `{numeric: [">", 0, "<", 10]}`.

```yaml
filter: {file: [{prefix: in/}, {suffix: .csv}]}   # either of the two
```
""",
)

WRONG_OPERAND = Code(
    id="MSG385",
    name="wrong-operand",
    severity="error",
    explanation="""\
An operator has a value of a kind that it doesn't take, and AWS refuses the pattern.

`prefix`, `suffix`, `equals-ignore-case`, `wildcard` and `cidr` take a text; `exists` takes `true`
or `false`; `anything-but` takes a text, a number, a list of one of these, or an object with
`prefix`, `suffix`, `equals-ignore-case` or `wildcard`; `numeric` takes a list. Several texts are
several objects: `[{prefix: eu-}, {prefix: us-}]`.

```yaml
filter: {coupon: [{exists: true}], region: [{prefix: eu-}]}
```
""",
)

BAD_NUMERIC = Code(
    id="MSG386",
    name="bad-numeric-range",
    severity="error",
    explanation="""\
`numeric` takes a comparison and a number, or a lower and an upper bound in this order.

```yaml
total: [{numeric: [">=", 100]}]
age:   [{numeric: [">", 17, "<=", 65]}]
```

AWS refuses other operators, numbers in quotes, and ranges whose bottom isn't less than their top.
""",
)

BAD_WILDCARD = Code(
    id="MSG387",
    name="bad-wildcard",
    severity="error",
    explanation="""\
A `wildcard` isn't well-formed, or is more than AWS takes.

`*` stands for any run of characters; two in a row are refused, and a backslash can only stand
before `*` or another backslash. AWS refuses what costs too much to match ("Rule is too complex"):
on a bus, wildcards of one field of which a text can be at more than ten places at once, as four
like `*/in/*.csv` are; in an SNS filter, more than three stars in one, or more than a hundred when
all stars of a field are multiplied by its wildcards.

```yaml
filter: {path: [{wildcard: "orders/*/paid"}]}
```
""",
)

BAD_NETWORK = Code(
    id="MSG388",
    name="bad-network",
    severity="error",
    explanation="""\
The value of `cidr` is no block of addresses, and AWS refuses the pattern.

It is an IP address, a slash and the number of bits: `10.0.0.0/24`, `2001:db8::/32`.

```yaml
filter: {client: [{cidr: 10.0.0.0/24}]}
```
""",
)

BAD_OR = Code(
    id="MSG389",
    name="bad-or",
    severity="error",
    explanation="""\
`$or` takes a list of at least two objects, each a pattern of its own.

```yaml
filter:
  $or:
    - {total: [{numeric: [">=", 100]}]}
    - {customer: {tier: [gold]}}
```

Fields in it can't have the name of an operator; AWS reserves those.
""",
)

NOT_A_VALUE = Code(
    id="MSG390",
    name="not-a-value",
    severity="error",
    explanation="""\
A list of values has another list in it.

Values are texts, numbers, `true`, `false`, `null` and operators; AWS refuses others ("Match value
must be String, number, true, false, or null"). The list is about one field: to look into a list of
objects, write the fields as if it weren't there: `items: {sku: [A]}`.

```yaml
filter: {status: [paid, shipped]}      # not: {status: [[paid, shipped]]}
```
""",
)

RECENT_OPERATOR = Code(
    id="MSG391",
    name="recent-operator",
    severity="warning",
    explanation="""\
AWS may refuse this operator: SNS documents it since recently, or Lambda not at all.

If the deployment fails with "Invalid parameter: FilterPolicy", or for the event source mapping,
say the same with `prefix`, values or `anything-but: {prefix: ...}`, or take the messages by a bus,
which knows all operators.

```yaml
filter: {file: [{suffix: .csv}]}
```
""",
)

OPERATOR_NOT_HERE = Code(
    id="MSG392",
    name="operator-not-here",
    severity="error",
    explanation="""\
An operator exists, but not for this kind of filter.

Lambda's filters for queues have no `anything-but` with anything but `prefix`; SNS has no
`equals-ignore-case` inside `prefix` and `suffix`. Filter on the subscription that feeds the queue,
by a bus if need be.

```yaml
subscriptions:
  eu-orders:
    from: {bus: commerce}
    to: {queue: invoicing}
    filter: {path: [{wildcard: "eu/*/paid"}]}
```
""",
)

NESTED_ATTRIBUTE = Code(
    id="MSG393",
    name="nested-attribute",
    severity="error",
    explanation="""\
A filter policy about message attributes looks into an object.

Attributes are flat, and SNS refuses it ("does not support nested filter policy"). Filter on the
body.

```yaml
filter_on: body
filter: {customer: {tier: [gold]}}
```
""",
)

EVENT_FIELD_IS_TEXT = Code(
    id="MSG394",
    name="event-field-is-text",
    severity="error",
    explanation="""\
A raw pattern compares a part of the event that is always a text with something else.

Beside its `detail`, all of an event is text: `account` too, and an account id without quotes is a
number, which never matches.

```yaml
pattern: {account: ["123456789012"], source: [aws.health]}
```
""",
)

TOO_MANY_COMBINATIONS = Code(
    id="MSG395",
    name="too-many-combinations",
    severity="error",
    explanation="""\
A pattern has more combinations than AWS takes.

EventBridge unfolds `$or`s into at most 1000 alternatives. SNS multiplies the number of values of
each field (below the top, times its depth), adds up the branches of an `$or`, and takes at most
150. Use fewer values, a prefix, or several subscriptions.

```yaml
filter: {sku: [{prefix: A-}]}          # not each of two hundred
```
""",
)

TOO_MANY_KEYS = Code(
    id="MSG396",
    name="too-many-keys",
    severity="error",
    explanation="""\
An SNS filter policy has more than five keys.

SNS refuses it when the stack is deployed. Take the messages by a bus, whose patterns have no such
limit, or filter in the handler.

```yaml
subscriptions:
  chosen:
    from: {bus: commerce}
    to: {queue: invoicing}
    filter: {a: [1], b: [1], c: [1], d: [1], e: [1], f: [1]}
```
""",
)

MANY_FIELDS = Code(
    id="MSG397",
    name="many-fields",
    severity="warning",
    explanation="""\
An SNS filter on the body looks at more than five fields, in five objects or fewer.

AWS's documentation has counted both ways, by the keys at the top and by the fields. If the
deployment fails with "Filter policy can not have more than 5 keys", take the messages by a bus.

```yaml
subscriptions:
  chosen:
    from: {bus: commerce}
    to: {queue: invoicing}
    filter: {customer: {tier: [gold]}, order: {a: [1], b: [1], c: [1], d: [1], e: [1]}}
```
""",
)

REPLACED_FIELD = Code(
    id="MSG398",
    name="replaced-field",
    severity="warning",
    explanation="""\
A field is asked for both outside and inside an `$or`, and only one of them counts.

AWS doesn't join the two: in each branch the later replaces the earlier. Write the field in every
branch that needs it, and not outside.

```yaml
filter:
  $or:
    - {status: [paid], total: [{numeric: [">=", 100]}]}
    - {status: [paid], customer: {tier: [gold]}}
```
""",
)

UNKNOWN_EVENT_FIELD = Code(
    id="MSG399",
    name="unknown-event-field",
    severity="error",
    explanation="""\
A raw `pattern` asks for something at the top of an event that no event has there.

Every event has `version`, `id`, `detail-type`, `source`, `account`, `time`, `region`, `resources`
and `detail`, a replayed one `replay-name` too; what a service says itself is inside `detail`. AWS
takes any other name, and the rule never matches.

```yaml
pattern: {detail-type: [OrderPlaced], detail: {status: [paid]}}
```
""",
)

CODES = (
    EMPTY_PATTERN,
    VALUE_NOT_IN_LIST,
    EMPTY_LIST,
    UNKNOWN_OPERATOR,
    ONE_OPERATOR,
    WRONG_OPERAND,
    BAD_NUMERIC,
    BAD_WILDCARD,
    BAD_NETWORK,
    BAD_OR,
    NOT_A_VALUE,
    RECENT_OPERATOR,
    OPERATOR_NOT_HERE,
    NESTED_ATTRIBUTE,
    EVENT_FIELD_IS_TEXT,
    TOO_MANY_COMBINATIONS,
    TOO_MANY_KEYS,
    MANY_FIELDS,
    REPLACED_FIELD,
    UNKNOWN_EVENT_FIELD,
)
