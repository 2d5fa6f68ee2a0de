"""Declare the places that are addresses: what edges and publications name, and no section does.

They are declared before anything is linked, and named by what all of them are, so that neither
names nor ids depend on the order of the file.
"""

from __future__ import annotations

import re
from binascii import crc32
from collections import Counter
from collections.abc import Iterator

from msgc.kinds import Kind
from msgc.resolve.ends.mentions import Mention, mentions, table
from msgc.resolve.ends.same_places import Arguments, check_own, index_places
from msgc.resolve.places.queues import queue
from msgc.resolve.places.topics_and_buses import bus, topic
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import Deferred
from msgc.topology.ends import Place
from msgc.topology.settings import Found, argument_in, built_as, identity, written_arn
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
                stem_of(each.address, each.kind),
            ),
        )


def _names(each: Mention) -> tuple[str, str]:
    """Return what a place could be called: as its address ends, or as its argument."""
    full = _called(each.address, each.kind, argument_in(each.address))
    return full.removesuffix(f"-{each.kind.word}"), full


def _called(address: Found, kind: Kind, argument: str | None) -> str:
    """Return what an address is called: as its argument, or as it ends."""
    if argument is not None:
        return argument.replace("_", "-")
    _, text = identity(address, kind)
    last = re.split("[:/]", text.removesuffix(".fifo"))[-1]
    name = "-".join(re.findall("[a-z0-9]+", last.lower()))
    return name if name[:1].isalpha() else f"{kind.word}-{name}".rstrip("-")


def stem_of(address: Found, kind: Kind) -> str:
    """Return what ids begin with: it follows from the address alone; an argument's is its name."""
    full = _called(address, kind, built_as(address))
    arn = written_arn(address)
    if argument_in(address) is not None or (
        isinstance(arn, Deferred) and arn.alone is not None and arn.alone.is_input
    ):
        return full
    return f"{full}-{crc32(':'.join(identity(address, kind)).encode()):08x}"


def _was(each: Mention, name: str) -> str | None:
    """Return what a place would be called if its argument had the name that it had at first."""
    before = built_as(each.address)
    if before is None or before == argument_in(each.address):
        return None
    full = before.replace("_", "-")
    return full.removesuffix(f"-{each.kind.word}") if name == _names(each)[0] else full


def _declare(symbols: SymbolTable, each: Mention, name: str) -> Place:
    key, span = Scalar(name, each.value.span), each.value.span
    node = Mapping({"import": (Scalar("import", span), each.value)}, span)
    found = {
        "imported": each.address,
        "stem": stem_of(each.address, each.kind),
        "was": _was(each, name),
    }
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
