"""A typed publish beside the same call by hand with boto3, against an endpoint on loopback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installed import Installed
from measure import Timing, program
from rows import Row

HERE = Path(__file__).parent
BAR_PERCENT = 5.0


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    installed.add("boto3")
    example = installed.example("checkout")
    # A process of its own, so that it doesn't share an interpreter lock with the publisher.
    with subprocess.Popen(
        [sys.executable, HERE / "_loopback.py"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            port = server.stdout.readline().strip() if server.stdout else ""
            timings = program(
                installed.python, HERE / "_publish_program.py", port, path=[example / "src"]
            )
        finally:
            server.terminate()
    return [_row(timings, place) for place in ("a topic", "a queue")]


def _row(timings: dict[str, Timing], place: str) -> Row:
    typed, raw = timings[f"typed to {place}"], timings[f"raw to {place}"]
    return Row(
        what=f"typed publish to {place}",
        ours=str(typed),
        theirs=str(raw),
        # Of a thousand pairs the median says more than the luckiest block on either side.
        figure=(typed.median / raw.median - 1) * 100,
        unit="%",
        bar=BAR_PERCENT,
    )
