"""Work out which message attributes publishers send: the type, and what filters look at."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.filtering.conditions import TYPE_ATTRIBUTE, Condition, attribute_type, leaf
from msgc.filtering.foreign_topics import broken_owner
from msgc.links import codes
from msgc.links.model import Attribute
from msgc.topology.ends import Place, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology

LIMIT = 10
"""Attributes of one message that raw delivery to SQS carries; with more, SNS drops the message."""
KEPT_FREE = 2
"""For the trace headers `traceparent` and `tracestate`."""

TYPE = Attribute(name=TYPE_ATTRIBUTE, path=(), type="String")


def attributes(
    topology: Topology,
    needs: dict[tuple[Topic, Message], dict[str, Condition]],
    diagnostics: list[Diagnostic],
) -> dict[tuple[Place, Message], tuple[Attribute, ...]]:
    """Return the attributes of every message that is published to a queue or a topic."""
    found: dict[tuple[Place, Message], tuple[Attribute, ...]] = {}
    for queue in topology.queues.values():
        for message in queue.messages:
            found[queue, message] = (TYPE, *_of(message, {}))
            _count(found[queue, message], queue, message, diagnostics)
    published = {one.target for each in topology.publishers for one in each.publishes}
    for topic in topology.topics.values():
        if topic in published and (broken := broken_owner(topic)) is not None:
            diagnostics.append(broken)
        for message in topic.messages:
            needed = {name: field.path for name, field in needs.get((topic, message), {}).items()}
            if topic.elsewhere is not None and topic in published:
                needed = topic.elsewhere.sent().attributes.get(message.type, {}) | needed
            found[topic, message] = (TYPE, *_of(message, needed))
            _count(found[topic, message], topic, message, diagnostics)
    return found


def _count(
    sent: tuple[Attribute, ...], place: Place, message: Message, diagnostics: list[Diagnostic]
) -> None:
    """Report a message with more attributes than come through raw delivery."""
    possible = LIMIT - KEPT_FREE - (message.large is not None)
    if len(sent) <= possible:
        return
    listed = ", ".join(f"`{attribute.name}`" for attribute in sent[1:])
    own = bool(message.promised or message.foreign)
    more = "" if not own else " and its own `attributes`"
    diagnostics.append(
        codes.TOO_MANY_ATTRIBUTES.at(
            place.key,
            f"filters on `{place.name}`{more} need {len(sent)} attributes of "
            f"`{message.name}`, {possible} are possible: {listed}",
            help="write `filter_on: body` on some of the subscriptions"
            + (", or promise fewer `attributes`" if own else ""),
        )
    )


def _of(message: Message, needed: dict[str, tuple[str, ...]]) -> list[Attribute]:
    paths = dict.fromkeys((*needed.values(), *message.promised))
    sent = []
    for path in paths:
        found = leaf(message, path)
        if found is not None:
            sent.append(Attribute(name=".".join(path), path=path, type=attribute_type(found)))
    told = message.discriminator.attribute if message.discriminator is not None else None
    if told is not None and told != TYPE_ATTRIBUTE:
        sent.append(Attribute(name=told, path=(), type="String", told=message.type))
    sent += (
        Attribute(
            name=each.name,
            path=(),
            type="Number" if each.type in {"number", "integer"} else "String",
            given=each,
        )
        for each in message.foreign
    )
    return sent
