"""Divide what outgrows a CloudFormation stack: which queues and consumers go to another one.

What is deployed stays where it is. Topics and buses stay, too: what they lead to is deployed after
them, so that no two stacks need each other first.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Ids
from typing import assert_never

from msgc.record import Record
from msgc.stack.model import Stack
from msgc.stack.values import Path
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_place, as_queue
from msgc.topology.placement import is_made
from msgc.tree import Mapping

Node = Queue | Consumer
"""What can lie in another stack."""


class Measure(Record):
    """What there is too much of in a stack: resources, or bytes of its template."""

    weights: Ids[Path, int]
    """How much of it each resource is."""
    limit: int
    """What a stack may have."""
    of_its_own: int
    """What each stack has for itself: undelivered queues and their policies."""

    @property
    def most(self) -> int:
        """What a stack gets: a quarter is left for what comes."""
        return self.limit * 3 // 4


class Group(Record):
    """Queues and consumers that lie in one stack, in the order of the file."""

    nodes: tuple[Node, ...]
    weight: int
    """How much of the stack is made for it."""
    edges: int
    """Those that come from topics and buses, which stay."""
    near: frozenset[Declared]
    """What it publishes to, and who publishes to it."""


def divided(
    stack: Stack, name: str, deployed: Ids[str, str], measure: Measure
) -> tuple[tuple[Node, ...], ...]:
    """Return what of the stack of a name is to lie in new ones, none of which is full.

    `deployed` are the logical ids of what is deployed, which stays. There is nothing if the stack
    then still is too large; it is fuller than the others if more than that is deployed.
    """
    most, own = measure.most, measure.of_its_own
    groups = _groups(stack, name, deployed, measure.weights)
    left = [each for each in groups if 0 < each.weight <= most - own]
    total = sum(measure.weights[each.path] for each in stack.resources if each.stack == name)
    found: list[tuple[Node, ...]] = []
    while total > most and left:
        chosen: list[Group] = []
        room = most - own
        while total > most and left:
            inside = {node for each in chosen for node in each.nodes}
            fitting = [each for each in left if each.weight <= room]
            if not fitting:
                break
            best = min(fitting, key=lambda each: (-len(each.near & inside), _cut(each)))
            chosen.append(best)
            left.remove(best)
            room -= best.weight
            total -= best.weight
        found.append(tuple(node for each in chosen for node in each.nodes))
    return tuple(found) if total <= measure.limit else ()


def _cut(group: Group) -> float:
    """Return how many edges go between stacks for each resource that lies elsewhere."""
    return group.edges / group.weight


def _groups(
    stack: Stack, name: str, deployed: Ids[str, str], sizes: Ids[Path, int]
) -> Iterator[Group]:
    """Yield what can be moved out of the stack of a name, in the order of the file."""
    topology = stack.links.topology
    placement = topology.placement
    nodes: tuple[Node, ...] = (
        *(each for each in topology.queues.values() if each.is_declared and is_made(each)),
        *topology.consumers.values(),
    )
    if placement is not None:
        nodes = tuple(n for n in nodes if placement.end(n) == name)
    together = _Together(nodes)
    stays = set(_bound(topology, together))
    weights: dict[Node, int] = {}
    owners = dict(_owners(topology))
    for resource in stack.resources:
        owner = owners.get(resource.declared)
        if owner is not None:
            weights[owner] = weights.get(owner, 0) + sizes[resource.path]
            if stack.logical_id(resource) in deployed:
                stays.add(owner)
    edges = [e for e in topology.subscriptions.values() if not e.way.reader]
    near = _near(topology)
    for group in together.groups():
        if stays.isdisjoint(group):
            yield Group(
                nodes=group,
                weight=sum(weights.get(node, 0) for node in group),
                edges=sum(1 for edge in edges if edge.target in group),
                near=frozenset(each for node in group for each in near.get(node, ())),
            )


class _Together:
    """Which queues and consumers must lie in one stack: those that are tied, and so on."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self._nodes = nodes
        self._first: dict[Declared, Declared] = {node: node for node in nodes}

    def tie(self, *nodes: Declared | None) -> None:
        """Let some lie in one stack, as far as they are any that can be moved."""
        known = [self._root(node) for node in nodes if node in self._first]
        for other in known[1:]:
            self._first[other] = known[0]

    def _root(self, node: Declared) -> Declared:
        while self._first[node] is not node:
            node = self._first[node]
        return node

    def groups(self) -> Iterator[tuple[Node, ...]]:
        """Yield them, in the order of the file."""
        found: dict[Declared, list[Node]] = {}
        for node in self._nodes:
            found.setdefault(self._root(node), []).append(node)
        yield from map(tuple, found.values())


def _bound(topology: Topology, together: _Together) -> Iterator[Node]:
    """Tie what must lie in one stack; yield what stays where topics and buses are."""
    lists: dict[str, list[Declared | None]] = {}
    placement = topology.placement
    placed = () if placement is None else placement.by_name
    named = {name for section, name in placed if section == "subscriptions"}
    for edge in topology.subscriptions.values():
        ends = (_node(edge.target), edge.asks, _read(edge), _named(edge.dead_letter))
        together.tie(*ends)
        if edge.index is not None:
            lists.setdefault(edge.name, []).append(_node(edge.target))
        origin, target = _read(edge), as_place(edge.target)
        if origin is not None and target is not None and as_queue(target) is None:
            yield origin  # a pipe to a topic or bus lies with that
        if origin is not None and edge.name in named:
            yield origin  # its pipe lies where the file says
    for ends_ in lists.values():
        together.tie(*ends_)
    for queue in topology.queues.values():
        together.tie(queue, _named(queue.dead_letter.queue) if queue.dead_letter else None)
    for consumer in topology.consumers.values():
        together.tie(consumer, _named(consumer.on_failure))
        buffer = topology.queues.get(consumer.name)
        if buffer is not None and not is_written(topology, buffer):
            together.tie(consumer, buffer)


def is_written(topology: Topology, queue: Queue) -> bool:
    """Whether the file declares a queue under `queues`: not one that buffers a consumer."""
    section = topology.root.get("queues")
    return isinstance(section, Mapping) and queue.name in section.entries


def _node(end: End) -> Node | None:
    match end:
        case Queue() | Consumer():
            return end
        case Topic() | Bus() | Outside():
            return None
        case _:
            assert_never(end)


def _read(edge: Subscription) -> Queue | None:
    """Return the queue out of which an edge reads."""
    place = as_place(edge.origin)
    return None if place is None else as_queue(place)


def _named(queue: Queue | None) -> Queue | None:
    """Return a queue that the file names for dead letters; not one that each stack has."""
    return queue if queue is not None and queue.is_declared else None


def _owners(topology: Topology) -> Iterator[tuple[Declared, Node]]:
    """Yield what resources are made for, with the queue or consumer with which it lies."""
    for queue in topology.queues.values():
        yield queue, queue
        if queue.dead_letter is not None and queue.dead_letter.queue.kind == "dead-letter":
            yield queue.dead_letter.queue, queue
    for consumer in topology.consumers.values():
        yield consumer, consumer
    for edge in topology.subscriptions.values():
        node = edge.asks or _node(edge.target)
        if node is not None:
            yield edge, node


def _near(topology: Topology) -> dict[Declared, set[Declared]]:
    """Return by queue and consumer who publishes to it, and to what it publishes."""
    found: dict[Declared, set[Declared]] = {}
    for consumer in topology.consumers.values():
        for publication in consumer.publishes:
            found.setdefault(consumer, set()).add(publication.target)
            found.setdefault(publication.target, set()).add(consumer)
    return found
