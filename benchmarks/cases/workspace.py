"""A repository of many services: validated and built, anew and after a change, and synthesised."""

from __future__ import annotations

import shutil
from pathlib import Path

from installed import Installed
from many_services import service, write
from measure import MIB, Process, few, interleaved
from rows import Row

SERVICES = 200
RUNS = 4
"""Of seconds each."""
CHANGED = 7
"""The service that is changed before it is built again."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    count = 20 if few() else SERVICES
    whole, half = installed.workspace("whole"), installed.workspace("half")
    write(count, whole)
    write(count // 2, half)
    msgc, one = str(installed.msgc), whole / f"s{CHANGED}"
    cache = installed.workspace("cache")
    kept = {"MSGC_CACHE_DIR": str(cache)}
    synth = str(installed.beside_cdk.parent / "msgc")
    timings = interleaved(
        {
            "half": Process([msgc, "validate", half]),
            "validate": Process([msgc, "validate", whole]),
            "cold": Process([msgc, "build", whole], env=kept, before=lambda: _clean(whole, cache)),
            "again": Process([msgc, "build", whole], env=kept, before=lambda: _change(one)),
            "synth": Process([synth, "synth", one], env=installed.node),
        },
        RUNS,
    )
    validate, cold, again = timings["validate"], timings["cold"], timings["again"]
    synthesised = timings["synth"].minimum * count
    return [
        Row(
            f"validate {count} services / half of them",
            str(validate),
            str(timings["half"]),
            validate.minimum / timings["half"].minimum,
            "x half",
            2.2,
        ),
        Row(
            f"memory of building {count} services",
            f"{cold.peak_rss / MIB:.0f} MiB",
            "",
            cold.peak_rss / MIB,
            "MiB",
            500,
        ),
        Row(
            f"validate and build {count} services / synthesise each",
            f"{validate.minimum + cold.minimum:.2f} s",
            f"{synthesised:.0f} s",
            (validate.minimum + cold.minimum) / synthesised,
            "x",
            1 / 20,
        ),
        Row(
            f"build {count} services of which one has changed / for the first time",
            str(again),
            str(cold),
            again.minimum / cold.minimum,
            "x",
            None if few() else 1 / 6,  # msgc's start is most of building few
        ),
    ]


def _clean(folder: Path, cache: Path) -> None:
    """Take away all that a build writes, and what is kept of it."""
    shutil.rmtree(cache, ignore_errors=True)
    shutil.rmtree(folder / "libs", ignore_errors=True)
    for output in (*folder.glob("*/infra"), *folder.glob("*/src")):
        shutil.rmtree(output)


def _change(folder: Path) -> None:
    """Give a service a further queue, or take it away again."""
    file, usual = folder / "messaging.yaml", service(CHANGED)
    changed = usual.replace("queues:\n", "queues:\n  more: {external: true}\n")
    file.write_text(changed if file.read_text() == usual else usual)
