"""`msgc build` of generated services: a usual one, and one as large as they get."""

from __future__ import annotations

import shutil
from pathlib import Path

from installed import Installed
from large_service import write
from measure import MIB, Process, Timing, interleaved
from rows import Row

# A service may not have more than 500 CloudFormation resources; here it is about the compiler.
NO_LIMIT = {"MSGC_RESOURCE_LIMIT": "off"}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    usual = interleaved({"usual": _build(installed, 100, 100)})["usual"]
    rows = [_seconds("build 100 declared resources, 100 messages", usual, 0.5)]
    # Ten declared resources come to 32 in CloudFormation: either count is held to the bar.
    rows += _large(installed, "5,000 CloudFormation resources", 1570, 160)
    rows += _large(installed, "5,000 declared resources", 5000, 500)
    return rows


def _large(installed: Installed, what: str, resources: int, tenth_of_them: int) -> list[Row]:
    timings = interleaved(
        {
            "large": _build(installed, resources, 1000),
            "tenth": _build(installed, tenth_of_them, 100),
        }
    )
    large, tenth = timings["large"], timings["tenth"]
    times = resources / tenth_of_them
    return [
        _seconds(f"build {what}, 1,000 messages", large, 3.0),
        Row(
            what="  growth from a tenth of it",
            ours=str(large),
            theirs=f"{tenth}, times {times:.2g}",
            figure=large.minimum / (times * tenth.minimum),
            unit="x",
            bar=1.15,
        ),
        Row(
            what="  peak memory",
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
