"""`msgc build` of generated services: a usual one, a stack of the largest size, far larger ones."""

from __future__ import annotations

import shutil
from functools import partial

from installed import Installed
from large_service import write
from measure import MIB, PROGRAMS, Process, Timing, interleaved
from pair import Pair
from rows import Row

from cases.validate import NO_LIMIT, imports

# Ten declared resources come to 32 in CloudFormation: these are 480, the most for one stack.
FULL_STACK = 150
FEW = 4
"""How often what takes seconds is run."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    return [*_usual(installed), *_full_stack(installed), *_large(installed)]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit."""
    return [
        *pair.processes("build 100 declared resources, 100 messages", partial(_build, size=100)),
        *pair.processes(
            "build 480 CloudFormation resources, 100 messages", partial(_build, size=FULL_STACK)
        ),
        *pair.processes(
            "build 4,800 CloudFormation resources, 1,000 messages",
            partial(_build, size=10 * FULL_STACK, messages=1000),
            2 * FEW,
        ),
    ]


def _usual(installed: Installed) -> list[Row]:
    timings = interleaved(
        {"build": _build(installed, 100), "imports": imports(installed)},
    )
    what = "build 100 declared resources, 100 messages / import yaml, click, json"
    return [_beside(what, timings["build"], timings["imports"], 4.5)]


def _full_stack(installed: Installed) -> list[Row]:
    """Beside CDK's share of the work, and ten times as much."""
    build, large = _build(installed, FULL_STACK), _build(installed, 10 * FULL_STACK, 1000)
    folder = installed.workspace("synthesised")
    write(FULL_STACK, 100, folder)
    installed.build(folder)
    command = [
        installed.beside_cdk,
        PROGRAMS / "synthesise.py",
        folder,
        installed.workspace("assembly"),
    ]
    synth = Process(command, env=installed.node)
    timings = interleaved({"build": build, "large": large, "synth": synth}, FEW)
    what = "build 480 CloudFormation resources / synthesising them"
    return [
        _beside(what, timings["build"], timings["synth"], 0.05),
        *_growth("4,800 CloudFormation resources", timings["large"], timings["build"], (0.85, 100)),
    ]


def _large(installed: Installed) -> list[Row]:
    large, tenth = _build(installed, 5000, 1000), _build(installed, 500, 100)
    timings = interleaved({"large": large, "tenth": tenth}, FEW)
    return _growth("5,000 declared resources", timings["large"], timings["tenth"], (1.15, 175))


def _beside(what: str, ours: Timing, theirs: Timing, bar: float) -> Row:
    figure = ours.minimum / theirs.minimum
    return Row(what=what, ours=str(ours), theirs=str(theirs), figure=figure, unit="x", bar=bar)


def _growth(what: str, large: Timing, tenth: Timing, bars: tuple[float, float]) -> list[Row]:
    growth, memory = bars
    return [
        Row(
            what=f"build {what}, 1,000 messages / ten times a tenth of it",
            ours=str(large),
            theirs=f"{tenth}, times 10",
            figure=large.minimum / (10 * tenth.minimum),
            unit="x",
            bar=growth,
        ),
        Row(
            what="  peak memory",
            ours=f"{large.peak_rss / MIB:.0f} MB",
            theirs="",
            figure=large.peak_rss / MIB,
            unit="MB",
            bar=memory,
        ),
    ]


def _build(installed: Installed, size: int, messages: int = 100) -> Process:
    folder = installed.workspace(f"build-{size}")
    write(size, messages, folder)

    def nothing_written() -> None:
        for written in ("infra", "src"):
            shutil.rmtree(folder / written, ignore_errors=True)

    return Process(
        [installed.msgc, "build", folder / "messaging.yaml"],
        cwd=folder,
        env=NO_LIMIT,
        before=nothing_written,
    )
