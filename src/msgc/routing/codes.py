"""What routing has to say: tests that fail, and messages that nobody would send."""

from __future__ import annotations

from msgc.diagnostics import Code

TEST_FAILED = Code(
    id="MSG490",
    name="test-failed",
    severity="error",
    explanation="""\
A message of `tests:` doesn't reach whom it should, or reaches whom it shouldn't.

The message was sent through the compiled filters as AWS would send it. The finding names the clause
that said no, or the way that the message takes. Either the test is wrong, or the topology is;
`msgc route --message OrderPlaced` shows all receivers, and all who aren't, with the reasons.

```yaml
messages:
  OrderPlaced:
    schema: {type: object, required: [total], properties: {total: {type: number}}}
    examples: [{total: 250}]
subscriptions:
  big-orders:
    from: {topic: orders}
    to: {queue: invoicing}
    filter: {total: [{numeric: [">=", 100]}]}
tests:
  - name: a big order is invoiced
    publish: {topic: orders, message: OrderPlaced}
    reaches: [queue/invoicing]
```
""",
)

UNPUBLISHABLE = Code(
    id="MSG491",
    name="unpublishable",
    severity="error",
    explanation="""\
A message can't be sent: the publisher would refuse it, and so would AWS.

It doesn't fit its schema, is larger than the place takes, or has a value that can't travel: as a
message attribute (an empty text, control characters), or as a FIFO group (more than 128 characters,
or spaces).

A payload of `tests:` must be one that could be sent:

```yaml
tests:
  - name: a big order is invoiced
    publish: {topic: orders, message: OrderPlaced, payload: {total: 250}}
    reaches: [queue/invoicing]
```
""",
)

UNREADABLE_PAYLOAD = Code(
    id="MSG492",
    name="unreadable-payload",
    severity="warning",
    explanation="""\
An event goes its way, and its payload doesn't fit the schema of its message: handlers refuse it.

Filters look at fields and know nothing of schemas, so the event is delivered. The generated handler
checks it, fails it, and after some tries it ends in the dead-letter queue. Mend the schema if the
event is real:

```yaml
messages:
  Finding:
    type: Inspector2 Finding
    source: aws.inspector2
    schema: {type: object, properties: {severity: {type: string}}}
```
""",
)

NOT_AN_EVENT = Code(
    id="MSG493",
    name="not-an-event",
    severity="error",
    explanation="""\
`msgc route` can't tell what a file is.

It takes an EventBridge event (`source`, `detail-type`, `detail`), an SNS notification (`Message`,
`MessageAttributes`), or the payload of a message. Which message a payload is of is found by the
schemas; say it with `--message` if it fits none or several. Where it is published is where the file
publishes such messages, or what `--to` says.

```json
{"source": "com.example.shop", "detail-type": "OrderPlaced", "detail": {"total": 250}}
```
""",
)

CODES = (TEST_FAILED, UNPUBLISHABLE, UNREADABLE_PAYLOAD, NOT_AN_EVENT)
