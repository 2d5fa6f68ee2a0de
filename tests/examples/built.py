"""The examples as `msgc build` leaves them; all but one are kept without runtime and kit."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from msgc.pipeline.build import prepare, write
from msgc.source import Disk

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WHOLE = "checkout"
"""The one that is committed whole."""
CARRIED = ("_kit", "_runtime", "libs")
"""What isn't committed of the others."""
_LEFT_OUT = shutil.ignore_patterns(*CARRIED, "__pycache__", "cdk.out", ".*_cache")


@cache
def built_example(name: str) -> Path:
    """A copy of an example, built: for tests that change nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="example-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build_example(name, folder / name)


def build_example(name: str, target: Path) -> Path:
    """Copy an example and build it, as whoever tries it does first."""
    shutil.copytree(EXAMPLES / name, target, ignore=_LEFT_OUT)
    (target / ".git").mkdir()
    for path in sorted(target.rglob("messaging.yaml")):
        outcome = prepare(str(path), Disk())
        assert outcome.plan is not None, outcome.diagnostics
        assert write(outcome.plan) == ()
    return target
