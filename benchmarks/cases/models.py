"""Schemas into Python classes: a thousand, a hundred, and beside datamodel-code-generator."""

from __future__ import annotations

from installed import Installed
from measure import program
from rows import Row


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    timings = program(installed.beside_others, "time_models.py")
    large, hundreds, load = timings["1000"], timings["ten hundreds"], timings["load"]
    ours, theirs, json = timings["msgc"], timings["other"], timings["json.loads"]
    return [
        Row(
            what="1,000 message schemas compiled and emitted / json.loads of them",
            ours=str(large),
            theirs=str(json),
            figure=large.minimum / json.minimum,
            unit="x",
            bar=55.0,
        ),
        Row(
            what="  growth from 100",
            ours=str(large),
            theirs=f"{hundreds} ten times 100",
            figure=large.minimum / hundreds.minimum,
            unit="x",
            bar=1.15,
        ),
        Row(
            what="  parsing them before, with places / json.loads",
            ours=str(load),
            theirs=str(json),
            figure=load.minimum / json.minimum,
            unit="x",
            bar=None,
        ),
        Row(
            what="1,000 schemas / datamodel-code-generator",
            ours=str(ours),
            theirs=f"{theirs} for 100, times 10",
            figure=ours.minimum / (10 * theirs.minimum),
            unit="x",
            bar=1 / 50,
        ),
    ]
