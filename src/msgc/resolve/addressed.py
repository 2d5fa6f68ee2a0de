"""Ends of edges and publications: by their names, or by addresses that nothing declares."""

from __future__ import annotations

import re
from binascii import crc32
from collections import abc

from msgc.kinds import BUS, KINDS, QUEUE, TOPIC, Kind
from msgc.resolve import parse
from msgc.resolve.destinations import resolve_destination
from msgc.resolve.found import found
from msgc.resolve.places import bus, topic
from msgc.resolve.queues import queue
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.ends import End, Outside, Place
from msgc.topology.settings import Found, argument_in, identity
from msgc.tree import Mapping, Node, Scalar

_KINDS = {kind.word: kind for kind in (TOPIC, BUS, QUEUE)}


def place_of(
    symbols: SymbolTable, node: Node | None, *, what: str, user: str
) -> tuple[Place | None, Span | None]:
    """Return the place that an end means, by name or by address, and where the file says so.

    `user` is the name of the edge or publisher, after which an argument is called that the app
    hands the place over as.
    """
    word, value = symbols.end(node, what=what, kinds=tuple(_KINDS))
    if word is None or value is None:
        return None, None
    return place_at(symbols, word, value, user), value.span


def target_of(
    symbols: SymbolTable, key: Scalar, word: str | None, value: Node | None
) -> End | None:
    """Return what an edge leads to: something of the file, or outside of it, or an address."""
    match word:
        case "queue" | "topic" | "bus":
            return place_at(symbols, word, value, key.text)
        case "consumer":
            return symbols.link("consumer", value, symbols.consumers)
        case str() if word in KINDS:
            return _outside(symbols, key, KINDS[word], value)
        case _:
            return None


def _outside(symbols: SymbolTable, key: Scalar, kind: Kind, value: Node | None) -> Outside | None:
    """Return an end that the file doesn't declare: found by its address, or handed over."""
    if kind.is_called and isinstance(value, Mapping):
        return resolve_destination(symbols, key, kind, value)
    address = found(value, key.text, kind) if kind.cdk is not None else None
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


def addressed(symbols: SymbolTable, word: str, value: Node | None, user: str) -> Place | None:
    """Return the place of an address, the same for the same address; None for a name."""
    if word not in _KINDS or value is None or _is_name(value):
        return None
    table = _table(symbols, word)
    address = found(value, user, _KINDS[word])
    if address is None or (isinstance(value, Scalar) and value.text in table):
        return None
    at = identity(address)
    place = symbols.found_at(word, table, at)
    if place is not None:
        return place
    full = _name(address, word)
    names = (full.removesuffix(f"-{word}"), full, f"{full}-{crc32(':'.join(at).encode()):08x}")
    name = next(n for n in names if n not in table and n not in symbols.implicit_queues)
    key = Scalar(name, value.span)
    declaration = Mapping({"import": (Scalar("import", value.span), value)}, value.span)
    return _declared(symbols, word, key, declaration)


def _table(symbols: SymbolTable, word: str) -> abc.Mapping[str, Place]:
    if word == "topic":
        return symbols.topics
    return symbols.queues if word == "queue" else symbols.buses


def _is_name(value: Node) -> bool:
    if isinstance(value, Scalar):
        return value.text != "provided"
    return not isinstance(value, Mapping)


def _declared(symbols: SymbolTable, word: str, key: Scalar, node: Mapping) -> Place:
    if word == "topic":
        symbols.topics[key.text] = made = topic(symbols, key, node)
        return made
    if word == "bus":
        symbols.buses[key.text] = on = bus(symbols, key, node)
        return on
    symbols.queues[key.text] = at = queue(symbols, key, node)
    return at


def _name(address: Found, word: str) -> str:
    """Return what a place is called in this file: as its address ends, or as its argument."""
    argument = argument_in(address)
    if argument is not None:
        return argument.replace("_", "-")
    _, text = identity(address)
    last = re.split("[:/]", text.removesuffix(".fifo"))[-1]
    name = "-".join(re.findall("[a-z0-9]+", last.lower()))
    return name if name[:1].isalpha() else f"{word}-{name}".rstrip("-")
