"""A rule can't tell the group of what it brings to a FIFO queue (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import EventRule
from msgc.lint.bus_groups import LONGEST, problem
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue
from msgc.topology.messages import Message


@rule("MSG664", "error")
def group_behind_bus(subject: Subject) -> Iterator[Finding]:
    """A bus is to deliver to a FIFO queue, and its rule can't tell the message group.

    EventBridge takes the group from one field of the event, the same for all events of a rule: a
    text of at most 100 characters. It joins no fields, and of messages that aren't named it knows
    none.

    ```yaml
    messages:
      Paid:
        schema: {type: object, required: [id], properties: {id: {type: string}}}
    buses: {commerce: {messages: [Paid]}}
    queues: {invoicing: {fifo: true, external: subscribe}}
    subscriptions:
      to-invoicing: {from: {bus: commerce}, messages: any, to: {queue: invoicing}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Name the messages on the edge, each with the same single field for `group_by`, or use a standard
    queue:

    ```yaml
    messages:
      Paid:
        schema: {type: object, required: [id], properties: {id: {type: string}}}
    buses: {commerce: {messages: [Paid]}}
    queues: {invoicing: {external: subscribe}}
    subscriptions:
      to-invoicing: {from: {bus: commerce}, messages: [Paid], to: {queue: invoicing}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
    """
    for queue in subject.topology.queues.values():
        for made in subject.event_rules_to(queue) if queue.fifo else ():
            why = problem(made)
            if why is not None:
                yield _finding(made, queue, *why)


def _finding(made: EventRule, queue: Queue, why: str, message: Message | None) -> Finding:
    labels = [label(queue.place("fifo"), "made FIFO here")]
    if message is not None:
        what = "its group" if message.says("group_by") else "without a group"
        labels.append(label(message.place("group_by"), what))
    return found(
        made.edge.place("to"),
        f"`{made.edge.name}` can't tell FIFO queue `{queue.name}` the group of its messages: {why}",
        "give all messages of this edge the same `group_by`, one field with a text of at most"
        f" {LONGEST} characters, or use a standard queue",
        *labels,
    )
