"""What the whole graph has to say: filters that can't be, messages that can't be told apart."""

from __future__ import annotations

from msgc.diagnostics import Code

NO_TYPE_TO_FILTER_ON = Code(
    id="MSG401",
    name="no-type-to-filter-on",
    severity="error",
    explanation="""\
A subscription takes only some of a topic's types, and nothing that SNS can see says the type.

SNS filters look either at message attributes or at the body. Publishers that msgc generates send
the type as the attribute `message_type`; the body is the payload alone and doesn't name its type.
So a filter that must look at the body, or a topic that others publish to, can't be narrowed.

```yaml
subscriptions:
  big-orders:
    from: {topic: orders}
    to: {queue: invoicing}
    messages: [OrderPlaced]             # one of two types: needs the attribute ...
    filter: {items: {sku: [A]}}         # ... and a list: needs the body
```

Take all messages of the topic, give this type a topic of its own, or filter on a field that an
attribute can carry (text, a number or a boolean that is in no list and never null). If those who
publish by code of their own (to an imported or `external` topic, or with `stubs: false`) do send
`message_type`, say so with `filter_on: attributes`.
""",
)

NOT_ON_ATTRIBUTES = Code(
    id="MSG402",
    name="not-on-attributes",
    severity="error",
    explanation="""\
`filter_on: attributes` stands on a filter that message attributes can't answer.

An attribute carries text, a number or a boolean: no list, no object, no null. What a filter
compares numbers with lies within ±10⁹ and has at most five decimals. SNS looks at no more than five
attributes in one policy, and the type takes one. What a rule puts on a topic has no attributes.

Write `filter_on: body`.

```yaml
subscriptions:
  a-items:
    from: {topic: orders}
    to: {queue: invoicing}
    filter: {items: {sku: [A]}}         # a list: only the body has it
```
""",
)

MIXED_SUBSCRIPTIONS = Code(
    id="MSG403",
    name="mixed-subscriptions",
    severity="error",
    explanation="""\
Two subscriptions of one topic to one endpoint want different things that SNS has only once.

SNS knows one subscription for a topic and an endpoint. msgc makes one of several edges by joining
their filters, but raw delivery, the dead-letter queue, the retries and the filter's scope are set
once for all of them. Write the same in each.

```yaml
subscriptions:
  placed: {from: {topic: orders}, to: {queue: invoicing}, messages: [OrderPlaced], raw: false}
  paid: {from: {topic: orders}, to: {queue: invoicing}, messages: [OrderPaid], raw: false}
```
""",
)

TOO_MANY_ATTRIBUTES = Code(
    id="MSG404",
    name="too-many-attributes",
    severity="error",
    explanation="""\
Filters on a topic need more message attributes than SQS takes.

With raw delivery SNS throws away a message that has more than ten attributes, without a word. The
type takes one and two are kept for trace headers, which leaves seven fields that the filters of
one topic can look at. Write `filter_on: body` on some of the subscriptions.

```yaml
subscriptions:
  gold: {from: {topic: orders}, to: {queue: vip}, filter: {tier: [gold]}, filter_on: body}
```
""",
)

UNKNOWN_FILTER_FIELD = Code(
    id="MSG405",
    name="unknown-filter-field",
    severity="error",
    explanation="""\
A filter looks at a field that none of its messages has.

A filter is about the payload, in the terms of its JSON Schema. A field that no schema has is
never sent, so nothing would match. Lists are looked into: `items: {sku: [A]}` finds a `sku` of any
item.

```yaml
filter: {customer: {tier: [gold]}}     # the payload's customer.tier
```
""",
)

