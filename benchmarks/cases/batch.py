"""Handling a warm batch of ten SQS messages beside a loop by hand with pydantic, and Powertools."""

from __future__ import annotations

from installed import Installed
from measure import program
from rows import Row

from cases.payloads import built_sample

BARS = {"pydantic": 3.0, "powertools": None}
BESIDE = {
    "pydantic": "a loop with pydantic",
    "powertools": "Powertools' BatchProcessor and pydantic",
}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    folder, sample = built_sample(installed)
    timings = program(installed.beside_others, "time_batch.py", sample, path=[folder / "src"])
    ours = timings["msgc"]
    return [
        Row(
            what=f"a warm batch of ten SQS messages / {BESIDE[other]}",
            ours=str(ours),
            theirs=str(timings[other]),
            figure=ours.minimum / timings[other].minimum,
            unit="x",
            bar=bar,
        )
        for other, bar in BARS.items()
    ]
