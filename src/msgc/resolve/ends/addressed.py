"""Ends of edges and publications: by their names, or by addresses that nothing declares."""

from __future__ import annotations

from msgc.kinds import KINDS, Kind
from msgc.resolve import parse
from msgc.resolve.ends.destinations import resolve_destination
from msgc.resolve.ends.found import found
from msgc.resolve.ends.mentions import PLACES, address_in
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.ends import End, Outside, Place, Queue
from msgc.topology.narrowing import as_queue
from msgc.topology.settings import identity
from msgc.tree import Mapping, Node, Scalar


def place_of(
    symbols: SymbolTable, node: Node | None, *, what: str, user: str
) -> tuple[Place | None, Span | None]:
    """Return the place that an end means, by name or by address, and where the file says so.

    `user` is the name of the edge or publisher, after which an argument is called that the app
    hands the place over as.
    """
    word, value = symbols.end(node, what=what, kinds=tuple(PLACES))
    if word is None or value is None:
        return None, None
    return place_at(symbols, word, value, user), value.span


def target_of(
    symbols: SymbolTable, key: Scalar, word: str | None, value: Node | None, was: str | None
) -> End | None:
    """Return what an edge leads to: something of the file, or outside of it, or an address.

    `key` is the edge's name, and `was` that under which it was first built.
    """
    match word:
        case "queue" | "topic" | "bus":
            return place_at(symbols, word, value, key.text)
        case "consumer":
            return symbols.link("consumer", value, symbols.consumers)
        case str() if word in KINDS:
            return _outside(symbols, key, KINDS[word], value, was)
        case _:
            return None


def _outside(
    symbols: SymbolTable, key: Scalar, kind: Kind, value: Node | None, was: str | None
) -> Outside | None:
    """Return an end that the file doesn't declare: found by its address, or handed over."""
    if kind.is_called and isinstance(value, Mapping):
        return resolve_destination(symbols, key, kind, value, was)
    address = found(value, key.text, kind, was) if kind.cdk is not None else None
    if address is not None:
        return Outside(kind=kind, text=None, address=address)
    written = parse.address(value)
    return Outside(kind=kind, text=written) if written else None


def place_at(symbols: SymbolTable, word: str, value: Node | None, user: str) -> Place | None:
    """Return the place that the value of an end means, by address or by name."""
    place = addressed(symbols, word, value, user)
    if place is not None:
        return place
    if word == "topic":
        return symbols.link("topic", value, symbols.topics)
    return symbols.queue(value) if word == "queue" else symbols.bus(value)


def queue_at(symbols: SymbolTable, value: Node | None, user: str) -> Queue | None:
    """Return the queue that a value means, by address or by name: where nothing else can stand."""
    place = addressed(symbols, "queue", value, user)
    return symbols.queue(value) if place is None else as_queue(place)


def addressed(symbols: SymbolTable, word: str, value: Node | None, user: str) -> Place | None:
    """Return the place of an address; None for a name."""
    kind = PLACES.get(word)
    address = address_in(symbols, kind, value, user) if kind is not None else None
    if kind is None or address is None:
        return None
    return symbols.found_at.get((word, *identity(address, kind)))
