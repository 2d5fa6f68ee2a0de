"""A message group or deduplication id that SQS and SNS refuse (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.field_values import field_values, options, schema_place
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.payloads import field_at
from msgc.payloads.model import StringShape
from msgc.runtime.publishing.texts import LONGEST_TOKEN, is_token
from msgc.topology.messages import Message

_TOKEN = "".join(map(chr, range(0x21, 0x7F)))
"""The characters of a group or deduplication id."""
_SHOWN = 3
"""Values that a message repeats."""


@rule("MSG425", "error")
def refused_group(subject: Subject) -> Iterator[Finding]:
    """The field of a message group or deduplication id has values that SQS and SNS refuse.

    Both ids have 1 to 128 ASCII letters, digits and punctuation marks, and no spaces. A message
    whose `group_by` or `deduplicate_by` field has another value can't be sent: the publisher
    refuses it, with nothing to be done about it at that time.

    ```yaml
    messages:
      Rained:
        schema:
          type: object
          required: [city, id]
          properties: {city: {enum: [New York, Rome]}, id: {type: string}}
        group_by: city
        deduplicate_by: id
    queues: {weather: {fifo: true, external: true, messages: [Rained]}}
    producers: {station: {publishes: [{queue: weather}]}}
    ```

    Group by something that is an id:

    ```yaml
    messages:
      Rained:
        schema:
          type: object
          required: [city, id]
          properties: {city: {enum: [new-york, rome]}, id: {type: string}}
        group_by: city
        deduplicate_by: id
    queues: {weather: {fifo: true, external: true, messages: [Rained]}}
    producers: {station: {publishes: [{queue: weather}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    """
    fifo = {message for place in subject.fifo_places for message in place.messages}
    topics, queues = subject.topology.topics.values(), subject.topology.queues.values()
    grouped = {message for topic in topics for message in topic.messages}
    grouped |= {message for queue in queues for message in queue.messages}
    for message in subject.topology.messages.values():
        if message in fifo or message in grouped:  # standard queues take groups, to be fair
            for path in message.group_by or ():
                yield from _refused(message, "group_by", path)
        if message in fifo:
            yield from _refused(message, "deduplicate_by", message.deduplicate_by)


def _refused(message: Message, option: str, path: tuple[str, ...] | None) -> Iterator[Finding]:
    if path is None or (why := _why(message, path)) is None:
        return
    what = "message group" if option == "group_by" else "deduplication id"
    yield found(
        schema_place(message, path) or message.place(option),
        f"`{'.'.join(path)}` of `{message.name}` can't be a {what}: {why}",
        f"a {what} has 1 to {LONGEST_TOKEN} ASCII letters, digits and punctuation marks, no spaces:"
        " name another field, or change the values",
        label(message.place(option), f"the {what}"),
    )


def _why(message: Message, path: tuple[str, ...]) -> str | None:
    values = field_values(message, path)
    if values is not None:
        texts = [one for one in values if isinstance(one, str)]
        refused = [f"`{one}`" if one else "empty" for one in texts if not is_token(one)]
        more = ", ..." if len(refused) > _SHOWN else ""
        return f"it may be {', '.join(refused[:_SHOWN])}{more}" if refused else None
    leaf = field_at(message.payload, path)
    for shape in options(leaf.shape) if leaf else ():
        if isinstance(shape, StringShape):
            if (shape.min_length or 0) > LONGEST_TOKEN:
                return f"it has at least {shape.min_length} characters"
            if shape.max_length == 0:
                return "it is always empty"
            if shape.pattern is not None and not _admits_token(shape.pattern):
                return "its `pattern` admits none"
    return None


def _admits_token(pattern: str) -> bool:

    from msgc.lint.alphabet import admits  # noqa: PLC0415  # 2 ms, and few fields have a pattern

    return admits(pattern, _TOKEN, LONGEST_TOKEN)
