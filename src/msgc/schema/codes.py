"""What can be wrong with the shape of a messaging.yaml."""

from __future__ import annotations

from msgc.diagnostics import Code

UNKNOWN_KEY = Code(
    id="MSG201",
    name="unknown-key",
    severity="error",
    explanation="""\
The language has no such key at this place. Most often it is a slip of the keyboard, the name that
CloudFormation or CDK has for the setting, or a key that was indented one level too far or too
little.

```yaml
queues:
  receipts: {visibility: 5m, dead_letter: {after: 4}}
```

`msgc schema` prints the JSON Schema that lists every key; editors complete from it.
""",
)
NOT_SUPPORTED_YET = Code(
    id="MSG202",
    name="not-supported-yet",
    severity="error",
    explanation="""\
The language has reserved this word for something that this version of msgc doesn't do yet. It is
refused, not ignored, because a setting that does nothing is worse than none.

Take it out. What it would have done can often be done in your own CDK code: every resource is an
attribute of the generated construct.

```python
messaging = CheckoutMessaging(self, "Messaging")
messaging.orders_topic.add_to_resource_policy(statement)
```
""",
)
MISSING_KEY = Code(
    id="MSG203",
    name="missing-key",
    severity="error",
    explanation="""\
A key is missing that has no sensible default: a file says its `version` and `service`, a message
its `schema`, a subscription where it comes `from` and goes `to`, a consumer its `function`, a
producer what it `publishes`.

```yaml
version: 1
service: checkout
```
""",
)
WRONG_TYPE = Code(
    id="MSG204",
    name="wrong-type",
    severity="error",
    explanation="""\
A value of another kind is expected here: a mapping (`{...}` or indented keys), a list (`[...]` or
lines with `- `), a text, a whole number, or `true` and `false`.

`yes`, `no`, `on` and `off` are text, as YAML 1.2 has it. A number in quotes is text too.

```yaml
queues:
  receipts:
    messages: [SendReceipt]     # a list, even of one
    external: true              # not "yes"
    dead_letter: {after: 4}     # not "4"
```
""",
)
UNKNOWN_VALUE = Code(
    id="MSG205",
    name="unknown-value",
    severity="error",
    explanation="""\
Only a few words are possible here, and this is none of them.

```yaml
subscriptions:
  orders-to-audit:
    from: {topic: orders}
    to: {queue: audit}
    filter_on: body             # or attributes
```
""",
)
BAD_NAME = Code(
    id="MSG206",
    name="bad-name",
    severity="error",
    explanation="""\
A name is spelled in a way that the language or AWS refuses. Names of services, queues, topics,
buses, subscriptions, consumers and producers are lower-case words joined by hyphens; messages are
PascalCase. Each becomes names in AWS, in Python and of environment variables, and these spellings
can be turned into all of them.

```yaml
messages:
  OrderPlaced: {schema: {$ref: schemas/order_placed.json}}
queues:
  order-events: {}
```
""",
)
BAD_FORMAT = Code(
    id="MSG207",
    name="bad-format",
    severity="error",
    explanation="""\
A text is expected to have a certain form here: an ARN, an address, a phone number, the name of a
parameter, the folder of a Python package.

```yaml
topics:
  shipments: {import: {arn: "arn:aws:sns:eu-west-1:111122223333:shipments"}}
subscriptions:
  ops-mail: {from: {topic: shipments}, to: {email: ops@example.com}}
  ops-text: {from: {topic: shipments}, to: {sms: "+31612345678"}}
```
""",
)
BAD_DURATION = Code(
    id="MSG208",
    name="bad-duration",
    severity="error",
    explanation="""\
A duration is a whole number and its unit: `30s`, `5m`, `12h`, `14d`. AWS counts some settings in
seconds, some in minutes and some in days; a bare number would hide which.

```yaml
queues:
  receipts: {visibility: 5m, retention: 14d}
```
""",
)
BAD_SIZE = Code(
    id="MSG209",
    name="bad-size",
    severity="error",
    explanation="""\
A size is a whole number and its unit: `256KiB`, `1MiB`. One KiB has 1,024 bytes, one MiB 1,024 KiB.

```yaml
queues:
  receipts: {max_size: 256KiB}
```
""",
)
OUT_OF_RANGE = Code(
    id="MSG210",
    name="out-of-range",
    severity="error",
    explanation="""\
A number, a text or a list is larger or smaller than AWS takes. The deployment would fail, or the
setting would be cut off without a word.

```yaml
queues:
  receipts: {dead_letter: {after: 5}}       # 1 to 1000
```
""",
)
CONFLICTING_KEYS = Code(
    id="MSG211",
    name="conflicting-keys",
    severity="error",
    explanation="""\
These keys don't go together, or one of several must be chosen. A function is made from `code`,
found by its `arn`, or `provided`; what configures it only goes with `code`. An import has an `arn`
or a `parameter`. A dead-letter queue that is named has its own `retention`.

```yaml
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing, memory: 512}
```
""",
)
DUPLICATE_ITEM = Code(
    id="MSG212",
    name="duplicate-item",
    severity="error",
    explanation="""\
A list has the same item twice. Each counts once; the second was probably meant to be another.

```yaml
topics:
  orders: {messages: [OrderPlaced, OrderCancelled]}
```
""",
)
NO_VALUE = Code(
    id="MSG213",
    name="no-value",
    severity="error",
    explanation="""\
A key has nothing behind it, or an empty list or mapping where that would mean nothing. A resource
with all defaults is written `{}`; a key that isn't needed is left out.

```yaml
queues:
  receipts: {}
```
""",
)

CODES = (
    UNKNOWN_KEY, NOT_SUPPORTED_YET, MISSING_KEY, WRONG_TYPE, UNKNOWN_VALUE, BAD_NAME, BAD_FORMAT,
    BAD_DURATION, BAD_SIZE, OUT_OF_RANGE, CONFLICTING_KEYS, DUPLICATE_ITEM, NO_VALUE,
)  # fmt: skip
