"""Where the inventory of a file lies, and what it says is deployed."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgc.diagnostics import Diagnostic
from msgc.source import Source
from msgc.syntax.text import read
from msgc.workspace import Workspace

INVENTORY = ".inventory"
"""How the names of inventories end."""


def inventory_path(path: str) -> str:
    """Return where the inventory of a file lies: beside it, `messaging.inventory`."""
    return f"{os.path.splitext(path)[0]}{INVENTORY}"


def inventory(path: str, workspace: Workspace) -> Source | Diagnostic | None:
    """Return the inventory of a file, or what stops it from being read; None if there is none."""
    beside = inventory_path(path)
    try:
        workspace.files.read(beside)
    except FileNotFoundError:
        return None
    except OSError:
        pass  # which is told
    return read(beside, workspace.files)


def deployed(path: str, workspace: Workspace) -> Mapping[str, str]:
    """Return the stack of everything that is deployed of a service, by logical ids."""
    found = inventory(path, workspace)
    if found is None or isinstance(found, Diagnostic):
        return {}
    from msgc.evolution.inventory import reading  # noqa: PLC0415  # few services are so large

    entries = (each.entry for each in reading.read(found).holds)
    return {each.id: each.stack for each in entries if each.id}
