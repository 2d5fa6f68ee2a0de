"""Today's msgc beside that of another commit: both do the same in turn, for a ratio new/old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from installed import Installed
from measure import RUNS, Process, Timing, interleaved, times
from rows import Row

BAR = 1.1
"""None worse by more than a tenth."""

ROUNDS = 5


@dataclass(frozen=True)
class Pair:
    """Both wheels, each installed in an environment of its own."""

    new: Installed
    old: Installed

    def processes(
        self, what: str, make: Callable[[Installed], Process], runs: int = RUNS
    ) -> list[Row]:
        """Compare a process of each, which run in turn."""
        timings = interleaved({"new": make(self.new), "old": make(self.old)}, runs)
        return [compared(what, timings["new"], timings["old"])]

    def programs(
        self, run: Callable[[Installed], dict[str, Timing]]
    ) -> tuple[dict[str, Timing], dict[str, Timing]]:
        """Run a program that times several things with each, in turn; all rounds are counted."""
        new: dict[str, Timing] = {}
        old: dict[str, Timing] = {}
        for _ in range(times(ROUNDS)):
            for timings, installed in ((new, self.new), (old, self.old)):
                for name, timing in run(installed).items():
                    timings.setdefault(name, Timing()).seconds.extend(timing.seconds)
        return new, old


def compared(what: str, new: Timing, old: Timing) -> Row:
    """How the quietest runs compare."""
    return ratio(what, new, old, new.minimum / old.minimum)


def ratio(what: str, new: Timing, old: Timing, figure: float) -> Row:
    """A figure of both, which may not be over the bar."""
    return Row(what=what, ours=str(new), theirs=f"{old} before", figure=figure, unit="x", bar=BAR)
