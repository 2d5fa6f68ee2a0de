"""The complexity of wildcards to EventBridge: at how many places of them a match can be at once.

That is the measure of event-ruler, which walks all wildcards of a field with one text. The limit
isn't documented; ten fits the refusals that are known. SNS documents a measure of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.runtime.matching.matchers import excluded_by, literals

TOO_COMPLEX = (
    "Rule is too complex - try using fewer wildcard characters or "
    "fewer repeating character sequences after a wildcard character"
)
"""What AWS says of them."""
_TRIED = 2000
"""After so many combinations of places no more are looked for."""

_Place = tuple[Any, ...]
"""One that comes before any `*` is by its text the same for all items of one exclusion."""
_Steps = dict[_Place, list[tuple[str | None, _Place]]]
"""From a place with a character to another; None is any character."""


def wildcards_of(matcher: Any) -> list[str]:
    """Return the wildcards of a matcher."""
    if not isinstance(matcher, dict):
        return []
    if "wildcard" in matcher:
        return [matcher["wildcard"]]
    excluded = excluded_by(matcher["anything-but"]) if "anything-but" in matcher else ()
    return [one["wildcard"] for one in excluded if isinstance(one, dict) and "wildcard" in one]


def points_of(matchers: list[Any]) -> int:
    """Return SNS's measure: the `*` of a field's wildcards, times their number."""
    wildcards = [literals(one) for matcher in matchers for one in wildcards_of(matcher)]
    return sum(len(texts) - 1 for texts in wildcards) * len(wildcards)


def is_too_complex(matchers: list[Any], limit: int) -> bool:
    """Whether a text can be at more places of a field's wildcards than a limit."""
    if not any(map(wildcards_of, matchers)):
        return False
    steps: _Steps = {}
    starts: set[_Place] = set()
    for owner, matcher in enumerate(matchers):
        for item, wildcard in enumerate(wildcards_of(matcher)):
            starts.add((owner, ""))
            _add(steps, owner, item, literals(wildcard))
    return any(_at(places, steps) > limit for places in _walk(steps, frozenset(starts)))


def _add(steps: _Steps, owner: int, item: int, texts: list[str]) -> None:
    """Add the steps through one wildcard, with the quotes that JSON has around a text."""
    first, *rest = texts
    rest = [*rest[:-1], f'{rest[-1]}"'] if rest else []
    place: _Place = (owner, "")
    for i, character in enumerate(f'"{first}' + ('"' * (not rest)), start=1):
        following: _Place = (owner, f'"{first}"'[:i])
        _step(steps, place, character, following)
        place = following
    for star, text in enumerate(rest):
        anything: _Place = (owner, place[1]) if star == 0 else (owner, item, star)
        anything = (*anything, "*")
        _step(steps, place, None, anything)
        _step(steps, anything, None, anything)
        before = [place, anything]
        for i, character in enumerate(text):
            place = (owner, item, star, i)
            for one in before:
                _step(steps, one, character, place)
            before = [place]


def _step(steps: _Steps, place: _Place, character: str | None, following: _Place) -> None:
    if (character, following) not in steps.setdefault(place, []):
        steps[place].append((character, following))


def _walk(steps: _Steps, starts: frozenset[_Place]) -> Iterator[frozenset[_Place]]:
    """Yield the combinations of places that texts lead to."""
    alphabet = {character for leading in steps.values() for character, _ in leading}
    seen: set[frozenset[_Place]] = set()
    todo = [starts]
    while todo and len(seen) < _TRIED:
        places = todo.pop()
        for read in alphabet:
            reached = frozenset(
                following
                for place in places
                for character, following in steps.get(place, ())
                if character is None or character == read
            )
            if reached and reached not in seen:
                seen.add(reached)
                todo.append(reached)
                yield reached


def _at(places: frozenset[_Place], steps: _Steps) -> int:
    """Count places, and the `*` right behind them, which may stand for nothing."""
    behind = {
        following
        for place in places
        for character, following in steps.get(place, ())
        if character is None
    }
    return len(places | behind)
