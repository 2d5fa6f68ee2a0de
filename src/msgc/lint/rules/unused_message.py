"""A message that nothing mentions (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.messages import Message


@rule("MSG710", "info", absence=True)
def unused_message(subject: Subject) -> Iterator[Finding]:
    """A message is declared, and nothing sends or takes it.

    Its class is generated all the same. Usually a place has been forgotten, or the message is
    left over.

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
      OrderPlaced2: {schema: {type: object, properties: {order_id: {type: string}}}}
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Put it on a place, or take it away:

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```
    """
    taken = (
        *(place.messages for place in subject.places),
        *(e.messages for e in subject.edges),
        *(e.delivered for e in subject.edges),
        *(p.messages for user in subject.publishers for p in user.publishes),
        *((each.answers,) for each in subject.topology.consumers.values() if each.answers),
    )
    used: set[Message] = set()
    for messages in {id(each): each for each in taken}.values():  # edges of a place share a tuple
        used.update(messages)
    for message in subject.topology.messages.values():
        if message not in used:
            yield found(
                message.key,
                f"nothing sends or takes `{message.name}`",
                "add it to the `messages` of a topic, queue or bus, or take it away",
            )
