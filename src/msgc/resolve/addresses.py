"""Declare the places that are addresses: what edges and publications name, and no section does.

They are declared before anything is linked, and named by what all of them are, so that neither
names nor ids depend on the order of the file.
"""

from __future__ import annotations

import re
from binascii import crc32
from collections import Counter
from collections.abc import Iterator

from msgc.resolve.mentions import Mention, mentions, table
from msgc.resolve.places import bus, topic
from msgc.resolve.queues import queue
from msgc.resolve.same_places import Arguments, check_own, index_places
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import Deferred
from msgc.topology.ends import Place
from msgc.topology.settings import argument_in, identity, written_arn
from msgc.tree import Mapping, Scalar


def declare_addresses(symbols: SymbolTable) -> None:
    """Add every place that is an address to the symbol table, each once."""
    index_places(symbols)
    arguments = Arguments(symbols)
    new: dict[tuple[str, str, str], Mention] = {}
    for each in mentions(symbols):
        place = symbols.found_at.get(each.key)
        arguments.check(each)
        check_own(symbols, each, place)
        if place is None:
            new.setdefault(each.key, each)
    for each, name in _named(symbols, tuple(new.values())):
        symbols.found_at[each.key] = _declare(symbols, each, name)


def _named(symbols: SymbolTable, new: tuple[Mention, ...]) -> Iterator[tuple[Mention, str]]:
    """Yield each address with its name: the shortest that nothing else has, or could have."""
    possible = {each.key: _names(each) for each in new}
    taken = Counter((word, name) for (word, _, _), found in possible.items() for name in {*found})
    for each in new:
        declared = table(symbols, each.kind)
        short, full = possible[each.key]
        yield (
            each,
            next(
                (
                    name
                    for name in (short, full)
                    if taken[(each.kind.word, name)] == 1
                    and name not in declared
                    and name not in symbols.implicit_queues
                ),
                _stem(each),
            ),
        )


def _names(each: Mention) -> tuple[str, str]:
    """Return what a place could be called: as its address ends, or as its argument."""
    word, argument = each.kind.word, argument_in(each.address)
    if argument is not None:
        full = argument.replace("_", "-")
    else:
        _, text = identity(each.address, each.kind)
        last = re.split("[:/]", text.removesuffix(".fifo"))[-1]
        name = "-".join(re.findall("[a-z0-9]+", last.lower()))
        full = name if name[:1].isalpha() else f"{word}-{name}".rstrip("-")
    return full.removesuffix(f"-{word}"), full


def _stem(each: Mention) -> str:
    """Return what ids begin with: it follows from the address alone; an argument's is its name."""
    _, full = _names(each)
    arn = written_arn(each.address)
    if argument_in(each.address) is not None or (
        isinstance(arn, Deferred) and arn.alone is not None and arn.alone.is_input
    ):
        return full
    return f"{full}-{crc32(':'.join(identity(each.address, each.kind)).encode()):08x}"


def _declare(symbols: SymbolTable, each: Mention, name: str) -> Place:
    key, span = Scalar(name, each.value.span), each.value.span
    node = Mapping({"import": (Scalar("import", span), each.value)}, span)
    found = {"imported": each.address, "stem": _stem(each)}
    match each.kind.word:
        case "topic":
            symbols.topics[name] = made = topic(symbols, key, node).replace(**found)
            return made
        case "bus":
            symbols.buses[name] = on = bus(symbols, key, node).replace(**found)
            return on
        case _:
            symbols.queues[name] = at = queue(symbols, key, node).replace(**found)
            return at
