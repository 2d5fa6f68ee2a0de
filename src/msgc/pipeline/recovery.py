"""Error recovery: check the sound parts of a file with mistakes, and tell no cascading errors.

A declaration with an error in it is broken. It is left out, and so is every edge that needs it;
the rest is resolved once more without them. What isn't known of that rest (whether a queue has
another source, which messages a topic carries) is recorded, and later phases are silent about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.derive import derive
from msgc.diagnostics import Diagnostic
from msgc.pipeline.broken_declarations import (
    NAMING,
    BrokenParts,
    Path,
    broken_parts,
    declared_in,
    without,
    words,
)
from msgc.record import Record
from msgc.resolve import parse, resolve_references
from msgc.resolve.symbols import SymbolTable
from msgc.topology import names
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic, Vertex
from msgc.topology.error_recovery import SECTIONS, Declarations, ErrorRecovery, Key
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.tree import Mapping, Node, Scalar, Sequence

_PLACES = ("queues", "topics", "buses")
Thing = Vertex | Subscription
"""What messages may be at."""


class Recovered(Record):
    """What a file with mistakes still says for certain."""

    read: Topology
    """All that could be read, the broken parts too: what they say may be wrong or missing."""
    topology: Topology
    """The sound parts alone, and the edges between them."""
    recovery: ErrorRecovery


def recover(root: Mapping, read: Topology, found: tuple[Diagnostic, ...]) -> Recovered:
    """Resolve a file once more without its broken parts; `read` was resolved with them."""
    broken = broken_parts(root, read, found)
    topology = _sound(without(root, broken), read, broken)
    return Recovered(read=read, topology=topology, recovery=_recovery(root, read, topology, broken))


def _sound(root: Mapping, read: Topology, broken: BrokenParts) -> Topology:
    """Return the topology of the sound parts; names that they lack now have been reported.

    What needed an implicit queue may be among the broken parts. Then nobody makes it, and what
    names it has to go as well: that can be told only once the rest is derived.
    """
    messages = {
        name: message
        for name, message in read.messages.items()
        if ("messages", name) not in broken.declarations
    }
    missing = frozenset(name for section, name in broken.declarations if section == "queues")
    while True:
        symbols = SymbolTable(root, environment=read.environment, missing_queues=missing)
        symbols.messages = messages
        symbols.elsewhere = read.elsewhere
        topology = derive(resolve_references(symbols)).value
        assert topology is not None  # noqa: S101  # whatever it finds
        unmade = symbols.named_implicit_queues - topology.queues.keys()
        if not unmade:
            return topology
        missing |= unmade


def _recovery(root: Mapping, read: Topology, sound: Topology, broken: BrokenParts) -> ErrorRecovery:
    """Return what isn't certain: of what was `read`, the `sound` topology is what is left."""
    left: dict[str, Iterable[str]] = {
        "messages": sound.messages, "queues": sound.queues, "topics": sound.topics,
        "buses": sound.buses, "subscriptions": sound.subscriptions,
        "consumers": sound.consumers, "producers": sound.producers,
    }  # fmt: skip
    declared = {
        (section, name): value
        for section in SECTIONS
        for name, (_, value) in declared_in(root, section).items()
    }
    gone = {key for key in declared if key in broken.declarations or key[1] not in left[key[0]]}
    absent = {name for _, name in gone}
    mentioned = broken.aside.union(*(words(declared[key]) for key in gone))
    # An edge is made on what its ends replace as well: what is broken may be missing there, too.
    replacing = any(isinstance(n, Mapping) and "replaces" in n.entries for n in declared.values())
    declarations = Declarations(root)
    lost = [edge for name, edge in read.subscriptions.items() if name not in sound.subscriptions]
    ends: list[Thing] = [
        end
        for edge in lost
        for end in (edge, edge.origin, edge.target, edge.dead_letter)
        if end is not None
    ]
    readable = {name for name in read.messages if _is_readable(name, read, broken)}
    unknown_messages = _of_unknown_messages(declarations, read, broken, readable)
    cut_off: set[Thing] = {*lost, *(place for place in read.places if place.name in mentioned)}
    unsure = _of_unknown_messages(declarations, read, broken, set(sound.messages), cut_off)
    return ErrorRecovery(
        declarations,
        broken=broken.declarations,
        incomplete=frozenset(
            (
                *_keys(declarations, (*ends, *unsure)),
                ("environments", ""),  # what differs there is about what may be broken
                *(
                    key
                    for key, node in declared.items()
                    if key[0] in broken.leads_to
                    or key[1] in mentioned
                    or not absent.isdisjoint(words(node))
                    or (key[0] == "consumers" and _has_lost_its_edge(key[1], node, sound))
                    or (key[0] in _PLACES and replacing)
                ),
            )
        ),
        unknown_messages=frozenset(_keys(declarations, unknown_messages)),
    )


