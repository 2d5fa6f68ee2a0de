"""What importing a consumer's handler costs beside the standard library, as in a cold start."""

from __future__ import annotations

import compileall
import shutil
import subprocess
from functools import partial
from pathlib import Path

from installed import Installed
from measure import Process, clean_environment, interleaved
from pair import Pair
from rows import Row

WITH_BYTECODE = "with bytecode"
BARS = {WITH_BYTECODE: 1.0, "without": 1.72}
STANDARD = "json, dataclasses, datetime, uuid, decimal"
"""What a module of messages by hand imports, at least."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    standard = Process([installed.python, "-c", f"import {STANDARD}"])
    imports = {what: _import(installed, what) for what in BARS}
    timings = interleaved({"standard": standard, **imports}, runs=40)
    beside = timings["standard"]
    return [
        Row(
            what=f"import of a consumer's app, {what} / import {STANDARD}",
            ours=str(timings[what]),
            theirs=str(beside),
            figure=timings[what].minimum / beside.minimum,
            unit="x",
            bar=bar,
        )
        for what, bar in BARS.items()
    ]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit."""
    return [
        row
        for what in BARS
        for row in pair.processes(
            f"import of a consumer's app, {what}", partial(_import, what=what)
        )
    ]


def _import(installed: Installed, what: str) -> Process:
    # boto3 is there, as in a real Lambda runtime: not importing it must be a choice.
    installed.add("boto3")
    folder = _app(installed, what)
    _assert_no_boto3(installed, folder)
    if what == WITH_BYTECODE:
        compileall.compile_dir(folder, quiet=1)
    return Process([installed.python, "-B", "-c", "import app"], cwd=folder)


def _app(installed: Installed, name: str) -> Path:
    """The handler with the stubs beside it, as the stack packs them."""
    example = installed.example("checkout")
    folder = installed.workspace(f"app {name}")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(example / "lambdas" / "invoicing", folder, dirs_exist_ok=True, ignore=ignore)
    package = "checkout_messaging"
    shutil.copytree(example / "src" / package, folder / package, ignore=ignore)
    return folder


def _assert_no_boto3(installed: Installed, folder: Path) -> None:
    program = "import app, sys; sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    subprocess.run(
        [installed.python, "-B", "-c", program], cwd=folder, check=True, env=clean_environment()
    )
