"""What importing a consumer's handler costs on top of Python itself, as in a cold start."""

from __future__ import annotations

import compileall
import shutil
import subprocess
from pathlib import Path

from installed import Installed
from measure import Process, clean_environment, interleaved
from pair import Pair
from rows import Row

BARS = {"with bytecode": 3.8, "without": 5.5}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    imports = _imports(installed)
    timings = interleaved({"python": Process([installed.python, "-c", "pass"]), **imports})
    python = timings["python"]
    return [
        Row(
            what=f"import of a consumer's app, {what} / bare Python",
            ours=str(timings[what]),
            theirs=str(python),
            figure=timings[what].minimum / python.minimum,
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
            f"import of a consumer's app, {what}", lambda one, what=what: _imports(one)[what]
        )
    ]


def _imports(installed: Installed) -> dict[str, Process]:
    # boto3 is there, as in a real Lambda runtime: not importing it must be a choice.
    installed.add("boto3")
    compiled, bare = _app(installed, "compiled"), _app(installed, "uncompiled")
    compileall.compile_dir(compiled, quiet=1)
    _assert_no_boto3(installed, compiled)
    return {
        "with bytecode": Process([installed.python, "-c", "import app"], cwd=compiled),
        "without": Process([installed.python, "-B", "-c", "import app"], cwd=bare),
    }


def _app(installed: Installed, name: str) -> Path:
    """The handler with the stubs beside it, as the stack packs them."""
    example = installed.example("checkout")
    folder = installed.workspace(f"app-{name}")
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
