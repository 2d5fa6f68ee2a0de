"""Find output folders that several services of one run have in common."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgc.claims import Claim
from msgc.diagnostics import Diagnostic
from msgc.output.path_findings import overlapping
from msgc.record import Record


class Owned(Record):
    """A folder that a service gives to an output, with its real path on the disk."""

    claim: Claim
    target: str
    owner: str


def overlapping_claims(claims: Iterable[Owned]) -> tuple[Diagnostic, ...]:
    """Return a finding for each folder that is, or lies in, a folder of another service."""
    found: list[Diagnostic] = []
    around: list[Owned] = []
    for place in sorted(claims, key=lambda one: (one.target.split(os.sep), one.owner)):
        while around and not _is_in(place.target, around[-1].target):
            around.pop()
        others = (outer for outer in reversed(around) if outer.owner != place.owner)
        other = next((outer for outer in others if not _are_one(place, outer)), None)
        if other is not None:
            found.append(overlapping(place.claim.path, place.claim.span, other.claim.span))
        around.append(place)
    return tuple(found)


def _are_one(place: Owned, other: Owned) -> bool:
    """Whether two services share a folder, and mean the same by it."""
    output = place.claim.output
    return place.target == other.target and output.shared and output == other.claim.output


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
