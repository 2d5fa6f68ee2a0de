"""A typed publish beside the same call by hand with boto3, against an endpoint on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from installed import Installed
from measure import clean_environment
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
            answer = subprocess.run(
                [installed.python, HERE / "_publish_program.py", port],
                check=True,
                capture_output=True,
                text=True,
                env=clean_environment() | {"PYTHONPATH": str(example / "src")},
            )
        finally:
            server.terminate()
    figures: dict[str, dict[str, float]] = json.loads(answer.stdout)
    return [
        Row(
            what=f"typed publish to {place}",
            ours=_us(figure["typed"], figure["typed_median"]),
            theirs=_us(figure["raw"], figure["raw_median"]),
            # Of a thousand pairs the median says more than the luckiest block on either side.
            figure=(figure["typed_median"] / figure["raw_median"] - 1) * 100,
            unit="%",
            bar=BAR_PERCENT,
        )
        for place, figure in figures.items()
    ]


def _us(minimum: float, median: float) -> str:
    return f"{minimum * 1e6:.0f} / {median * 1e6:.0f} µs"