INDISTINGUISHABLE = Code(
    id="MSG406",
    name="indistinguishable-messages",
    severity="error",
    explanation="""\
Two kinds of messages can reach one consumer, and nothing tells the handler which is which.

The generated handler tells the type by, in this order: SNS's envelope (`raw: false`), the event
that a bus delivers (its source and detail-type), the attribute `message_type` that generated
publishers send, and, if one type is left, by that. Messages from topics of others and from code
of its own (`stubs: false`) come without the attribute, and events that pass a topic on their way
lose theirs.

Give the two a queue each, or let one of them come by a bus.

```yaml
subscriptions:
  shipped: {from: {topic: shipments}, to: {queue: shipments}}
  returned: {from: {topic: returns}, to: {queue: returns}}
```
""",
)

POLL_FILTER_IN_ENVELOPE = Code(
    id="MSG407",
    name="poll-filter-in-envelope",
    severity="error",
    explanation="""\
A consumer filters what it polls, and messages come in SNS's envelope, where Lambda can't look.

With `raw: false` the payload is a text inside the envelope. Lambda's filter would match nothing,
and Lambda deletes from the queue what its filter doesn't match: every message would be lost.

Let the subscription deliver raw (the default for queues), or filter on the subscription.

```yaml
subscriptions:
  to-work: {from: {topic: orders}, to: {queue: work}}       # not: raw: false
consumers:
  worker: {from: {queue: work}, function: {code: worker}, filter: {tier: [gold]}}
```
""",
)

IMPOSSIBLE_VALUE = Code(
    id="MSG408",
    name="impossible-filter-value",
    severity="error",
    explanation="""\
A filter asks for a value that no payload of its messages can have.

A text never equals a number, `numeric` compares numbers only, and a value that isn't among those
of an `enum` is refused before it is sent. An object by itself is never compared: only the fields
in it are. AWS takes such a filter, and delivers nothing.

```yaml
filter: {total: [{numeric: [">=", 100]}]}     # not: {total: ["100"]}
```
""",
)

INSIDE_VALUE = Code(
    id="MSG409",
    name="filter-inside-value",
    severity="error",
    explanation="""\
A filter looks for a field inside of what is a plain value in the schema.

A text, a number or a boolean has nothing inside, also if the text happens to be JSON: AWS doesn't
look into texts. Nothing would match.

```yaml
filter: {customer: [c-1]}     # not: {customer: {id: [c-1]}}, where `customer` is a text
```
""",
)

NEVER_MATCHES = Code(
    id="MSG410",
    name="filter-never-matches",
    severity="error",
    explanation="""\
A filter asks for fields or values that no message has together.

The clauses of a filter all have to hold for one message. Where each of them can hold for some type
but no type can meet them all, AWS takes the filter, and delivers nothing.

```yaml
subscriptions:
  big-orders: {from: {topic: orders}, to: {queue: work}, filter: {total: [{numeric: [">", 9]}]}}
  refusals: {from: {topic: orders}, to: {queue: work}, filter: {reason: [refused]}}
```
""",
)

MESSAGE_NEVER_PASSES = Code(
    id="MSG411",
    name="message-never-passes",
    severity="warning",
    explanation="""\
A subscription names a type in `messages`, and its filter never lets a message of it through.

A filter on a field that a type doesn't have keeps all of its messages away: AWS compares what is
absent with nothing but `exists: false`.

```yaml
filter:
  $or:
    - {total: [{numeric: [">", 9]}]}
    - {total: [{exists: false}]}     # the other type, which has no total
```
""",
)

DEAD_BRANCH = Code(
    id="MSG412",
    name="branch-never-matches",
    severity="warning",
    explanation="""\
An alternative of an `$or` asks for what no message has together, so it adds nothing.

```yaml
filter:
  $or:
    - {total: [{numeric: [">", 9]}]}      # a field of OrderPlaced
    - {reason: [refused]}                 # a field of OrderCancelled: not both in one alternative
```
""",
)

ALWAYS_MATCHES = Code(
    id="MSG413",
    name="clause-always-matches",
    severity="warning",
    explanation="""\
A part of a filter asks for what every valid payload has, so it filters nothing.

That is mostly a field that the schema requires, in `exists: true`, or a bound or an exclusion
beyond what the schema allows anyway. Take it away, or ask for what was meant.

```yaml
filter: {total: [{numeric: [">=", 100]}]}     # not: [{exists: true}] on a required field
```
""",
)

