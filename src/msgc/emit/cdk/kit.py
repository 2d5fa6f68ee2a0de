"""The files of the kit, which are copied beside a stack as they are."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgc
from msgc.artifact import HASH, Artifact

FOLDER = "_kit"


def kit_artifacts(stack: str, service: str) -> tuple[Artifact, ...]:
    """Return the modules of the kit, below the folder of the stack."""
    modules, stamp = _modules()
    head = f"{HASH.begin(service)}\n# SPDX-License-Identifier: MIT-0\n"
    return tuple(
        Artifact(
            path=f"{stack}/{FOLDER}/{name}",
            text=f"{head}{stamp}{text}" if name == "__init__.py" else f"{head}{text}",
        )
        for name, text in modules
    )


@cache
def _modules() -> tuple[tuple[tuple[str, str], ...], str]:
    """Return names and texts, and the comment that says which kit it is.

    They are found beside the package's own file: to import the kit is to import all of CDK.
    """
    root = Path(msgc.__file__).with_name("kit")
    modules = tuple(
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(root.glob("*.py"))
    )
    digest = hashlib.sha256("\0".join(text for _, text in modules).encode()).hexdigest()
    return modules, f"# The kit of msgc {msgc.__version__}, {digest[:12]}.\n"
