"""Draw a topology in Mermaid or DOT: who publishes where, and who gets what."""

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
from msgc.visible import visible

_LONGEST = 60
"""A filter's text is cut here."""


class _Node(Record):
    id: str
    label: str
    kind: str
    """`producer`, the word of the kind of end, or `endpoint`."""


class _Edge(Record):
    start: str
    end: str
    lines: tuple[str, ...]
    dotted: bool = False


class _Picture(Record):
    service: str
    nodes: tuple[_Node, ...]
    edges: tuple[_Edge, ...]


def mermaid(*topologies: Topology) -> str:
    """Return a Mermaid flowchart, of several services with a box around each."""
    pictures = _pictures(topologies)
    out = ["flowchart LR"]
    for picture in pictures:
        nodes = [f"  {node.id}{_mermaid_shape(node)}" for node in picture.nodes]
        out += nodes if len(pictures) == 1 else _boxed(picture, nodes)
    for edge in (edge for picture in pictures for edge in picture.edges):
        label = "<br/>".join(_mermaid_text(line) for line in edge.lines)
        arrow = "-.->" if edge.dotted else "-->"
        out.append(f"  {edge.start} {arrow}" + (f'|"{label}"|' if label else "") + f" {edge.end}")
    return "\n".join(out) + "\n"


def _boxed(picture: _Picture, nodes: list[str]) -> list[str]:
    return [
        f"  subgraph {_word(picture.service)}[{_mermaid_text(picture.service)}]",
        *(f"  {line}" for line in nodes),
        "  end",
    ]


def dot(*topologies: Topology) -> str:
    """Return a Graphviz digraph, of several services with a box around each."""
    pictures = _pictures(topologies)
    alone = len(pictures) == 1
    out = [f"digraph {_dot_text(pictures[0].service if alone else 'workspace')} {{"]
    out += ["  rankdir=LR", '  node [fontname="Helvetica"]']
    out.append('  edge [fontname="Helvetica", fontsize=10]')
    for picture in pictures:
        nodes = [
            f"  {node.id} [label={_dot_text(node.label)}, shape={_DOT_SHAPES[node.kind]}]"
            for node in picture.nodes
        ]
        out += nodes if alone else _clustered(picture, nodes)
    for edge in (edge for picture in pictures for edge in picture.edges):
        options = [f"label={_dot_text(*edge.lines)}"] if edge.lines else []
        options += ["style=dotted"] if edge.dotted else []
        out.append(
            f"  {edge.start} -> {edge.end}" + (f" [{', '.join(options)}]" if options else "")
        )
    return "\n".join([*out, "}"]) + "\n"


def _clustered(picture: _Picture, nodes: list[str]) -> list[str]:
    return [
        f"  subgraph cluster_{_word(picture.service)} {{",
        f"    label={_dot_text(picture.service)}",
        *(f"  {line}" for line in nodes),
        "  }",
    ]


def _pictures(topologies: tuple[Topology, ...]) -> list[_Picture]:
    """Return a picture of each service; in several, a node's id begins with its service."""
    if len(topologies) == 1:
        return [_picture(topologies[0])]
    services = frozenset(topology.service for topology in topologies)
    return [_among(_picture(topology), topology, services) for topology in topologies]


def _among(picture: _Picture, topology: Topology, services: frozenset[str]) -> _Picture:
    """Return a picture beside others: what it imports from one of these is drawn there."""
    there: dict[str, str] = {}
    places: tuple[Place, ...] = topology.places
    for place in places:
        elsewhere = place.elsewhere
        if elsewhere is not None and elsewhere.service in services:
            owned = _named(kind_of(place).word, elsewhere.name).id
            there[_node(place).id] = f"{_word(elsewhere.service)}_{owned}"
    ids = {node.id: f"{_word(picture.service)}_{node.id}" for node in picture.nodes} | there
    return _Picture(
        service=picture.service,
        nodes=tuple(n.replace(id=ids[n.id]) for n in picture.nodes if n.id not in there),
        edges=tuple(e.replace(start=ids[e.start], end=ids[e.end]) for e in picture.edges),
    )


