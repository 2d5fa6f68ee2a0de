"""Lay the entries of several environments over each other, and take one of them out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgc.evolution.inventory.entry import ALONE, Entry, Made

_AT = "@"
"""Between a property and the environment in which it has a value of its own: `messages@prod`."""


def combined(made: Mapping[str, tuple[Made, ...]]) -> tuple[Made, ...]:
    """Return an entry for each thing, of all environments."""
    if made.keys() == {ALONE}:
        return made[ALONE]
    groups: dict[tuple[str, tuple[str, str]], dict[str, Made]] = {}
    for environment, found in made.items():
        for each in found:
            groups.setdefault((each.entry.key, each.entry.identity), {})[environment] = each
    keys = [key for key, _ in groups]
    laid = (_laid(group, made, alone=keys.count(key) == 1) for (key, _), group in groups.items())
    return tuple(sorted(laid, key=lambda each: each.entry.key))


def _laid(group: dict[str, Made], made: Iterable[str], *, alone: bool) -> Made:
    """Return one entry of those of some environments; `alone`: no other one has its key."""
    first = next(iter(group.values()))
    found = {environment: each.entry for environment, each in group.items()}
    entry = first.entry.replace(
        key=first.entry.key if alone else f"{first.entry.key}/{next(iter(group))}",
        names={env: name for each in found.values() for env, name in each.names.items()},
        filters={env: text for each in found.values() for env, text in each.filters.items()},
        fixed=_values({env: each.fixed for env, each in found.items()}),
        keeps=_values({env: each.keeps for env, each in found.items()}),
        waits=tuple(sorted({text for each in found.values() for text in each.waits})),
        attributes=tuple(sorted({text for each in found.values() for text in each.attributes})),
        may=tuple(sorted({text for each in found.values() for text in each.may})),
        off=tuple(env for env, each in found.items() if each.off),
        only=() if found.keys() == set(made) else tuple(found),
        protected=tuple(env for env, each in found.items() if each.protected),
    )
    return first.replace(entry=entry)


def _values(found: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return values that are the same everywhere under their names, others with an environment."""
    laid: dict[str, str] = {}
    for name in {name: None for each in found.values() for name in each}:
        values = {env: each[name] for env, each in found.items() if name in each}
        if len(values) == len(found) and len(set(values.values())) == 1:
            laid[name] = next(iter(values.values()))
        else:
            laid |= {f"{name}{_AT}{env}": value for env, value in values.items()}
    return laid


def environments_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the environments that an inventory knows."""
    found = {
        env for each in entries for env in (*each.names, *each.only, *each.protected, *each.off)
    }
    return tuple(sorted(found)) or (ALONE,)


def within(entry: Entry, environment: str) -> Entry | None:
    """Return what an entry is in one environment; None if it isn't there."""
    if entry.only and environment not in entry.only:
        return None
    return entry.replace(
        key=entry.key.removesuffix(f"/{environment}") if entry.only else entry.key,
        names=_of(entry.names, environment),
        filters=_of(entry.filters, environment),
        fixed=_in(entry.fixed, environment),
        keeps=_in(entry.keeps, environment),
        off=tuple(each for each in entry.off if each == environment),
        only=(),
        protected=tuple(each for each in entry.protected if each == environment),
    )


def _of(found: dict[str, str], environment: str) -> dict[str, str]:
    return {environment: found[environment]} if environment in found else {}


def _in(found: dict[str, str], environment: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, text in found.items():
        own, _, where = name.partition(_AT)
        if not where or where == environment:
            values[own] = text
    return values
