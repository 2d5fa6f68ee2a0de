"""What resolving has to say: names and the things they stand for."""

from __future__ import annotations

from msgc.diagnostics import Code

UNKNOWN_NAME = Code(
    id="MSG301",
    name="unknown-name",
    severity="error",
    explanation="""\
A name is used that nothing in the file declares.

Messages, queues, topics, buses, consumers and dead-letter queues are referred to by the name they
are declared under. A queue `receipts` also declares its dead-letter queue, `receipts-dlq`.

```yaml
queues:
  receipts: {messages: [SendReceipt]}   # SendReceipt must stand under `messages:`
```
""",
)

DUPLICATE_NAME = Code(
    id="MSG302",
    name="duplicate-name",
    severity="error",
    explanation="""\
Two things have one name.

A consumer behind a topic or a bus is a subscription with the consumer's name, a queue makes a
dead-letter queue called `<name>-dlq`, and what subscriptions can't deliver goes to a queue
`undelivered` (or `undelivered-fifo`): none of these names can be used a second time. Rename one of
the two, or say that the same is meant: `dead_letter: {queue: undelivered}`. A queue, a
subscription, and a consumer that polls a queue may be called the same.

```yaml
queues:
  receipts: {}
  receipts-failed: {external: true}   # not receipts-dlq: receipts has one of that name
```
""",
)

MESSAGE_NOT_HERE = Code(
    id="MSG303",
    name="message-not-here",
    severity="error",
    explanation="""\
A subscription or a producer names a message that the place doesn't carry.

What a topic, queue or bus carries is its own `messages`, and what subscriptions bring to it. Add
the message there, or take it from here.

```yaml
topics:
  orders: {messages: [OrderPlaced, OrderCancelled]}
subscriptions:
  cancelled: {from: {topic: orders}, messages: [OrderCancelled], to: {queue: refunds}}
```
""",
)

UNKNOWN_FIELD = Code(
    id="MSG304",
    name="unknown-field",
    severity="error",
    explanation="""\
`group_by` or `deduplicate_by` names a field that the message's schema doesn't have.

The value is the path of a property, with dots between the steps: `order_id`, `customer.id`.

```yaml
messages:
  OrderPlaced:
    group_by: customer.id
    schema:
      type: object
      required: [customer]
      properties:
        customer: {type: object, required: [id], properties: {id: {type: string}}}
```
""",
)

UNUSABLE_FIELD = Code(
    id="MSG305",
    name="unusable-field",
    severity="error",
    explanation="""\
`group_by` or `deduplicate_by` names a field that can't be one.

The publisher sends the field as SQS's MessageGroupId or MessageDeduplicationId, so every message
must have it, once, as text or as a number: it has to be `required` (and so have the objects around
it), may not be `null`, and may not lie inside a list.

```yaml
messages:
  OrderPlaced:
    group_by: order_id
    schema:
      type: object
      required: [order_id]              # without this, a message could lack its group
      properties: {order_id: {type: string}}
```
""",
)

INVALID_EXAMPLE = Code(
    id="MSG306",
    name="invalid-example",
    severity="error",
    explanation="""\
An example, or the payload of a test, doesn't fit the message's own schema.

They are checked with the very code that the generated publishers run before they send, so
what fails here could not be published.

```yaml
messages:
  OrderPlaced:
    schema: {type: object, properties: {order_id: {type: string}}}
    examples:
      - {order_id: "7"}                 # not: {order_id: 7}
```
""",
)

IMPOSSIBLE_EDGE = Code(
    id="MSG307",
    name="impossible-edge",
    severity="error",
    explanation="""\
AWS has no way from this source to this target.

| from | to |
| --- | --- |
| topic | queue, consumer, https, http, email, email_json, sms |
| bus | queue, topic, bus, log_group, consumer |
| queue | consumer |

Where there is no direct way there is one with a stop in between: bus → topic → e-mail,
topic → queue → consumer.

```yaml
subscriptions:
  to-alerts: {from: {bus: commerce}, to: {topic: alerts}}
  ops-mail: {from: {topic: alerts}, to: {email: ops@example.com}}
```
""",
)

OPTION_NOT_HERE = Code(
    id="MSG308",
    name="option-not-here",
    severity="error",
    explanation="""\
An option stands on an edge where AWS has nothing like it.

| option | edges |
| --- | --- |
| `raw` | topic to queue, https, http |
| `filter_on` | from a topic |
| `pattern` | from a bus |
| `enabled` | from a bus |
| `retry` | from a bus, and from a topic to https or http |
| `retry.max_age` | from a bus |
| `dead_letter` | from a topic or a bus (a queue has its own) |
| `messages` | from a topic or a bus (a consumer takes whatever is in its queue) |

```yaml
subscriptions:
  hook:
    from: {topic: orders}
    to: {https: "https://hooks.example.com/orders"}
    retry: {attempts: 10}               # SNS counts attempts: `max_age` is for buses
```
""",
)

