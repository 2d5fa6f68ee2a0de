"""`msgc validate [PATH]...` as a commit hook calls it: without options, so click isn't loaded.

Importing click takes a quarter of what a validation costs, and there is nothing to parse.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgc.cli.exit_codes import CLEAN
from msgc.cli.files import topologies
from msgc.diagnostics import Diagnostic, Outcome
from msgc.pipeline.check import Checked, check
from msgc.pipeline.inventory import losses
from msgc.pipeline.project_check import check_project
from msgc.source import Disk
from msgc.workspace import Workspace


def validated(arguments: Sequence[str]) -> int | None:
    """Validate without options and return the exit code; None: this is for click to run."""
    if not is_plain(arguments):
        return None
    try:
        found = findings(tuple(arguments[1:]))
    except Exception:  # noqa: BLE001  # wrong usage or a bug: click's command meets and tells it
        return None
    if not found:
        return CLEAN
    from msgc.cli.findings import show, status  # noqa: PLC0415  # a clean file has nothing to report

    show(found)
    return status(found, strict=False)


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether arguments are `validate` and paths, and no shell asks for completions."""
    command, *paths = arguments or [""]
    completing = "_MSGC_COMPLETE" in os.environ
    return command == "validate" and not completing and not any(p.startswith("-") for p in paths)


def findings(paths: tuple[str, ...]) -> list[Diagnostic]:
    """Return everything that is wrong with the files that paths mean."""
    meant = topologies(paths)
    workspace = Workspace(Disk())
    if len(meant) == 1:
        outcome = check(meant[0], workspace, check_project=check_project)
        return [*outcome.diagnostics, *_lost(outcome, meant[0], workspace)]
    from msgc.pipeline.workspace_check import WorkspaceCheck, member  # noqa: PLC0415  # for several files

    found: list[Diagnostic] = []
    together = WorkspaceCheck(workspace, meant)
    for path in meant:
        outcome = check(path, workspace, check_project=check_project)
        found += (*outcome.diagnostics, *_lost(outcome, path, workspace))
        if outcome.value is not None:
            together.add(member(outcome.value))
    return [*found, *together.findings()]


def _lost(outcome: Outcome[Checked], path: str, workspace: Workspace) -> tuple[Diagnostic, ...]:
    """Return what a file without errors would take from what is deployed."""
    if outcome.value is None or not outcome.ok:
        return ()
    return losses(outcome.value, path, workspace)
