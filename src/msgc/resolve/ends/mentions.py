"""Find the addresses that stand where names of places could: `{topic: {arn: ...}}`, `provided`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names

from msgc.kinds import BUS, QUEUE, TOPIC, Kind
from msgc.record import Record
from msgc.resolve import parse
from msgc.resolve.ends.found import found
from msgc.resolve.ends.notified import notified
from msgc.resolve.ends.target_lists import entries
from msgc.resolve.symbols import SymbolTable
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
    """Yield the addresses in edges and publications, of dead letters, and of whom alarms tell."""
    for section in ("queues", "buses", "subscriptions", "consumers", "producers"):
        for key, node in symbols.declarations(section):
            for role, end in _ends(section, node):
                for kind, value in _values(end):
                    was = parse.former_key(node)
                    before = None if was is None else user(was, role)
                    address = address_in(symbols, kind, value, user(key.text, role), before)
                    if address is not None:
                        whose = (section, key.text, role)
                        yield Mention(role=whose, kind=kind, value=value, address=address)
    for told, node in notified(symbols):
        for kind, value in _values(node):
            address = address_in(symbols, kind, value, told)
            if address is not None:
                whose = ("alarms", told, "notify")
                yield Mention(role=whose, kind=kind, value=value, address=address)


def user(name: str, role: str) -> str:
    """Return after what an argument is called that stands in a role: the name, and what for."""
    return f"{name}-{role.replace('_', '-')}" if role in _ROLES else name


_ROLES = frozenset({"dead_letter", "on_failure", "dlq"})
"""Roles that something has beside its ends: `dlq` is the dead-letter queue of a queue."""


def _ends(section: str, node: Mapping) -> Iterator[tuple[str, Node | None]]:
    """Yield what names places in a declaration, and as what."""
    if section == "queues":
        yield "dlq", node.get("dead_letter")
        return
    yield "dead_letter", node.get("dead_letter")
    if section == "buses":
        return
    yield "from", node.get("from")
    for word in ("publishes", "reads"):
        yield from ((word, each) for each in parse.items(node.get(word)))
    yield from (("to", each) for each in entries(node.get("to")))
    function, buffer = (parse.mapping(node.get(word)) for word in ("function", "buffered"))
    if function is not None:
        yield "on_failure", function.get("on_failure")
    if buffer is not None:
        yield "dlq", buffer.get("dead_letter")


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
