"""Reading and writing a message beside pydantic v2, with the same classes and constraints."""

from __future__ import annotations

import shutil
from pathlib import Path

from installed import ROOT, Installed
from measure import Timing, program
from pair import Pair, compared
from rows import Row

SAMPLE = ROOT / "benchmarks" / "sample"


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    timings = _timings(installed, installed.beside_others, "time_payloads.py")
    return [
        Row(
            what=f"{what} / pydantic",
            ours=str(timings[f"msgc {key}"]),
            theirs=str(timings[f"pydantic {key}"]),
            figure=timings[f"msgc {key}"].minimum / timings[f"pydantic {key}"].minimum,
            unit="x",
            bar=bar,
        )
        for what, key, bar in (
            ("decode and validate a message", "decode", 3.0),
            ("validate and encode it", "encode", 2.5),
        )
    ]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit: the stubs that each of them generates."""
    new, old = pair.programs(lambda one: _timings(one, one.python, "time_codec.py"))
    return [
        compared("decode and validate a message", new["msgc decode"], old["msgc decode"]),
        compared("validate and encode it", new["msgc encode"], old["msgc encode"]),
    ]


def _timings(installed: Installed, python: Path, script: str) -> dict[str, Timing]:
    folder, sample = built_sample(installed)
    return program(python, script, sample, path=[folder / "src"])


def built_sample(installed: Installed) -> tuple[Path, Path]:
    """Return the folder of the sample service, whose stubs lie in `src`, and its message."""
    folder = installed.workspace("sample")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    installed.build(folder)
    return folder, folder / "order_placed.example.json"
