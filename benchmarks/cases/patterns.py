"""Matching patterns beside moto's and ministack's matchers, which emulate the same services."""

from __future__ import annotations

from installed import Installed
from measure import Timing, program
from pair import Pair, compared
from rows import Row

_ASKED = {
    "events": "event patterns, an event",
    "bodies": "filter policies, a body",
    "attributes": "filter policies, attributes",
}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    timings = program(installed.beside_others, "time_patterns.py")
    every, parsed = timings["all events"], timings["json.loads"]
    return [
        Row(
            what="an event pattern, the mean of 300 / json.loads of the event",
            ours=str(Timing([seconds / 300 for seconds in every.seconds])),
            theirs=str(parsed),
            figure=every.minimum / 300 / parsed.minimum,
            unit="x",
            bar=0.25,
        ),
        *(
            _beside(what, who, timings[f"{asked} msgc"], timings[f"{asked} {who}"])
            for asked, what in _ASKED.items()
            for who in ("moto", "ministack")
        ),
    ]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit, by the public classes."""
    new, old = pair.programs(lambda one: program(one.python, "time_matches.py"))
    return [compared(f"300 {what}", new[asked], old[asked]) for asked, what in _ASKED.items()]


def _beside(what: str, who: str, ours: Timing, theirs: Timing) -> Row:
    return Row(
        what=f"{what} / {who}",
        ours=str(ours),
        theirs=str(theirs),
        figure=ours.minimum / theirs.minimum,
        unit="x",
        bar=1.0,
    )
