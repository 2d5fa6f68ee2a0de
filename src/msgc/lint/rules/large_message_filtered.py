"""A filter looks at the body of a message that may lie in S3 (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.large import in_queues, large_in
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message


@rule("MSG691", "error")
def large_message_filtered(subject: Subject) -> Iterator[Finding]:
    """A filter looks at the body of a message that lies in S3 where it is large.

    SNS and Lambda look at what is sent, which then is a pointer: it has none of the payload's
    fields, no filter on them matches, and the message is dropped without a word.

    ```yaml
    messages:
      ReportMade:
        schema: {type: object, properties: {kind: {type: string}}}
        large_messages: true
    topics: {reports: {messages: [ReportMade]}}
    subscriptions:
      monthly:
        from: {topic: reports}
        filter: {kind: [monthly]}
        filter_on: body
        to: {queue: printing}
    queues: {printing: {external: subscribe}}
    producers: {office: {publishes: [{topic: reports}]}}
    ```

    Attributes come along as always: let the filter look at these, which it does by itself where it
    can. Behind a queue, filter on the way into it.

    ```yaml
    messages:
      ReportMade:
        schema: {type: object, properties: {kind: {type: string}}}
        large_messages: true
    topics: {reports: {messages: [ReportMade]}}
    subscriptions:
      monthly: {from: {topic: reports}, filter: {kind: [monthly]}, to: {queue: printing}}
    queues: {printing: {external: subscribe}}
    producers: {office: {publishes: [{topic: reports}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html
    """
    for made in subject.links.sns_subscriptions:
        if made.policy is not None and made.policy.scope == "MessageBody":
            for edge in made.edges:
                advice = "let it look at attributes, or at nothing"
                yield from _unseen(edge, large_in(edge), "SNS looks", advice)
    filtered = [poll for poll in subject.links.event_source_mappings if poll.patterns]
    lying = in_queues(subject.links) if filtered else {}
    for poll in filtered:
        advice = "filter on attributes, on the way into the queue"
        yield from _unseen(poll.edge, lying.get(poll.queue, ()), "Lambda looks", advice)


def _unseen(
    edge: Subscription, large: tuple[Message, ...], who: str, advice: str
) -> Iterator[Finding]:
    for message in large[:1]:
        option = next((o for o in ("filter_on", "filter", "messages") if edge.says(o)), "filter")
        yield found(
            edge.place(option),
            f"`{edge.name}` would drop a large `{message.name}`: {who} at a pointer into S3 then,"
            " which has none of its fields",
            advice,
            label(message.place("large_messages"), "goes through S3"),
        )
