"""Compare what an inventory holds with what a file makes now: what is lost, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgc.evolution.inventory.entry import ALONE, Entry, Made
from msgc.evolution.inventory.kinds import FOREVER, KINDS
from msgc.evolution.inventory.reading import Line
from msgc.evolution.inventory.spelled import reference_to
from msgc.record import Record
from msgc.topology.units import SECONDS

How = Literal[
    "dropped", "replaced", "moved", "shorter", "off", "filter", "unread", "attributes",
]  # fmt: skip
DELETES = frozenset({"dropped", "replaced", "moved"})
"""In which ways a thing itself goes, with all that is in it."""


class Loss(Record):
    """Something that an edit takes from what is deployed."""

    line: Line
    how: How
    made: Made | None = None
    """What is in its place now."""
    what: tuple[str, ...] = ()
    """The properties that differ, or what is lost of it."""

    @property
    def entry(self) -> Entry:
        """What is lost, as the inventory has it."""
        return self.line.entry


def losses(holds: Iterable[Line], made: Iterable[Made]) -> tuple[Loss, ...]:
    """Return everything that is held and not made now, or not as it was."""
    by_identity = {each.entry.identity: each for each in made}
    by_key = {each.entry.key: each for each in made}
    lines = tuple(holds)
    known = {line.entry.identity for line in lines}
    found: list[Loss] = []
    kept: list[tuple[Line, Made]] = []
    for line in lines:
        now = by_identity.get(line.entry.identity)
        if now is not None:
            hard = tuple(_hard(line, now))
            found += hard or tuple(_soft(line, now))
            if not hard:
                kept.append((line, now))
            continue
        heir = by_key.get(line.entry.key)
        if heir is None or heir.entry.identity in known:
            found.append(Loss(line=line, how="dropped"))
        else:
            found.append(Loss(line=line, how="replaced", made=heir, what=_differing(line, heir)))
    return (*found, *_drawn_along(found, kept))


def _hard(line: Line, now: Made) -> Iterator[Loss]:
    """Yield how a resource goes that keeps its id: CloudFormation makes another in its place."""
    before, after = line.entry, now.entry
    what = _differing(line, now)
    if what or _is_renamed(before, after):
        what = what or ("name",)
        yield Loss(line=line, how="replaced", made=now, what=what)
    elif before.stack != after.stack:
        yield Loss(line=line, how="moved", made=now)


def _differing(line: Line, now: Made) -> tuple[str, ...]:
    """Return the fixed properties that differ; of another type, that."""
    before, after = line.entry, now.entry
    if before.type != after.type:
        return ("type",)
    names = sorted(before.fixed.keys() | after.fixed.keys())
    return tuple(name for name in names if before.fixed.get(name) != after.fixed.get(name))


def _is_renamed(before: Entry, after: Entry) -> bool:
    """Whether something has another name in an environment; one that is dropped says nothing."""
    for environment, name in before.names.items():
        if environment in after.names:
            if after.names[environment] != name:
                return True
        elif environment == ALONE and name not in after.names.values():
            return True
    return False


def _soft(line: Line, now: Made) -> Iterator[Loss]:
    """Yield what is lost of something that stays."""
    before, after = line.entry, now.entry
    for what, how_long in before.keeps.items():
        if _seconds(after.keeps.get(what, "0s")) < _seconds(how_long):
            yield Loss(line=line, how="shorter", made=now, what=(what,))
    if after.off and not before.off:
        yield Loss(line=line, how="off", made=now)
    if _behind_a_queue(before) and not lets_through(after.filter, before.filter):
        yield Loss(line=line, how="filter", made=now)
    if before.waits and after.waits:
        unread = tuple(each for each in before.waits if each not in after.waits)
        if unread and not any(each.startswith("any ") for each in after.waits):
            yield Loss(line=line, how="unread", made=now, what=unread)
    withdrawn = tuple(each for each in before.attributes if each not in after.attributes)
    if withdrawn:
        yield Loss(line=line, how="attributes", made=now, what=withdrawn)


def _behind_a_queue(entry: Entry) -> bool:
    """Whether what a filter refuses is deleted: it is asked about what waits in a queue."""
    return entry.type in KINDS and KINDS[entry.type].refuses


def _drawn_along(found: list[Loss], kept: list[tuple[Line, Made]]) -> Iterator[Loss]:
    """Yield what is replaced since it refers to something that is: its fixed properties change."""
    replaced = [loss.entry for loss in found if loss.how in {"replaced", "moved"}]
    seen: set[str] = set()
    while replaced:
        reference = reference_to(replaced.pop().id)
        for line, now in kept:
            what = tuple(k for k, text in now.entry.fixed.items() if reference in text)
            if what and line.entry.key not in seen:
                seen.add(line.entry.key)
                replaced.append(line.entry)
                yield Loss(line=line, how="replaced", made=now, what=what)


def _seconds(text: str) -> float:
    if text == FOREVER:
        return float("inf")
    number, unit = text[:-1], text[-1:]
    return int(number) * SECONDS[unit] if number.isdecimal() and unit in SECONDS else 0


def lets_through(after: str, before: str) -> bool:
    """Whether a filter surely lets through whatever another one does; both are JSON."""
    if not after or after == before:
        return True
    if not before:
        return False
    import json  # noqa: PLC0415  # only where a filter has changed

    try:
        new, old = json.loads(after), json.loads(before)
    except ValueError:
        return False
    olds, news = (each if isinstance(each, list) else [each] for each in (old, new))
    return all(any(_covers(one, other) for one in news) for other in olds)


def _covers(new: object, old: object) -> bool:
    """Whether every condition of one pattern is there in another, with no fewer alternatives."""
    if isinstance(new, dict) and isinstance(old, dict):
        return all(key in old and _covers(value, old[key]) for key, value in new.items())
    if isinstance(new, list) and isinstance(old, list):
        return all(each in new for each in old)
    return new == old