MATCHES_EVERYTHING = Code(
    id="MSG414",
    name="filter-matches-everything",
    severity="warning",
    explanation="""\
A filter lets every valid message through, so it is no filter.

Each of its clauses holds for all payloads that the schema allows. SNS and Lambda still take a
policy for it, and the next reader takes it for a restriction.

```yaml
subscriptions:
  orders-to-work: {from: {topic: orders}, to: {queue: work}}     # no filter takes everything
```
""",
)

OVERLAPPING = Code(
    id="MSG415",
    name="overlapping-subscriptions",
    severity="warning",
    explanation="""\
Two subscriptions bring the same message from the same bus to the same place, so it arrives twice.

Every subscription of a bus is a rule of its own, and each rule that matches delivers a copy. (SNS
is different: there, several subscriptions to one endpoint are one, and deliver once.) Join them
into one subscription with `$or`, or make their filters exclude each other.

```yaml
subscriptions:
  to-invoicing:
    from: {bus: commerce}
    to: {queue: invoicing}
    filter: {$or: [{total: [{numeric: [">", 9]}]}, {customer: {tier: [gold]}}]}
```
""",
)

WITHOUT_EFFECT = Code(
    id="MSG416",
    name="subscription-without-effect",
    severity="warning",
    explanation="""\
Another subscription of the same topic to the same endpoint already takes all that this one takes.

SNS has one subscription for a topic and an endpoint, so msgc joins their filters with "or"; one
that lets everything through leaves the others nothing to add, and their filters restrict nothing.

```yaml
subscriptions:
  orders-to-work: {from: {topic: orders}, to: {queue: work}, filter: {customer: {tier: [gold]}}}
```
""",
)

BOUND_AT_LIMIT = Code(
    id="MSG360",
    name="bound-at-limit",
    severity="error",
    explanation="""\
A filter on attributes compares with 10⁹ or -10⁹, and the field may be beyond that.

SNS compares numbers within ±10⁹. Publishers put a larger one into the attribute as the limit, which
lies on the same side of every bound inside; but not of a bound that is the limit itself. Filter on
the body, which has the number as it is, or say in the schema that there are no larger ones.

```yaml
subscriptions:
  small:
    from: {topic: orders}
    to: {queue: work}
    filter: {total: [{numeric: ["<=", 1000000000]}]}     # `maximum: 1000000000` in the schema
```
""",
)

ROUNDED_BOUND = Code(
    id="MSG361",
    name="rounded-bound",
    severity="warning",
    explanation="""\
A number is rounded in its message attribute, and a filter has its bound just there.

SNS compares numbers with five decimals, so that publishers round a field to five in the attribute
that a filter looks at; the payload keeps all of them. A number within half of 0.00001 of a bound
may be on its other side then. msgc says so where the schema (`enum`, `multipleOf`) or an example of
the message has such numbers. Filter on the body, which has the number as it is.

```yaml
subscriptions:
  full:
    from: {topic: readings}
    to: {queue: work}
    filter: {level: [{numeric: [">=", 1]}]}     # an example has 0.999999
    filter_on: body
```
""",
)

CODES = (
    NO_TYPE_TO_FILTER_ON,
    NOT_ON_ATTRIBUTES,
    MIXED_SUBSCRIPTIONS,
    TOO_MANY_ATTRIBUTES,
    UNKNOWN_FILTER_FIELD,
    INDISTINGUISHABLE,
    POLL_FILTER_IN_ENVELOPE,
    IMPOSSIBLE_VALUE,
    INSIDE_VALUE,
    NEVER_MATCHES,
    MESSAGE_NEVER_PASSES,
    DEAD_BRANCH,
    ALWAYS_MATCHES,
    MATCHES_EVERYTHING,
    OVERLAPPING,
    WITHOUT_EFFECT,
    BOUND_AT_LIMIT,
    ROUNDED_BOUND,
)