AMBIGUOUS_END = Code(
    id="MSG309",
    name="ambiguous-end",
    severity="error",
    explanation="""\
An end of an edge has to name one thing.

`from`, `to` and each entry of `publishes` have one key, the kind, and its value is the name:

```yaml
from: {topic: orders}
to: {queue: invoicing}
```
""",
)

FILTER_AND_PATTERN = Code(
    id="MSG310",
    name="filter-and-pattern",
    severity="error",
    explanation="""\
A subscription has both a `filter` and a `pattern`.

`filter` is about the payload, and msgc adds the event's source and type from `messages`; `pattern`
is the whole event pattern, as EventBridge gets it. Write one of them.

```yaml
subscriptions:
  big-orders:
    from: {bus: commerce}
    to: {queue: invoicing}
    messages: [OrderPlaced]
    filter: {total: [{numeric: [">=", 100]}]}
```
""",
)

DEAD_LETTER_CYCLE = Code(
    id="MSG311",
    name="dead-letter-cycle",
    severity="error",
    explanation="""\
A queue's dead-letter queue leads back to the queue itself.

Messages that can't be processed would go round for ever. Let the chain end at a queue that has no
dead-letter queue: `dead_letter: false`.

```yaml
queues:
  orders: {dead_letter: {queue: failed}}
  failed: {dead_letter: false, external: true}
```
""",
)

UNKNOWN_EXAMPLE = Code(
    id="MSG312",
    name="unknown-example",
    severity="error",
    explanation="""\
A test publishes an example that the message doesn't have.

Examples count from 0. Add one to the message, or write the `payload` in the test itself.

```yaml
messages:
  OrderPlaced:
    schema: {type: object, properties: {total: {type: number}}}
    examples: [{total: 20}, {total: 250}]
tests:
  - name: a big order is invoiced
    publish: {topic: orders, message: OrderPlaced, example: 1}
    reaches: [queue/invoicing]
  - name: a free one isn't
    publish: {topic: orders, message: OrderPlaced, payload: {total: 0}}
    not: [queue/invoicing]
```
""",
)

TEST_OF_NOTHING = Code(
    id="MSG313",
    name="test-of-nothing",
    severity="error",
    explanation="""\
A test says what is published, and not what is expected.

It could never fail. Say whom the message reaches, or whom it doesn't.

```yaml
tests:
  - name: cancelled orders aren't invoiced
    publish: {topic: orders, message: OrderCancelled}
    not: [queue/invoicing]
```
""",
)

PLACEHOLDER = Code(
    id="MSG320",
    name="placeholder",
    severity="error",
    explanation="""\
A placeholder such as `${env}` stands in a value, and nothing fills it in.

Placeholders are kept for environments and inputs, which this version of msgc doesn't have: it
would send the text as it is, to AWS and into filters. Names, addresses, the `environment` of
functions and the texts of filters are where they will stand; sizes, durations, types and numbers
never have any. Write the value itself. Texts for people (`description`), schemas, examples and
payloads aren't looked at. Where `${` is meant as text, write `$${`.

```yaml
consumers:
  worker:
    from: {queue: jobs}
    function:
      code: worker
      environment: {BUCKET: uploads-prod, GREETING: "Dear $${name}"}   # not: uploads-${env}
```
""",
)

DEFAULT_BUS = Code(
    id="MSG321",
    name="default-bus-renamed",
    severity="error",
    explanation="""\
The bus `default` has a `name` or an `import`, and would be another bus than the account's.

Everywhere in the file `default` is the bus that every account has, and on which the events of AWS
services lie. It can be declared for its `messages` and its `archive`; a bus of another name, or of
another account, needs another name here.

```yaml
buses:
  default: {messages: [OrderPlaced], archive: {retention: 30d}}
  central: {import: {arn: "arn:aws:events:eu-west-1:444455556666:event-bus/default"}}
```
""",
)

CODES = (
    UNKNOWN_NAME,
    DUPLICATE_NAME,
    MESSAGE_NOT_HERE,
    UNKNOWN_FIELD,
    UNUSABLE_FIELD,
    INVALID_EXAMPLE,
    IMPOSSIBLE_EDGE,
    OPTION_NOT_HERE,
    AMBIGUOUS_END,
    FILTER_AND_PATTERN,
    DEAD_LETTER_CYCLE,
    UNKNOWN_EXAMPLE,
    TEST_OF_NOTHING,
    PLACEHOLDER,
    DEFAULT_BUS,
)
