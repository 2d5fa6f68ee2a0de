"""From a checked messaging.yaml to files: emit, compare with the disk, write.

Emitters are pure; they turn the topology into artifacts in memory. `output` compares these with
the disk and says what would change; nothing is written unless all of it can be, and files whose
bytes don't change aren't touched. `msgc build --check` stops after the comparison.
"""

from __future__ import annotations

import os

from msgc import output
from msgc.diagnostics import Diagnostic
from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.pipeline.project_check import Project, check_project, project
from msgc.pipeline.workspace_check import Member, member
from msgc.record import Record
from msgc.source import Files
from msgc.workspace import Workspace


class Prepared(Record):
    """What a build of a service comes to, before anything is written."""

    diagnostics: tuple[Diagnostic, ...]
    member: Member | None = None
    """What the other services of a run can clash with; None if the file can't be understood."""
    project: Project | None = None
    plan: output.Plan | None = None
    """What changes on the disk; None after an error."""


def prepare(path: str, files: Files | Workspace) -> Prepared:
    """Check the file at `path` and say what a build of it would change on the disk."""
    checked = check(path, files, check_project=check_project)
    if checked.value is None:
        return Prepared(diagnostics=checked.diagnostics)
    together, named = member(checked.value), project(checked.value.topology)
    if not checked.ok:
        return Prepared(diagnostics=checked.diagnostics, member=together, project=named)
    artifacts = emit(checked.value.topology, checked.value.links)
    folder = os.path.dirname(path) or "."
    planned = output.plan(artifacts, named.claims, folder, service=named.service)
    return Prepared(
        diagnostics=(*checked.diagnostics, *planned.diagnostics),
        member=together,
        project=named,
        plan=planned.value,
    )


def write(plan: output.Plan) -> tuple[Diagnostic, ...]:
    """Change the disk as planned; after a diagnostic, it is what it was before."""
    return output.apply(plan)