def _has_lost_its_edge(consumer: str, node: Node, sound: Topology) -> bool:
    if not isinstance(node, Mapping) or "from" not in node.entries:
        return False
    return sound.subscriptions.keys().isdisjoint({consumer, names.poll(consumer)})


def _keys(declarations: Declarations, things: Iterable[Thing]) -> Iterator[Key]:
    for thing in things:
        match thing:
            case Outside() | Stream() | Schedule():
                pass  # the file doesn't declare it
            case Queue() | Topic() | Bus() | Consumer() | Subscription():
                key = declarations.at(thing.key)
                if key is not None:
                    yield key
            case _:
                assert_never(thing)


def _of_unknown_messages(
    declarations: Declarations,
    read: Topology,
    broken: BrokenParts,
    known: set[str],
    also: Iterable[Thing] = (),
) -> set[Thing]:
    """Return the places and edges that may carry other messages than the known ones.

    What isn't known of one place isn't known of what lies behind it either. So it is with those
    that are `also` unknown.
    """

    def unsure(thing: Declared) -> bool:
        named = _named_in(thing)
        key = declarations.at(thing.key)
        wrong = broken.paths.get(key, ()) if key is not None else ()
        return any(name not in known for name in named) or any(
            _may_name_messages(thing.node, path, answering | known) for path in wrong
        )

    def unsure_edge(edge: Subscription) -> bool:
        asked = edge.asks
        is_lost = asked is not None and declarations.at(asked.key) in broken.declarations
        return is_lost or unsure(edge) or (asked is not None and unsure(asked))

    answering = {name for name, consumer in read.consumers.items() if consumer.says("answers")}
    doubtful: set[Thing] = {
        place
        for place in read.places
        if unsure(place) or kind_of(place).section in broken.feeds or place.name in broken.aside
    }
    doubtful.update(edge for edge in read.subscriptions.values() if unsure_edge(edge))
    doubtful.update(also)
    waiting = list(doubtful)
    behind: dict[Thing, list[Thing]] = {}
    for edge in read.subscriptions.values():
        behind.setdefault(edge.origin, []).append(edge)
        behind[edge] = [edge.target]
    while waiting:
        for thing in behind.get(waiting.pop(), ()):
            if thing not in doubtful:
                doubtful.add(thing)
                waiting.append(thing)
    return doubtful


def _named_in(thing: Declared) -> list[str]:
    """Return the messages that a declaration names: what it carries, sends or answers."""
    node = parse.mapping(thing.node)
    if node is None:
        return []
    send = parse.mapping(node.get("send"))
    made = parse.text(send.get("message")) if send is not None else None
    alone = (made, parse.text(node.get("answers")))
    return [*(one.text for one in parse.texts(node.get("messages"))), *filter(None, alone)]


def _is_readable(message: str, read: Topology, broken: BrokenParts) -> bool:
    """Whether all is known that a filter can see of a message."""
    wrong = broken.paths.get(("messages", message), ())
    return ("messages", message) not in read.misread and not any(
        path[:1] in ((), ("schema",), ("type",), ("source",)) for path in wrong
    )


def _may_name_messages(node: Node, path: Path, messages: set[str]) -> bool:
    """Whether what is wrong at `path` has to do with messages, or with their filter."""
    if not path:
        return False
    if path[0] in ("messages", "from", "filter", "filter_on", "pattern", "enrich", "send"):
        return True
    value = node.get(path[0]) if isinstance(node, Mapping) and isinstance(path[0], str) else None
    if isinstance(value, Scalar):
        return value.text == "any" or value.text in messages
    return path[0] not in NAMING and isinstance(value, Sequence)
