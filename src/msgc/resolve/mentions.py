"""Find the addresses that stand where names of places could: `{topic: {arn: ...}}`, `provided`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names

from msgc.kinds import BUS, QUEUE, TOPIC, Kind
from msgc.record import Record
from msgc.resolve import parse
from msgc.resolve.found import found
from msgc.resolve.notified import notified
from msgc.resolve.symbols import SymbolTable
from msgc.resolve.target_lists import entries
from msgc.topology.ends import Place
from msgc.topology.settings import Found, identity
from msgc.tree import Mapping, Node, Scalar

PLACES = {kind.word: kind for kind in (TOPIC, BUS, QUEUE)}


class Mention(Record):
    """An address that stands where a name could."""

    role: tuple[str, ...]
    """Whose end it is: `("subscriptions", "moves", "from")`."""
    kind: Kind
    value: Node
    address: Found

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same for the same place."""
        return (self.kind.word, *identity(self.address, self.kind))


def mentions(symbols: SymbolTable) -> Iterator[Mention]:
    """Yield the addresses in edges and publications, and of whom alarms tell."""
    for section in ("subscriptions", "consumers", "producers"):
        for key, node in symbols.declarations(section):
            ends = [("from", node.get("from"))]
            ends += [("to", end) for end in entries(node.get("to"))]
            ends += [("publishes", end) for end in parse.items(node.get("publishes"))]
            for role, end in ends:
                for kind, value in _values(end):
                    address = address_in(symbols, kind, value, key.text, parse.former_key(node))
                    if address is not None:
                        whose = (section, key.text, role)
                        yield Mention(role=whose, kind=kind, value=value, address=address)
    for user, node in notified(symbols):
        for kind, value in _values(node):
            address = address_in(symbols, kind, value, user)
            if address is not None:
                whose = ("alarms", user, "notify")
                yield Mention(role=whose, kind=kind, value=value, address=address)


def _values(end: Node | None) -> Iterator[tuple[Kind, Node]]:
    for word, kind in PLACES.items():
        value = end.get(word) if isinstance(end, Mapping) else None
        if value is not None:
            yield kind, value


def address_in(
    symbols: SymbolTable, kind: Kind, value: Node | None, user: str, was: str | None = None
) -> Found | None:
    """Return the address that is the value of an end; None of a name.

    `user` is the edge, consumer or producer, after which an argument is called that the app hands
    the place over as; `was` is the name under which that was first built.
    """
    is_name = isinstance(value, Scalar) and (
        value.text != "provided" or value.text in table(symbols, kind)
    )
    return None if is_name else found(value, user, kind, was)


def table(symbols: SymbolTable, kind: Kind) -> Names[str, Place]:
    """Return the places of a kind, by their names."""
    tables: dict[str, Names[str, Place]] = {
        "topic": symbols.topics,
        "queue": symbols.queues,
        "bus": symbols.buses,
    }
    return tables[kind.word]
