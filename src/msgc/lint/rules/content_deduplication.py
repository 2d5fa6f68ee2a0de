"""A FIFO place drops messages that are no duplicates (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.field_values import has_few_values
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.messages import Message


@rule("MSG436", "warning")
def content_deduplication(subject: Subject) -> Iterator[Finding]:
    """A FIFO queue or topic takes two different messages for one, since they look the same.

    Without `deduplicate_by`, AWS compares a hash of the body: the same content sent twice within
    five minutes is delivered once, and nobody is told. A door that opens, closes and opens again
    within five minutes stays closed for the consumer.

    ```yaml
    messages:
      DoorMoved:
        schema:
          type: object
          required: [door, state]
          properties: {door: {type: string}, state: {enum: [open, closed]}}
        group_by: door
    queues: {doors: {fifo: true, external: true, messages: [DoorMoved]}}
    producers: {shop: {publishes: [{queue: doors}]}}
    ```

    Give every message an id of its own, the same one when it is sent again:

    ```yaml
    messages:
      DoorMoved:
        schema:
          type: object
          required: [event_id, door, state]
          properties:
            event_id: {type: string}
            door: {type: string}
            state: {enum: [open, closed]}
        group_by: door
        deduplicate_by: event_id
    queues: {doors: {fifo: true, external: true, messages: [DoorMoved]}}
    producers: {shop: {publishes: [{queue: doors}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    seen: set[Message] = set()
    for place in subject.fifo_places:
        for message in place.messages:
            if message.deduplicate_by is None and message not in seen and _repeats(message):
                seen.add(message)
                yield found(
                    message.key,
                    f"two `{message.name}` with the same content within 5 minutes count as one on"
                    f" the FIFO {named(place)}",
                    "add a field that is different in every message, and name it:"
                    " `deduplicate_by: event_id`",
                    label(place.place("messages"), "put on a FIFO place here"),
                )


def _repeats(message: Message) -> bool:
    """Whether nothing beside the group has more than a few values, so that contents repeat."""
    if message.group_by is None:
        return False
    grouped = {path[0] for path in message.group_by}
    others = [f.shape for f in message.payload.fields if f.wire not in grouped]
    return all(has_few_values(shape) for shape in others)
