"""Compare what an inventory holds with what a file makes now: what is lost, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgc.evolution.inventory.entry import ALONE, Entry, Made
from msgc.evolution.inventory.environments import combined, environments_of, within
from msgc.evolution.inventory.kinds import FOREVER, KINDS
from msgc.evolution.inventory.reading import Line
from msgc.evolution.inventory.spelled import reference_to
from msgc.record import Record
from msgc.topology.units import SECONDS

How = Literal[
    "dropped", "replaced", "moved", "shorter", "off", "filter", "unread", "attributes", "envelope",
    "grants",
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

    environments: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """What is lost, as the inventory has it, in the first environment in which it is."""
        return self.line.entry

    @property
    def is_protected(self) -> bool:
        """Whether an environment is protected in which it is lost."""
        return any(env in self.entry.protected for env in self.environments)


def losses(holds: Iterable[Line], made: Mapping[str, tuple[Made, ...]]) -> tuple[Loss, ...]:
    """Return everything that is held and not made now, or not as it was, by environment.

    An environment that is gone from the file isn't touched by a deployment.
    """
    lines = tuple(holds)
    found: dict[tuple[str, str], Loss] = {}
    for environment in environments_of(line.entry for line in lines):
        now = _counterpart(environment, lines, made)
        if now is None:
            continue
        held = (
            (line, entry)
            for line in lines
            if (entry := within(line.entry, environment)) is not None
        )
        each_line = [
            line.replace(entry=entry.replace(names=_as_in(entry.names, now)))
            for line, entry in held
        ]
        for loss in _in_one(each_line, made[now]):
            key = loss.entry.key, loss.how
            before = found.get(key)
            first = loss if before is None else before
            found[key] = first.replace(environments=(*first.environments, environment))
    return (*(_protected(loss, lines) for loss in found.values()), *_of_all(lines, made))


def _as_in(names: dict[str, str], environment: str) -> dict[str, str]:
    return dict.fromkeys((environment,), next(iter(names.values()))) if names else {}


def _protected(loss: Loss, lines: tuple[Line, ...]) -> Loss:
    """Return a loss whose entry is about all environments in which it is lost."""
    whole = next(line.entry for line in lines if line.text == loss.line.text)
    names = {env: name for env, name in whole.names.items() if env in loss.environments}
    entry = loss.entry.replace(protected=whole.protected, names=names)
    return loss.replace(line=loss.line.replace(entry=entry))


def _counterpart(
    environment: str, lines: tuple[Line, ...], made: Mapping[str, tuple[Made, ...]]
) -> str | None:
    """Return which environment of the file is one of the inventory; None: it is gone.

    Where environments come or go, it is the one in which most names are as they were.
    """
    if environment in made:
        return environment
    if environment != ALONE and ALONE not in made:
        return None
    names = {name for line in lines for name in line.entry.names.values()}
    alike = {
        env: sum(1 for each in found if names & set(each.entry.names.values()))
        for env, found in made.items()
    }
    return max(alike, key=lambda env: alike[env])


def _of_all(lines: tuple[Line, ...], made: Mapping[str, tuple[Made, ...]]) -> Iterator[Loss]:
    """Yield what is lost of something that stays, of what is the same in all environments."""
    by_identity = {each.entry.identity: each for each in combined(made)}
    keys = {each.entry.key for each in by_identity.values()}
    everywhere = environments_of(line.entry for line in lines)
    for line in lines:
        now = by_identity.get(line.entry.identity)
        if now is None:
            continue
        for how, what in _withdrawn(line.entry, now.entry):
            yield Loss(line=line, how=how, made=now, what=what, environments=everywhere)
        rights = (each for each in line.entry.may if each not in now.entry.may)
        if withdrawn := tuple(each for each in rights if each.partition(" ")[2] in keys):
            yield Loss(line=line, how="grants", made=now, what=withdrawn, environments=everywhere)


def _in_one(lines: Iterable[Line], made: tuple[Made, ...]) -> tuple[Loss, ...]:
    """Return everything that is held in one environment and not made there now."""
    by_identity = {each.entry.identity: each for each in made}
    by_key = {each.entry.key: each for each in made}
    lines = tuple(lines)
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
        if line.entry.may:
            continue  # it isn't there any more, or is called otherwise
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
    if before.stack != after.stack:
        yield Loss(line=line, how="moved", made=now)
    elif what or before.names != after.names:
        what = what or ("name",)
        yield Loss(line=line, how="replaced", made=now, what=what)


def _differing(line: Line, now: Made) -> tuple[str, ...]:
    """Return the fixed properties that differ; of another type, that."""
    before, after = line.entry, now.entry
    if before.type != after.type:
        return ("type",)
    names = sorted(before.fixed.keys() | after.fixed.keys())
    return tuple(name for name in names if before.fixed.get(name) != after.fixed.get(name))


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


def _withdrawn(before: Entry, after: Entry) -> Iterator[tuple[How, tuple[str, ...]]]:
    """Yield what a handler no longer reads, and what no longer comes along."""
    if before.waits and after.waits:
        unread = tuple(each for each in before.waits if each not in after.waits)
        if unread and not any(each.startswith("any ") for each in after.waits):
            yield "unread", unread
    withdrawn = tuple(each for each in before.attributes if each not in after.attributes)
    if withdrawn:
        yield "attributes", withdrawn
    if before.envelope != after.envelope:
        yield "envelope", ()


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
