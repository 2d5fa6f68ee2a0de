"""What importing a consumer's handler costs on top of Python itself, as in a cold start."""

from __future__ import annotations

import compileall
import shutil
import subprocess
from pathlib import Path

from installed import Installed
from measure import Process, clean_environment, interleaved
from rows import Row

BAR_MS = 40.0


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    # boto3 is there, as in a real Lambda runtime: not importing it must be a choice.
    installed.add("boto3")
    compiled, bare = _app(installed, "compiled"), _app(installed, "uncompiled")
    compileall.compile_dir(compiled, quiet=1)
    _assert_no_boto3(installed, compiled)
    timings = interleaved(
        {
            "python": Process([installed.python, "-c", "pass"]),
            "compiled": Process([installed.python, "-c", "import app"], cwd=compiled),
            "uncompiled": Process([installed.python, "-B", "-c", "import app"], cwd=bare),
        }
    )
    python = timings["python"]
    return [
        Row(
            what=f"import of a consumer app, {what}",
            ours=str(timings[key]),
            theirs=f"{python} bare Python",
            figure=(timings[key].minimum - python.minimum) * 1e3,
            unit="ms",
            bar=BAR_MS,
        )
        for what, key in (("with bytecode", "compiled"), ("without", "uncompiled"))
    ]


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
