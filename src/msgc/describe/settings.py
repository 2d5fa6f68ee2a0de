"""The settings of a thing, each with where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from msgc.describe.model import Candidate, Row, Thing
from msgc.describe.options import Option, options_of
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.tree import Mapping


def settings(candidate: Candidate, topology: Topology) -> Iterator[Row]:
    """Yield every setting that has a value."""
    thing = candidate.thing
    for option in options_of(thing):
        value = option.value(thing)
        if value is not None:
            why = _origin(option, thing, topology)
            yield Row(name=option.path, text=value, why=why)


def _origin(option: Option, thing: Thing, topology: Topology) -> str:
    """Return the place where the file says it, or what it follows from."""
    path = tuple(option.path.split("."))
    if _is_written(thing, path, topology):
        return repr(thing.place(*path))
    reason = topology.reasons.get((thing, option.field or option.path))
    return reason or "default"


def _is_written(thing: Thing, path: tuple[str, ...], topology: Topology) -> bool:
    """Whether the file says it of the thing itself: a derived queue may have another's place."""
    owners = (queue.node for queue in topology.queues.values() if queue is not thing)
    if _is_derived(thing) and any(node is thing.node for node in owners):
        return False
    node: Any = thing.node
    for step in path:
        if not isinstance(node, Mapping) or step not in node.entries:
            return False
        node = node.get(step)
    return True


def _is_derived(thing: Thing) -> bool:
    match thing:
        case Queue():
            return not thing.is_declared
        case Topic() | Bus() | Consumer() | Producer() | Message() | Subscription():
            return False
        case _:
            assert_never(thing)
