"""Work out which message attributes publishers send: the type, and what filters look at."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.filtering.conditions import TYPE_ATTRIBUTE, Condition, attribute_type, leaf
from msgc.links import codes
from msgc.links.model import Attribute
from msgc.topology.ends import Message, Place, Topic
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
            found[queue, message] = (TYPE,)
    for topic in topology.topics.values():
        for message in topic.messages:
            sent = (TYPE, *_of(message, needs.get((topic, message), {})))
            found[topic, message] = sent
            if len(sent) > LIMIT - KEPT_FREE:
                listed = ", ".join(f"`{attribute.name}`" for attribute in sent[1:])
                diagnostics.append(
                    codes.TOO_MANY_ATTRIBUTES.at(
                        topic.key,
                        f"filters on `{topic.name}` need {len(sent)} attributes of "
                        f"`{message.name}`, {LIMIT - KEPT_FREE} are possible: {listed}",
                        help="write `filter_on: body` on some of the subscriptions",
                    )
                )
    return found


def _of(message: Message, needed: dict[str, Condition]) -> list[Attribute]:
    sent = []
    for name, field in needed.items():
        found = leaf(message, field.path)
        if found is not None:
            sent.append(Attribute(name=name, path=field.path, type=attribute_type(found)))
    return sent
