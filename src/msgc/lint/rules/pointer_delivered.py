"""A message that may lie in S3 goes where nobody follows its pointer (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.large import in_queues, large_in
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.origins import Schedule, Stream


@rule("MSG692", "error")
def pointer_delivered(subject: Subject) -> Iterator[Finding]:
    """A message that lies in S3 where it is large goes where nobody follows its pointer.

    A mail would have the pointer as its text, a URL would be posted it, Firehose would keep it, and
    a pipe would take the fields of `send` out of it.

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    topics: {reports: {messages: [ReportMade]}}
    subscriptions: {mail: {from: {topic: reports}, to: {email: office@example.com}}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    Let it go to a queue or a function, and others to the rest: `messages` says which.

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    topics: {reports: {messages: [ReportMade]}}
    subscriptions: {filing: {from: {topic: reports}, to: {queue: filing}}}
    queues: {filing: {external: subscribe}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
    """
    for made in subject.links.sns_subscriptions:
        match made.target:
            case Outside() | Topic() | Bus():
                for edge in made.edges:
                    yield from _unfollowed(edge, large_in(edge), f"{kind(made.target)} gets")
            case Queue() | Consumer():
                pass  # which may follow it
            case _:
                assert_never(made.target)
    lying = in_queues(subject.links) if subject.links.pipes else {}
    for pipe in subject.links.pipes:
        match pipe.edge.origin:
            case Queue() as queue:
                yield from _unfollowed(pipe.edge, lying.get(queue, ()), "a pipe takes")
            case Topic() | Bus() | Stream() | Schedule():
                pass  # what a stream has is no message with attributes
            case _:
                assert_never(pipe.edge.origin)


def _unfollowed(edge: Subscription, large: tuple[Message, ...], who: str) -> Iterator[Finding]:
    for message in large[:1]:
        yield found(
            edge.place("to"),
            f"{who} a pointer into S3 in place of a large `{message.name}`",
            "take it out of `messages`, or let it go to a queue or a consumer",
            label(message.place("large_messages"), "goes through S3"),
        )
