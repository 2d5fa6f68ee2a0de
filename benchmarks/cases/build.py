"""`msgc build` of generated services: a usual one, and one as large as they get."""

from __future__ import annotations

import shutil
from pathlib import Path

from generate import write
from installed import Installed
from measure import MIB, Process, Timing, interleaved
from rows import Row

# A service may not have more than 500 CloudFormation resources; here it is about the compiler.
NO_LIMIT = {"MSGC_RESOURCE_LIMIT": "off"}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    usual = interleaved({"usual": _build(installed, 100, 100)})["usual"]
    sizes = {"large": _build(installed, 5000, 1000), "tenth": _build(installed, 500, 100)}
    timings = interleaved(sizes)
    large, tenth = timings["large"], timings["tenth"]
    return [
        _seconds("build 100 resources, 100 messages", usual, 0.5),
        _seconds("build 5,000 resources, 1,000 messages", large, 3.0),
        Row(
            what="growth from 500 (100) to 5,000 (1,000)",
            ours=str(large),
            theirs=f"{tenth}, times 10",
            figure=large.minimum / (10 * tenth.minimum),
            unit="x",
            bar=1.15,
        ),
        Row(
            what="peak memory at 5,000",
            ours=f"{large.peak_rss / MIB:.0f} MB",
            theirs="",
            figure=large.peak_rss / MIB,
            unit="MB",
            bar=300.0,
        ),
    ]


def _seconds(what: str, timing: Timing, bar: float) -> Row:
    return Row(what=what, ours=str(timing), theirs="", figure=timing.minimum, unit="s", bar=bar)


def _build(installed: Installed, resources: int, messages: int) -> Process:
    folder = installed.workspace(f"build-{resources}")
    write(resources, messages, folder)

    def nothing_written() -> None:
        for written in ("infra", "src"):
            shutil.rmtree(folder / written, ignore_errors=True)

    return Process(
        [installed.msgc, "build", _file(folder)], cwd=folder, env=NO_LIMIT, before=nothing_written
    )


def _file(folder: Path) -> Path:
    return folder / "messaging.yaml"
