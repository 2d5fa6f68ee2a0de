"""A subscription's dead-letter queue is in another Region than its topic (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.stack_location import Tie, elsewhere, home
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.edges import Subscription


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
    tie = home(subject, "Region")
    for made in subject.links.sns_subscriptions:
        region = elsewhere(made.topic)
        for edge in made.edges if region else ():
            if edge.dead_letter is None:
                continue
            if tie is None:
                what = f"topic `{made.topic.name}`"
                tie = Tie(aspect="Region", value=region, what=what, span=_place(edge))
            elif region != tie.value:
                yield found(
                    _place(edge),
                    f"`{edge.dead_letter.name}` won't get what `{edge.name}` can't deliver: its"
                    f" topic is in {region}, SNS wants the queue there, and {tie.what} is in"
                    f" {tie.value}",
                    "write `dead_letter: false` where the topic isn't in the Region of this stack",
                    label(tie.span, f"in {tie.value}"),
                )


def _place(edge: Subscription) -> Span:
    written = edge.place("dead_letter")
    return edge.place("from") if written is edge.key else written
