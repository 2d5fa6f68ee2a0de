"""Publishing beside the same calls by hand with boto3, against an endpoint on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from installed import Installed
from measure import PROGRAMS, Timing, program
from pair import ROUNDS, Pair, ratio
from rows import Row

BAR_PERCENT = 5.0
BLOCKS = 1000
PLACES = ("a topic", "a queue")
LATENCY = 0.04
"""Seconds that a batch takes in the other benchmark, as in a Region near by."""
MANY_BAR = 0.2


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    installed.add("boto3")
    with _server() as port:
        timings = _timings(installed, port, BLOCKS)
    return [*(_row(timings, place) for place in PLACES), _many(installed)]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit: the stubs that each of them generates."""
    pair.new.add("boto3")
    pair.old.add("boto3")
    with _server() as port:
        new, old = pair.programs(lambda one: _timings(one, port, BLOCKS // ROUNDS))
    return [_compared(place, new, old) for place in PLACES]


@contextmanager
def _server(latency: float = 0) -> Iterator[str]:
    """Start it in a process of its own, so that it doesn't share an interpreter lock."""
    command = [sys.executable, str(PROGRAMS / "loopback.py"), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip() if server.stdout else ""
        finally:
            server.terminate()


def _many(installed: Installed) -> Row:
    path = [installed.example("checkout") / "src"]
    with _server(LATENCY) as port:
        timings = program(installed.python, "time_publish_many.py", port, "10", path=path)
    ours, by_hand = timings["at once"], timings["by hand"]
    return Row(
        what="publish_many of 400 messages, concurrency 8 / batches one after the other",
        ours=str(ours),
        theirs=str(by_hand),
        figure=ours.minimum / by_hand.minimum,
        unit="x",
        bar=MANY_BAR,
    )


def _timings(installed: Installed, port: str, blocks: int) -> dict[str, Timing]:
    path = [installed.example("checkout") / "src"]
    return program(installed.python, "time_publish.py", port, str(blocks), path=path)


def _compared(place: str, new: dict[str, Timing], old: dict[str, Timing]) -> Row:
    """Each typed publish over the raw one beside it: sockets aren't always as fast."""
    typed, before = new[f"typed to {place}"], old[f"typed to {place}"]
    raw, raw_before = new[f"raw to {place}"], old[f"raw to {place}"]
    figure = (typed.median / raw.median) / (before.median / raw_before.median)
    return ratio(f"typed publish to {place}, over raw boto3", typed, before, figure)


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
