"""Find output folders that several services of one run have in common."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgc.diagnostics import Diagnostic
from msgc.output.path_findings import overlapping
from msgc.output.plan import Place, Plan


def overlapping_outputs(plans: Iterable[Plan]) -> tuple[Diagnostic, ...]:
    """Return a finding for each place that is, or lies in, a place of another plan."""
    found: list[Diagnostic] = []
    places = [(place, number) for number, plan in enumerate(plans) for place in plan.places]
    around: list[tuple[Place, int]] = []
    for place, number in sorted(places, key=lambda one: (one[0].target.split(os.sep), one[1])):
        while around and not _is_in(place.target, around[-1][0].target):
            around.pop()
        others = (outer for outer, owner in reversed(around) if owner != number)
        other = next((outer for outer in others if not _are_one(place, outer)), None)
        if other is not None:
            found.append(overlapping(place.claim.path, place.claim.span, other.claim.span))
        around.append((place, number))
    return tuple(found)


def _are_one(place: Place, other: Place) -> bool:
    """Whether two services share a folder, and mean the same by it."""
    output = place.claim.output
    return place.target == other.target and output.shared and output == other.claim.output


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
