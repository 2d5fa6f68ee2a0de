"""A subscription's dead-letter queue is in another Region than its topic (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.arns import elsewhere, home
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Queue, Topic


@rule("MSG418", "error")
def dead_letter_in_another_region(subject: Subject) -> Iterator[Finding]:
    """The dead-letter queue of a subscription isn't in the Region of the topic.

    SNS takes subscriptions from other Regions, but what it can't deliver it puts into a queue of
    the topic's own Region only. The queues of the file, `undelivered` too, are in the Region of the
    stack: topics of two Regions can't both use them.

    ```yaml
    topics:
      orders: {import: {arn: "arn:aws:sns:eu-west-1:111122223333:orders"}, messages: [OrderPlaced]}
      abroad: {import: {arn: "arn:aws:sns:us-east-1:111122223333:orders"}, messages: [OrderPlaced]}
    queues: {jobs: {external: true}}
    subscriptions:
      from-here: {from: {topic: orders}, to: {queue: jobs}}
      from-abroad: {from: {topic: abroad}, to: {queue: jobs}}
    ```

    Where the topic isn't in the stack's Region, go without (msgc knows then why, and doesn't ask
    for a dead letter):

    ```yaml
    topics:
      orders: {import: {arn: "arn:aws:sns:eu-west-1:111122223333:orders"}, messages: [OrderPlaced]}
      abroad: {import: {arn: "arn:aws:sns:us-east-1:111122223333:orders"}, messages: [OrderPlaced]}
    queues: {jobs: {external: true}}
    subscriptions:
      from-here: {from: {topic: orders}, to: {queue: jobs}}
      from-abroad: {from: {topic: abroad}, to: {queue: jobs}, dead_letter: false}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
    """
    edges = [edge for edge in subject.edges if edge.dead_letter is not None and _region(edge)]
    tie = home(subject, "Region")
    if tie is not None:
        here, why, span = tie.value, tie.what, tie.span
    elif edges:
        here, why, span = _region(edges[0]), f"topic `{edges[0].origin.name}`", _place(edges[0])
    for edge in edges:
        if _region(edge) != here:
            yield _told(edge, edge.dead_letter, why, here, span)


def _told(edge: Subscription, queue: Queue | None, why: str, here: str, span: Span) -> Finding:
    return found(
        _place(edge),
        f"`{queue.name if queue else ''}` won't get what `{edge.name}` can't deliver: its topic"
        f" is in {_region(edge)}, SNS wants the queue there, and {why} is in {here}",
        "write `dead_letter: false` where the topic isn't in the Region of this stack",
        label(span, f"in {here}"),
    )


def _region(edge: Subscription) -> str:
    return elsewhere(edge.origin) if isinstance(edge.origin, Topic) else ""


def _place(edge: Subscription) -> Span:
    written = edge.place("dead_letter")
    return edge.place("from") if written is edge.key else written
