"""The kit that a stack carries with it, copied as it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgc
from msgc.artifact import Artifact, banner

FOLDER = "_kit"


def kit_artifacts(stack: str, service: str) -> tuple[Artifact, ...]:
    """Return the modules of the kit, below the folder of the stack."""
    head = f"{banner(service)}\n# SPDX-License-Identifier: MIT-0\n"
    return tuple(
        Artifact(path=f"{stack}/{FOLDER}/{name}", text=f"{head}{text}") for name, text in _modules()
    )


@cache
def _modules() -> tuple[tuple[str, str], ...]:
    # Found beside the package's own file: to import the kit is to import all of CDK.
    root = Path(msgc.__file__).with_name("kit")
    return tuple(
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(root.glob("*.py"))
    )
