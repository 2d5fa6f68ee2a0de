"""Which outputs of several plans overlap, as a run over all of them tells it."""

from __future__ import annotations

from collections.abc import Iterable

from msgc import output
from msgc.diagnostics import Diagnostic


def overlapping(plans: Iterable[output.Plan]) -> tuple[Diagnostic, ...]:
    """The findings about the places of these plans."""
    return output.overlapping_claims(
        output.Owned(claim=place.claim, target=place.target, owner=str(number))
        for number, plan in enumerate(plans)
        for place in plan.places
    )
