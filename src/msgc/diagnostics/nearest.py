"""Did you mean: the nearest of the names that would have been right."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that a slip of the keyboard could have turned into `name`, if any."""
    from difflib import get_close_matches  # noqa: PLC0415  # 4 ms, needed only after a mistake

    folded = {candidate.casefold(): candidate for candidate in candidates}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """Return a help sentence: the nearest candidate, or what there is to choose from."""
    known = sorted(set(candidates))
    if (match := nearest(name, known)) is not None:
        return f"did you mean `{match}`?"
    if not known:
        return None
    shown = ", ".join(f"`{candidate}`" for candidate in known[:12])
    return f"expected one of {shown}" + (", ..." if len(known) > 12 else "")
