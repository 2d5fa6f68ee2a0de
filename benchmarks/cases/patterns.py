"""Matching patterns beside moto's and ministack's matchers, which emulate the same services."""

from __future__ import annotations

from pathlib import Path

from installed import Installed
from measure import Timing, program
from rows import Row

PROGRAM = Path(__file__).parent / "_patterns_program.py"
BAR_MS = 5.0

_ASKED = {
    "events": "event patterns, an event",
    "bodies": "filter policies, a body",
    "attributes": "filter policies, attributes",
}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    timings = program(installed.beside_others, PROGRAM)
    every, parsed = timings["all events"], timings["json.loads"]
    return [
        Row(
            what="300 event patterns, an event",
            ours=str(every),
            theirs="",
            figure=every.minimum * 1e3,
            unit="ms",
            bar=BAR_MS,
        ),
        Row(
            what="  one of them / json.loads of the event",
            ours=str(Timing([seconds / 300 for seconds in every.seconds])),
            theirs=str(parsed),
            figure=every.minimum / 300 / parsed.minimum,
            unit="x",
            bar=None,
        ),
        *(
            _beside(what, who, timings[f"{asked} msgc"], timings[f"{asked} {who}"])
            for asked, what in _ASKED.items()
            for who in ("moto", "ministack")
        ),
    ]


def _beside(what: str, who: str, ours: Timing, theirs: Timing) -> Row:
    return Row(
        what=f"{what} / {who}",
        ours=str(ours),
        theirs=str(theirs),
        figure=ours.minimum / theirs.minimum,
        unit="x",
        bar=1.0,
    )
