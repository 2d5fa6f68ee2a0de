"""Hostile files of half a megabyte and of one: twice the file may take little more than twice."""

from __future__ import annotations

from pathlib import Path

from installed import Installed
from measure import MIB, program
from rows import Row

_SECONDS = 15.0
"""For a megabyte of anything, on a processor."""
_GROWTH = 2.6
"""Linear is 2; the rest is for caches that get too small and for noise."""
_TOO_SHORT = 0.2
"""Seconds below which growth is noise."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    script = Path(__file__).with_name("_hostile_program.py")
    found: list[Row] = []
    for name, timing in program(installed.python, script, str(MIB)).items():
        half, whole = timing.seconds
        times = f"{whole:.2f} s", f"{half:.2f} s of half of it"
        found.append(Row(f"1 MiB of {name}", *times, whole, "s", _SECONDS))
        if whole > _TOO_SHORT:
            found.append(Row(f"growth of {name}", *times, whole / half, "x", _GROWTH))
    return found
