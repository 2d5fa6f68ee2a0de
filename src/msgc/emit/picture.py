"""A picture of a topology: who publishes where, and who gets what, as nodes and edges."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import assert_never

from msgc.record import Record
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Queue, Topic, Vertex
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.outsiders import Accounts, AwsService, Principals
from msgc.topology.settings import ByArn, ByName, ByParameter, GivenFunction, Provided, argument_in

_LONGEST = 60
"""A filter's text is cut here."""


class Node(Record):
    """What is drawn as a shape: a place, a publisher, or what is outside."""

    id: str
    label: str
    kind: str
    """`producer`, the word of the kind of end, or `endpoint`."""


class Edge(Record):
    """What is drawn as an arrow, with lines of text on it."""

    start: str
    end: str
    lines: tuple[str, ...]
    dotted: bool = False


class Picture(Record):
    """All that is drawn of one service."""

    service: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw(topologies: tuple[Topology, ...]) -> list[Picture]:
    """Return a picture of each service; in several, a node's id begins with its service."""
    if len(topologies) == 1:
        return [_picture(topologies[0])]
    services = frozenset(topology.service for topology in topologies)
    return [_among(_picture(topology), topology, services) for topology in topologies]


def _among(picture: Picture, topology: Topology, services: frozenset[str]) -> Picture:
    """Return a picture beside others: what it imports from one of these is drawn there."""
    there: dict[str, str] = {}
    places: tuple[Place, ...] = topology.places
    for place in places:
        elsewhere = place.elsewhere
        if elsewhere is not None and elsewhere.service in services:
            owned = _named(kind_of(place).word, elsewhere.name).id
            there[_node(place).id] = f"{as_id(elsewhere.service)}_{owned}"
    ids = {node.id: f"{as_id(picture.service)}_{node.id}" for node in picture.nodes} | there
    return Picture(
        service=picture.service,
        nodes=tuple(n.replace(id=ids[n.id]) for n in picture.nodes if n.id not in there),
        edges=tuple(e.replace(start=ids[e.start], end=ids[e.end]) for e in picture.edges),
    )


def _picture(topology: Topology) -> Picture:
    """Return nodes and edges: what is declared first, then endpoints as edges reach them."""
    named: list[Place | Consumer | Producer] = [
        *topology.producers.values(),
        *topology.topics.values(),
        *topology.buses.values(),
        *topology.queues.values(),
        *topology.consumers.values(),
    ]
    nodes = {node.id: node for node in (_node(each) for each in named)}
    for subscription in _made(topology):
        for end in (subscription.origin, subscription.target):
            node = _node(end)
            nodes.setdefault(node.id, node)
    drawn = (*_edges(topology), *_reads(topology), *_replaced(topology))
    edges = {(e.start, e.end, e.lines, e.dotted): e for e in drawn}
    return Picture(
        service=topology.service, nodes=tuple(nodes.values()), edges=tuple(edges.values())
    )


def _edges(topology: Topology) -> Iterator[Edge]:
    for publisher in topology.publishers:
        for publication in publisher.publishes:
            end = _node(publication.target).id
            lines = _names(publication.messages)
            yield Edge(start=_node(publisher).id, end=end, lines=lines)
    for subscription in _made(topology):
        start, end = _node(subscription.origin).id, _node(subscription.target).id
        lines = (*_label(subscription), *_state(subscription))
        yield Edge(start=start, end=end, lines=lines, dotted=not subscription.enabled)
    for queue in topology.queues.values():
        if queue.dead_letter:
            end, lines = _node(queue.dead_letter.queue).id, (f"after {queue.dead_letter.after}",)
            yield Edge(start=_node(queue).id, end=end, lines=lines, dotted=True)
    for subscription in _made(topology):
        if subscription.dead_letter:
            start, end = _node(subscription.origin).id, _node(subscription.dead_letter).id
            yield Edge(start=start, end=end, lines=("undelivered",), dotted=True)
    for consumer in topology.consumers.values():
        if consumer.on_failure:
            start, end = _node(consumer).id, _node(consumer.on_failure).id
            yield Edge(start=start, end=end, lines=("failed",), dotted=True)


def _made(topology: Topology) -> Iterator[Subscription]:
    """Yield the edges of which AWS has something: no SNS subscription that is switched off."""
    return (edge for edge in topology.subscriptions.values() if edge.is_made)


