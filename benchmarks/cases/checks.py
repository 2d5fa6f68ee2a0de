"""What checking filters and payloads adds to `msgc validate`, and how long a full bus takes."""

from __future__ import annotations

from pathlib import Path

from installed import Installed
from large_service import bus, write
from measure import Process, Timing, interleaved, program
from rows import Row

from cases.build import NO_LIMIT

PROGRAM = Path(__file__).parent / "_checks_program.py"


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    large, full = installed.workspace("checks"), installed.workspace("bus")
    write(1000, 100, large)
    (full / "messaging.yaml").write_text(bus(300, 200))
    timings = program(installed.python, PROGRAM, large / "messaging.yaml", env=NO_LIMIT)
    checks = timings["checks"]
    pairs = zip(timings["all"].seconds, checks.seconds, strict=True)
    others = Timing([whole - added for whole, added in pairs])
    timed = interleaved(
        {
            "large": Process([installed.msgc, "validate", large], env=NO_LIMIT),
            "bus": Process([installed.msgc, "validate", full], env=NO_LIMIT),
        }
    )
    return [
        Row(
            what="checks of filters and payloads, 1,000 resources",
            ours=str(checks),
            theirs=f"{others} all others",
            figure=checks.minimum / (timings["all"].minimum - checks.minimum) * 100,
            unit="%",
            bar=20.0,
        ),
        Row(
            what="  validate it, the whole process",
            ours=str(timed["large"]),
            theirs="",
            figure=timed["large"].minimum,
            unit="s",
            bar=None,
        ),
        Row(
            what="validate a bus of 300 rules and 200 messages",
            ours=str(timed["bus"]),
            theirs="",
            figure=timed["bus"].minimum,
            unit="s",
            bar=1.0,
        ),
    ]