def _picture(topology: Topology) -> _Picture:
    """Return nodes and edges: what is declared first, then endpoints as edges reach them."""
    named: list[Place | Consumer | Producer] = [
        *topology.producers.values(),
        *topology.topics.values(),
        *topology.buses.values(),
        *topology.queues.values(),
        *topology.consumers.values(),
    ]
    nodes = {node.id: node for node in (_node(each) for each in named)}
    for subscription in topology.subscriptions.values():
        for end in (subscription.origin, subscription.target):
            node = _node(end)
            nodes.setdefault(node.id, node)
    drawn = (*_edges(topology), *_reads(topology))
    edges = {(e.start, e.end, e.lines, e.dotted): e for e in drawn}
    return _Picture(
        service=topology.service, nodes=tuple(nodes.values()), edges=tuple(edges.values())
    )


def _edges(topology: Topology) -> Iterator[_Edge]:
    for publisher in topology.publishers:
        for publication in publisher.publishes:
            end = _node(publication.target).id
            lines = _names(publication.messages)
            yield _Edge(start=_node(publisher).id, end=end, lines=lines)
    for subscription in topology.subscriptions.values():
        start, end = _node(subscription.origin).id, _node(subscription.target).id
        yield _Edge(start=start, end=end, lines=_label(subscription))
    for queue in topology.queues.values():
        if queue.dead_letter:
            end, lines = _node(queue.dead_letter.queue).id, (f"after {queue.dead_letter.after}",)
            yield _Edge(start=_node(queue).id, end=end, lines=lines, dotted=True)
    for subscription in topology.subscriptions.values():
        if subscription.dead_letter:
            start, end = _node(subscription.origin).id, _node(subscription.dead_letter).id
            yield _Edge(start=start, end=end, lines=("undelivered",), dotted=True)
    for consumer in topology.consumers.values():
        if consumer.on_failure:
            start, end = _node(consumer).id, _node(consumer.on_failure).id
            yield _Edge(start=start, end=end, lines=("failed",), dotted=True)


def _reads(topology: Topology) -> Iterator[_Edge]:
    for publisher in topology.publishers:
        for queue in publisher.reads:
            start, end = _node(queue).id, _node(publisher).id
            yield _Edge(start=start, end=end, lines=("reads",), dotted=True)


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


def _node(thing: Vertex | Producer) -> _Node:
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


def _named(kind: str, name: str) -> _Node:
    """Return a node."""
    return _Node(id=f"{kind}_{_word(name)}", label=name, kind=kind)


def _word(name: str) -> str:
    """Return a name for ids; what they can't have is spelled by its code, so that they differ."""
    return re.sub(r"[^A-Za-z0-9]", lambda m: "_" if m[0] == "-" else f"_{ord(m[0]):x}_", name)


def _mermaid_shape(node: _Node) -> str:
    left, right = _MERMAID_SHAPES[node.kind]
    return f'{left}"{_mermaid_text(node.label)}"{right}'


def _mermaid_text(text: str) -> str:
    """Return text with everything that means something to Mermaid as an entity."""
    return re.sub(r'[#&"<>`\\|{}\[\]\n]', lambda m: f"#{ord(m[0])};", visible(text))


def _dot_text(*lines: str) -> str:
    escaped = (visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'


_MERMAID_SHAPES: dict[str, tuple[str, str]] = {
    "producer": ("([", "])"),
    "stream": ("[/", "/]"),
    "topic": ("{{", "}}"),
    "queue": ("[(", ")]"),
    "bus": ("[[", "]]"),
    "consumer": ("[", "]"),
    "endpoint": (">", "]"),
    "schedule": ("((", "))"),
}
_DOT_SHAPES: dict[str, str] = {
    "producer": "ellipse",
    "stream": "parallelogram",
    "topic": "hexagon",
    "queue": "cylinder",
    "bus": "box3d",
    "consumer": "box",
    "endpoint": "note",
    "schedule": "circle",
}
