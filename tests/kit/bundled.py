"""What a function's code becomes, by the kit's own hands and without CDK."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.assembly import ROOT

KIT = ROOT / "src" / "msgc" / "kit"


def kit_module(name: str) -> Any:
    """A module of the kit that needs no CDK; the package around it does."""
    package = ModuleType("kit_without_cdk")
    package.__path__ = [str(KIT)]
    sys.modules.setdefault(package.__name__, package)
    return import_module(f"{package.__name__}.{name}")


def bundled(code: Path, package: Path, output: Path, runtime: Path | None = None) -> Path:
    """Make the folder of what is uploaded."""
    shutil.copytree(code, output, ignore=shutil.ignore_patterns("__pycache__"))
    kit_module("cutting").copy_needed(package, output, runtime)
    return output


def content(folder: Path) -> dict[str, str]:
    """The hashes of a folder's files."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


SORTED = ("messages:", "queues:", "topics:", "subscriptions:", "consumers:", "producers:")


def reordered(text: str) -> str:
    """The file with the sections' entries from the last to the first."""
    head, *sections = re.split(r"(?m)^(?=[a-z])", text)
    out = [head]
    for section in sections:
        first, *entries = re.split(r"(?m)^(?=  [a-zA-Z-])", section)
        entries = [entry if entry.endswith("\n") else f"{entry}\n" for entry in entries]
        out.append(
            first + ("".join(reversed(entries)) if first.startswith(SORTED) else "".join(entries))
        )
    return "".join(out)
