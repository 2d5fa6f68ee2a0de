"""A deduplication id that different messages share (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.field_values import field_values
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.messages import Message


@rule("MSG424", "warning")
def repeated_deduplication_id(subject: Subject) -> Iterator[Finding]:
    """The field that `deduplicate_by` names is the same in messages that are different.

    A FIFO queue or topic takes two messages with one deduplication id within five minutes for one,
    drops the second and reports success. An enum, a constant, or the field that is the group
    already can't tell messages apart: the second order of a customer would be lost.

    ```yaml
    messages:
      DoorMoved:
        schema:
          type: object
          required: [door, state]
          properties: {door: {type: string}, state: {enum: [open, closed]}}
        group_by: door
        deduplicate_by: state
    queues: {doors: {fifo: true, external: true, messages: [DoorMoved]}}
    producers: {shop: {publishes: [{queue: doors}]}}
    ```

    Name a field that every message has for itself, and keeps when it is sent again:

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

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
    """
    seen: set[Message] = set()
    for place in subject.fifo_places:
        for message in place.messages:
            if message in seen or (why := _shared(message)) is None:
                continue
            seen.add(message)
            yield found(
                message.place("deduplicate_by"),
                f"different `{message.name}` have the same deduplication id ({why}): within 5"
                f" minutes the FIFO {named(place)} keeps one of them",
                "name a field that is different in every message: `deduplicate_by: event_id`",
                label(place.place("messages"), "put on a FIFO place here"),
            )


def _shared(message: Message) -> str | None:
    """Return why different messages have one deduplication id; None if nothing says so."""
    path = message.deduplicate_by
    if path is None:
        return None
    name = ".".join(path)
    if (path,) == message.group_by:
        return f"`{name}` is their group, too"
    values = field_values(message, path)
    if values is None:
        return None
    return (
        f"`{name}` is always the same" if len(values) == 1 else f"`{name}` has {len(values)} values"
    )
