"""From a checked messaging.yaml to files: emit, compare with the disk, write.

Emitters are pure; they turn the topology into artifacts in memory. `output` compares these with
the disk and says what would change; nothing is written unless all of it can be, and files whose
bytes don't change aren't touched. `msgc build --check` stops after the comparison.
"""

from __future__ import annotations

import os

from msgc import output
from msgc.diagnostics import Diagnostic, Outcome
from msgc.emit.emitters import emit
from msgc.pipeline.check import Checked, check
from msgc.pipeline.project_check import check_project, claims
from msgc.pipeline.workspace_check import WorkspaceCheck, member
from msgc.source import Files
from msgc.workspace import Workspace


def prepare(
    path: str, files: Files | Workspace, together: WorkspaceCheck | None = None
) -> Outcome[output.Plan]:
    """Check the file at `path` and say what a build of it would change on the disk.

    `together` is told of it, if several services are built in one run.
    """
    checked = check(path, files, check_project=check_project)
    if checked.value is not None and together is not None:
        together.add(member(checked.value))
    if checked.value is None or not checked.ok:
        return Outcome(None, checked.diagnostics)
    planned = plan(checked.value, os.path.dirname(path) or ".")
    return Outcome(planned.value, (*checked.diagnostics, *planned.diagnostics))


def plan(checked: Checked, folder: str) -> Outcome[output.Plan]:
    """Emit everything and compare it with what is in `folder`."""
    artifacts = emit(checked.topology, checked.links)
    service = checked.topology.service
    return output.plan(artifacts, claims(checked.topology), folder, service=service)


def write(plan: output.Plan) -> tuple[Diagnostic, ...]:
    """Change the disk as planned; after a diagnostic, it is what it was before."""
    return output.apply(plan)
