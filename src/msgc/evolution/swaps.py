"""Readers that change places: what waits in the queue of one would be handled by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgc.diagnostics import Diagnostic, Label, listing
from msgc.evolution.codes import CHANGE_PLACES
from msgc.evolution.families import Family
from msgc.evolution.former_name import was
from msgc.evolution.inventory.entry import Entry, Made
from msgc.evolution.wording import holding
from msgc.record import Record
from msgc.source import Span

_SOURCES = {"AWS::Lambda::EventSourceMapping": "EventSourceArn", "AWS::Pipes::Pipe": "Source"}
"""By the types of readers, the property that says what they read."""


class Reader(Record):
    """Who reads a queue, and which one it read before."""

    family: Family
    now: Made
    before: str
    """The key of the queue: `queue/bills`."""
    after: str


class Swap(Record):
    """Readers of queues each of which reads what the next one read before."""

    readers: tuple[Reader, ...]
    consequences: tuple[Family, ...]
    """What else is lost by it, of which there is nothing to say."""
    by_queues: bool
    """Whether the queues have each other's messages, as after their names have changed."""

    @property
    def families(self) -> tuple[Family, ...]:
        """All that it is about."""
        return (*(each.family for each in self.readers), *self.consequences)


def swaps(found: Iterable[Family], held: Iterable[Entry], made: Mapping[str, Made]) -> list[Swap]:
    """Return the readers that change places, in any protected environment; each group once."""
    families = tuple(found)
    readers = {each.before: each for family in families if (each := _reader(family)) is not None}
    waits = {entry.key: entry.waits for entry in held}
    swapped: list[Swap] = []
    done: set[str] = set()
    for start in readers:
        circle = _circle(start, readers)
        if len(circle) > 1 and done.isdisjoint(circle):
            done.update(circle)
            swapped.append(_swap([readers[queue] for queue in circle], families, waits, made))
    return swapped


def _reader(family: Family) -> Reader | None:
    """Return who reads another queue than before, of a loss that is about that."""
    head = family.head
    source = _SOURCES.get(head.entry.type)
    if head.made is None or source not in head.what or not head.is_protected:
        return None
    before, after = (_queue(entry) for entry in (head.entry, head.made.entry))
    if before is None or after is None:
        return None
    return Reader(family=family, now=head.made, before=before, after=after)


def _queue(entry: Entry) -> str | None:
    """Return the key of the queue that is read; None of one that the stack doesn't make."""
    return next((key for key in entry.of if key.startswith("queue/")), None)


def _circle(start: str, readers: Mapping[str, Reader]) -> tuple[str, ...]:
    """Return queues of which each is read by whom read the one before; or nothing."""
    found = [start]
    while (after := readers[found[-1]].after) != start:
        if after not in readers or after in found:
            return ()
        found.append(after)
    return tuple(found)


def _swap(
    readers: list[Reader],
    families: tuple[Family, ...],
    waits: Mapping[str, tuple[str, ...]],
    made: Mapping[str, Made],
) -> Swap:
    queues = {each.before for each in readers}
    own = {each.family for each in readers}
    others = [each for each in families if each not in own]
    return Swap(
        readers=tuple(readers),
        consequences=tuple(each for each in others if _follows(each, queues)),
        by_queues=all(
            each.after in made
            and made[each.after].entry.waits == waits.get(each.before)
            and made[each.before].entry.waits != waits.get(each.before)
            for each in readers
        ),
    )


def _follows(family: Family, queues: set[str]) -> bool:
    """Whether a loss follows from readers' changing places: of what waits, a right, or an edge."""
    head = family.head
    if head.how == "unread":
        return head.entry.key in queues
    if head.how == "grants":
        return queues.issuperset(each.partition(" ")[2] for each in head.what)
    return not any(holding(each.entry) for each in family.all) and not queues.isdisjoint(
        head.entry.of
    )


def finding(swap: Swap, made: Mapping[str, Made]) -> Diagnostic:
    """Tell who changes places, and offer what keeps each queue with its reader."""
    first = swap.readers[0]
    names = [f"`{_called(each.now)}`" for each in swap.readers]
    queues = [f"`{each.before.removeprefix('queue/')}`" for each in swap.readers]
    formerly = {each.before: each for each in swap.readers}
    pairs = [
        (made.get(each.after), each.before.removeprefix("queue/"))
        if swap.by_queues
        else (each.now, _name(formerly[each.after].family.head.entry))
        for each in swap.readers
    ]
    told = [f"`was: {name}` under `{_called(one)}`" for one, name in pairs if one is not None]
    back = "" if swap.by_queues else ", or put `from` back as it was"
    kind = "queues" if swap.by_queues else "readers"
    return CHANGE_PLACES.at(
        _place(first.now),
        f"{listing(names, 'and')} change places: what waits in {listing(queues, 'and')} would be"
        " handled by another one than before",
        help=f"if only the names of the {kind} have changed, write {listing(told, 'and')}{back}; if"
        f' it is meant, `msgc build --accept {first.family.head.entry.key} --why "..."`',
        labels=tuple(
            Label(span=_place(each.now), message="and this one") for each in swap.readers[1:]
        ),
        fix=tuple(
            edit
            for one, name in pairs
            if one is not None and one.declared is not None and one.declared.was is None
            for edit in was(one.declared, name)
        ),
    )


def _place(one: Made) -> Span:
    assert one.declared is not None  # noqa: S101  # a mapping's or pipe's
    return one.declared.place("from")


def _called(one: Made) -> str:
    return one.declared.name if one.declared is not None else one.entry.called


def _name(entry: Entry) -> str:
    """Return the name of a reader; where it has several mappings, their ids stand behind it."""
    return entry.called.partition("/")[0]
