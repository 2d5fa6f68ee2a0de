"""Did you mean: the nearest of the names that would have been right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import local

_LONGEST = 256
"""Characters: what is longer isn't a name that somebody mistyped."""
_COMPARISONS = 300_000
"""Pairs of names that are compared for one file, which takes about a second: enough for a hint for
each of 3,000 unknown names among a hundred known ones. Nobody reads on after so many mistakes."""
_CLOSER = 20
"""Comparisons that a closer look at a pair counts for."""
_CUTOFF = 0.6


class _Left(local):
    """How many comparisons this thread may still make."""

    comparisons: list[int] | None = None


_LEFT = _Left()


@contextmanager
def bounded_hints(comparisons: int = _COMPARISONS) -> Iterator[None]:
    """Give no more hints once so many pairs of names have been compared."""
    before, _LEFT.comparisons = _LEFT.comparisons, [comparisons]
    try:
        yield
    finally:
        _LEFT.comparisons = before


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that a slip of the keyboard could have turned into `name`, if any."""
    return _nearest(name, _affordable(candidates) or ())


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """Return a help sentence: the nearest candidate, or what there is to choose from."""
    affordable = _affordable(candidates)
    if not affordable:
        return None
    known = sorted(set(affordable))
    if (match := _nearest(name, known)) is not None:
        return f"did you mean `{match}`?"
    shown = ", ".join(f"`{candidate}`" for candidate in known[:12])
    return f"expected one of {shown}" + (", ..." if len(known) > 12 else "")


def _affordable(candidates: Iterable[str]) -> tuple[str, ...] | None:
    """Return all candidates, or None if there are more than may still be compared."""
    left = _LEFT.comparisons
    if left is None:
        return tuple(candidates)
    if left[0] <= 0:
        return None
    found = tuple(islice(candidates, left[0] + 1))
    left[0] -= len(found)
    return found if left[0] >= 0 else None


def _nearest(name: str, candidates: Iterable[str]) -> str | None:
    if len(name) > _LONGEST:
        return None
    from difflib import SequenceMatcher  # noqa: PLC0415  # 4 ms, needed only after a mistake

    left = _LEFT.comparisons
    folded = {c.casefold(): c for c in candidates if len(c) <= _LONGEST}
    best: tuple[float, str] = (_CUTOFF, "")
    matcher = SequenceMatcher()
    matcher.set_seq2(name.casefold())
    for candidate in folded:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() < best[0] or matcher.quick_ratio() < best[0]:
            continue
        best = max(best, (matcher.ratio(), candidate))
        if left is not None:
            left[0] -= _CLOSER
    return folded.get(best[1])
