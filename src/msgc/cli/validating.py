"""What `msgc validate` finds in the files that it is given."""

from __future__ import annotations

from msgc.cli.files import topologies
from msgc.diagnostics import Diagnostic, Outcome
from msgc.pipeline.check import Checked, check
from msgc.pipeline.inventory import losses
from msgc.pipeline.project_check import check_project
from msgc.source import Disk
from msgc.workspace import Workspace


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
