"""The runtime that a package carries with it, copied as it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgc import runtime
from msgc.artifact import Artifact


def runtime_artifacts(folder: str) -> tuple[Artifact, ...]:
    """Return the modules of `_runtime`."""
    return tuple(Artifact(path=f"{folder}/_runtime/{name}", text=text) for name, text in _modules())


@cache
def _modules() -> tuple[tuple[str, str], ...]:
    # Not by importlib.resources, which costs more than a whole validation.
    root = Path(runtime.__path__[0])
    return tuple(
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(root.glob("*.py"))
    )
