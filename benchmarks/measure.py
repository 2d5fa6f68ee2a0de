"""Times things beside each other: interleaved, so that a busy moment hits all of them alike."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

RUNS = 20
MIB = 1024 * 1024
PROGRAMS = Path(__file__).parent / "programs"
QUICK = "MSGC_BENCHMARKS_QUICK"
"""Set in the environment, also of the programs: see `few`."""


def few() -> bool:
    """Whether each thing runs only a few times: to see that it runs, not how fast it is."""
    return QUICK in os.environ


def times(usual: int) -> int:
    """How often to run something that usually runs so often."""
    return min(usual, 2) if few() else usual


@dataclass(frozen=True)
class Process:
    """A command to time; `before` runs ahead of each run, off the clock."""

    command: Sequence[str | Path]
    cwd: Path | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    codes: frozenset[int] = frozenset({0})
    """With which it may exit."""


@dataclass
class Timing:
    """What the runs of one command took."""

    seconds: list[float] = field(default_factory=list)
    peak_rss: int = 0
    """Bytes, the largest of all runs."""

    @property
    def minimum(self) -> float:
        """The quietest run."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The usual run."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return f"{_readable(self.minimum)} / {_readable(self.median)}"


def interleaved(processes: Mapping[str, Process], runs: int = RUNS) -> dict[str, Timing]:
    """Run all of them in turn, `runs` times each, after one run each that doesn't count."""
    timings = {name: Timing() for name in processes}
    for process in processes.values():
        _run(process)
    for _ in range(times(runs)):
        for name, process in processes.items():
            seconds, peak = _run(process)
            timings[name].seconds.append(seconds)
            timings[name].peak_rss = max(timings[name].peak_rss, peak)
    return timings


def _run(process: Process) -> tuple[float, int]:
    process.before()
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in process.command],
        cwd=process.cwd,
        env={**clean_environment(), **process.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Reading to the end first: a child that fills the pipe would never exit.
    stderr = child.stderr.read() if child.stderr else ""
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.stderr:
        child.stderr.close()
    if child.returncode not in process.codes:
        message = f"{process.command} ended with {child.returncode}:\n{stderr}"
        raise RuntimeError(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit


def in_turn(
    calls: Mapping[str, Callable[[], object]],
    *,
    blocks: int,
    calls_a_block: int = 1,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, Timing]:
    """Time calls in this process: blocks of them that take turns, after one that doesn't count.

    It is the time on a processor, which others on the machine change less than that on the wall.
    """
    timings = {name: Timing() for name in calls}
    for call in calls.values():
        _block(call, calls_a_block, clock)
    for _ in range(times(blocks)):
        for name, call in calls.items():
            timings[name].seconds.append(_block(call, calls_a_block, clock))
    return timings


def _block(call: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(calls):
        call()
    return (clock() - start) / calls


def program(
    python: Path,
    script: str,
    *arguments: str | Path,
    path: Iterable[Path] = (),
    env: Mapping[str, str] | None = None,
) -> dict[str, Timing]:
    """Run a script of `programs/` in another environment, which ends with `answer`."""
    folders = [Path(__file__).parent, *path]
    answered = subprocess.run(
        [python, PROGRAMS / script, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **clean_environment(),
            **(env or {}),
            "PYTHONPATH": os.pathsep.join(map(str, folders)),
        },
    )
    return {name: Timing(seconds) for name, seconds in json.loads(answered.stdout).items()}


def answer(timings: Mapping[str, Timing]) -> None:
    """Print what `program` reads."""
    print(json.dumps({name: timing.seconds for name, timing in timings.items()}))


def clean_environment() -> dict[str, str]:
    """The caller's environment without what changes how Python starts."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}


def _readable(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.{0 if seconds >= 0.01 else 1}f} ms"
    return f"{seconds * 1e6:.{0 if seconds >= 1e-4 else 1}f} µs"
