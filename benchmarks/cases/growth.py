"""Hostile files beside a harmless one of that size; twice the file beside twice the time."""

from __future__ import annotations

from collections.abc import Iterator

from hostile import FAMILIES
from installed import Installed
from measure import MIB, Process, Timing, few, interleaved, program
from pair import BAR, Pair, compared
from rows import Row

_SECONDS = 5.0
"""Times what a harmless file takes, on a processor."""
_GROWTH = 2.6
"""Linear is 2; the rest is for caches that get too small and for noise."""
_TOO_SHORT = 0.2
"""Seconds below which growth is noise."""
_COMPARED = MIB // 8
"""Size of the files on which two commits are compared, each by two processes."""
_AGAIN = 4
"""How often a family is looked at again of which one run of each isn't enough."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    size = MIB // 64 if few() else MIB
    timings = program(installed.python, "time_hostile.py", str(size))
    harmless = timings.pop("harmless")
    found = [row for name, timing in timings.items() for row in _family(name, timing, harmless)]
    return [*_worst(found, "x"), *_worst(found, "x half")]


def _family(name: str, timing: Timing, harmless: Timing) -> Iterator[Row]:
    half, whole = timing.seconds
    beside = harmless.seconds[1]
    yield Row(
        f"1 MiB of {name} / of a usual file",
        f"{whole:.2f} s",
        f"{beside:.2f} s",
        whole / beside,
        "x",
        _SECONDS,
    )
    if whole > _TOO_SHORT:
        yield Row(
            f"1 MiB of {name} / half of it",
            f"{whole:.2f} s",
            f"{half:.2f} s",
            whole / half,
            "x half",
            _GROWTH,
        )


def _worst(rows: list[Row], unit: str) -> list[Row]:
    """Return what is over its bar, and in any case the three that are nearest to it."""
    of_unit = sorted((row for row in rows if row.unit == unit), key=lambda row: -row.figure)
    return [row for place, row in enumerate(of_unit) if place < 3 or not row.held]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit: `msgc validate` of smaller ones, all together.

    A family that seems to be slower than before is looked at again, and has a row if it is.
    """
    size = _COMPARED // 8 if few() else _COMPARED
    new, old, slower = 0.0, 0.0, []
    for name in FAMILIES:
        timings = _both(pair, name, size, runs=1)
        if timings["new"].minimum > BAR * timings["old"].minimum:
            again = _both(pair, name, size, runs=_AGAIN)
            for which, timing in timings.items():
                timing.seconds += again[which].seconds
            slower.append(compared(f"  {name}", timings["new"], timings["old"]))
        new += timings["new"].minimum
        old += timings["old"].minimum
    total = compared(f"validate {len(FAMILIES)} hostile files", Timing([new]), Timing([old]))
    return [total, *(row for row in slower if not row.held)]


def _both(pair: Pair, name: str, size: int, runs: int) -> dict[str, Timing]:
    return interleaved(
        {
            "new": _validate(pair.new, name, size),
            "old": _validate(pair.old, name, size),
        },
        runs,
    )


def _validate(installed: Installed, name: str, size: int) -> Process:
    folder = installed.workspace("hostile")
    for path, text in FAMILIES[name](size).items():
        (folder / path).write_text(text)
    command = [str(installed.msgc), "validate", str(folder)]
    # Most have errors in them.
    return Process(command, codes=frozenset({0, 1}))
