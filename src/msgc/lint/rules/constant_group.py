"""All messages of a FIFO place are in one group (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.field_values import field_values
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.messages import Message


@rule("MSG437", "warning")
def constant_group(subject: Subject) -> Iterator[Finding]:
    """All messages of a type have the same FIFO group.

    A group is processed one message (or batch) at a time, and is limited to about 300 messages a
    second. When `group_by` names a field that has only one possible value, the whole queue is one
    group: no concurrency, and one poison message stops everything behind it.

    ```yaml
    messages:
      Paid:
        schema:
          type: object
          required: [id, currency]
          properties: {id: {type: string}, currency: {const: EUR}}
        group_by: currency
        deduplicate_by: id
    queues: {payments: {fifo: true, external: true, messages: [Paid]}}
    producers: {shop: {publishes: [{queue: payments}]}}
    ```

    Group by what really has to stay in order:

    ```yaml
    messages:
      Paid:
        schema:
          type: object
          required: [id, account]
          properties: {id: {type: string}, account: {type: string}}
        group_by: account
        deduplicate_by: id
    queues: {payments: {fifo: true, external: true, messages: [Paid]}}
    producers: {shop: {publishes: [{queue: payments}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    """
    seen: set[Message] = set()
    for place in subject.fifo_places:
        for message in place.messages:
            if message.group_by and message not in seen and _is_constant(message):
                seen.add(message)
                yield found(
                    message.place("group_by"),
                    f"every `{message.name}` is in the same group, so the FIFO {named(place)}"
                    " processes one at a time",
                    "group by a field that differs: the order, the customer, the account",
                    label(place.key, "a FIFO place"),
                )


def _is_constant(message: Message) -> bool:
    fields = [field_values(message, path) for path in message.group_by or ()]
    return all(values is not None and len(set(values)) == 1 for values in fields)
