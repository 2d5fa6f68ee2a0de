"""A message on a FIFO place has no `group_by` (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.messages import Message


@rule("MSG434", "error")
def message_without_group(subject: Subject) -> Iterator[Finding]:
    """A message goes to a FIFO queue or topic and doesn't say what its group is.

    SQS and SNS keep the order within a message group, and refuse a message that has none. The
    generated publisher takes the group from the field that `group_by` names.

    ```yaml
    messages:
      JobDone: {schema: {type: object, required: [job], properties: {job: {type: string}}}}
    queues: {jobs: {fifo: true, external: true, messages: [JobDone]}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Name the field whose messages must stay in order: the order, the customer, the account.

    ```yaml
    messages:
      JobDone:
        schema:
          type: object
          required: [job, event_id]
          properties: {job: {type: string}, event_id: {type: string}}
        group_by: job
        deduplicate_by: event_id
    queues: {jobs: {fifo: true, external: true, messages: [JobDone]}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    """
    seen: set[Message] = set()
    for place in subject.fifo_places:
        for message in place.messages:
            if message.group_by is None and message not in seen:
                seen.add(message)
                fields = [f.wire for f in message.payload.fields if f.required]
                yield found(
                    message.key,
                    f"`{message.name}` goes to the FIFO {named(place)} and has no `group_by`",
                    "name the field whose messages must stay in order: "
                    f"`group_by: {fields[0] if fields else 'order_id'}`",
                    label(place.place("messages"), "put on a FIFO place here"),
                )