def _state(edge: Subscription) -> tuple[str, ...]:
    """Return whether an edge is switched off, and which other account makes it."""
    off = () if edge.enabled else ("switched off",)
    by = () if edge.made_by is None else (f"made by {spelling(edge.made_by)}",)
    return (*off, *by)


def _reads(topology: Topology) -> Iterator[Edge]:
    for publisher in topology.publishers:
        for queue in topology.reads(publisher):
            start, end = _node(queue).id, _node(publisher).id
            yield Edge(start=start, end=end, lines=("reads",), dotted=True)


def _replaced(topology: Topology) -> Iterator[Edge]:
    """Yield what replaces what, and where publishers were until they moved."""
    for publisher, publications in topology.replacements.publications.items():
        for publication in publications:
            start, end = _node(publisher).id, _node(publication.target).id
            yield Edge(start=start, end=end, lines=("until it moves",), dotted=True)
    for replaced, heir in topology.replacements.heirs.items():
        start, end = _node(replaced).id, _node(heir).id
        yield Edge(start=start, end=end, lines=("replaced by",), dotted=True)


def _asked(subscription: Subscription) -> str | None:
    """Return what is asked about each payload."""
    match subscription.enrich:
        case None:
            return None
        case Consumer(name=name):
            return name
        case GivenFunction(address=address):
            return argument_in(address)
        case _:
            assert_never(subscription.enrich)


def _label(subscription: Subscription) -> tuple[str, ...]:
    """Return what takes an edge: its messages, then what a filter leaves of them."""
    untyped = ("any",) if subscription.untyped else ()
    condition = subscription.pattern or subscription.filter
    text = json.dumps(condition, ensure_ascii=False).replace('"', "") if condition else ""
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    if subscription.way.is_timed:
        return _names(subscription.made) or ("something",)
    asked = _asked(subscription)
    enriched = (f"enriched by {asked}",) if asked else ()
    sent = _sent(subscription)
    return (*_names(subscription.messages), *untyped, *((cut,) if cut else ()), *enriched, *sent)


def _sent(subscription: Subscription) -> tuple[str, ...]:
    """Return what is delivered in place of what takes an edge."""
    if subscription.send is None:
        return ()
    message = subscription.send.message
    return (f"sends {message.name}" if message is not None else "sends something else",)


def _names(messages: tuple[Message, ...]) -> tuple[str, ...]:
    return tuple(message.name for message in messages)


def _node(thing: Vertex | Producer) -> Node:
    match thing:
        case Producer():
            node = _named(thing.word, thing.name)
            outside = _outsider(thing)
            return node.replace(label=f"{thing.name} ({outside})") if outside else node
        case Queue() | Topic() | Bus() | Consumer() | Stream():
            return _named(kind_of(thing).word, thing.name)
        case Schedule(expression=expression, timezone=timezone):
            label = f"{expression} {timezone}" if timezone else expression
            return _named(thing.word, thing.name).replace(label=label)
        case Outside():
            return _named("endpoint", _address(thing))
        case _:
            assert_never(thing)


def _outsider(producer: Producer) -> str | None:
    """Return which AWS service or account a producer is, if it is one."""
    match producer.outsider:
        case AwsService(name=name):
            return name
        case Accounts(ids=ids):
            return ", ".join(map(spelling, ids))
        case Principals(accounts=accounts):
            return ", ".join(map(spelling, accounts))
        case None:
            return None
        case _:
            assert_never(producer.outsider)


def _address(end: Outside) -> str:
    match end.address:
        case ByArn(arn=text) | ByParameter(parameter=text) | ByName(name=text):
            return spelling(text)
        case Provided(argument=text):
            return text
        case None:
            return spelling(end.text or "")
        case _:
            assert_never(end.address)


def _named(kind: str, name: str) -> Node:
    """Return a node."""
    return Node(id=f"{kind}_{as_id(name)}", label=name, kind=kind)


def as_id(name: str) -> str:
    """Return a name for ids; what they can't have is spelled by its code, so that they differ."""
    return re.sub(r"[^A-Za-z0-9]", lambda m: "_" if m[0] == "-" else f"_{ord(m[0]):x}_", name)
