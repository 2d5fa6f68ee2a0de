"""Reading and writing a message beside pydantic v2, with the same classes and constraints."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from installed import ROOT, Installed
from measure import clean_environment, program
from rows import Row

PROGRAM = Path(__file__).parent / "_payloads_program.py"
SAMPLE = ROOT / "benchmarks" / "sample"


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    folder = installed.workspace("sample")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    subprocess.run(
        [installed.msgc, "build", folder / "messaging.yaml"],
        check=True,
        capture_output=True,
        env=clean_environment(),
    )
    timings = program(
        installed.beside_others,
        PROGRAM,
        folder / "order_placed.example.json",
        path=[folder / "src"],
    )
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
            ("decode and validate a message", "decode", 4.0),
            ("validate and encode it", "encode", 3.0),
        )
    ]
