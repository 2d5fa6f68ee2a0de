"""An attribute that is no field of the payload goes where there are no attributes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.filtering.conditions import conditions
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of


@rule("MSG657", "error")
def attribute_lost(subject: Subject) -> Iterator[Finding]:
    """A message has an attribute that isn't in its payload, and goes where there are no attributes.

    An event of EventBridge has none: what a publisher gives with the message would be lost on a
    bus. And only subscriptions to topics filter on attributes: a rule and an event source look at
    what is in the event and the body.

    ```yaml
    messages:
      ExportRequested:
        schema: {type: object, properties: {table: {type: string}}}
        attributes: {trigger: {type: string, enum: [full, delta]}}
    buses: {commerce: {messages: [ExportRequested], external: subscribe}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Publish it to a topic or a queue, or put it into the payload:

    ```yaml
    messages:
      ExportRequested:
        schema: {type: object, properties: {table: {type: string}}}
        attributes: {trigger: {type: string, enum: [full, delta]}}
    topics: {exports: {messages: [ExportRequested], external: subscribe}}
    producers: {shop: {publishes: [{topic: exports}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
    """
    messages = [m for m in subject.topology.messages.values() if m.foreign]
    if not messages:
        return
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            if kind_of(publication.target).carries_events:
                for message in publication.messages:
                    if message.foreign:
                        yield found(
                            publication.span,
                            f"{named(publication.target)} has no attributes, and `{message.name}`"
                            f" would lose `{message.foreign[0].name}`",
                            "publish it to a topic or a queue, or put that into the payload",
                            label(message.foreign[0].span, "declared here"),
                        )
    for edge in subject.edges:
        if edge.filter and "filter_on" not in edge.way.options:
            yield from _filtered(edge)


def _filtered(edge: Subscription) -> Iterator[Finding]:
    for condition in conditions(edge.filter or {}):
        message = _with(edge.messages, condition.name)
        if message is not None:
            yield found(
                edge.place("filter", *condition.written),
                f"`{condition.name}` is an attribute of `{message.name}`, and the filter of"
                f" `{edge.name}` looks at the payload",
                "filter on it behind a topic, or put it into the payload",
            )


def _with(messages: tuple[Message, ...], name: str) -> Message | None:
    return next((m for m in messages if any(each.name == name for each in m.foreign)), None)
