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
from msgc.emit.outputs import STACK, STUBS
from msgc.evolution.intent import Intent, Judgement
from msgc.links.model import Links
from msgc.pipeline.check import check
from msgc.pipeline.inventory import absent, after_build, text_of
from msgc.pipeline.inventory_file import inventory, inventory_path
from msgc.pipeline.project_check import Project, check_project, project
from msgc.pipeline.understand import workspace_of
from msgc.pipeline.workspace_check import Member, member
from msgc.record import Record
from msgc.source import Files
from msgc.topology.model import Topology
from msgc.workspace import Workspace


class Prepared(Record):
    """What a build of a service comes to, before anything is written."""

    diagnostics: tuple[Diagnostic, ...]
    member: Member | None = None
    """What the other services of a run can clash with; None if the file can't be understood."""
    project: Project | None = None
    plan: output.Plan | None = None
    """What changes on the disk; None after an error."""


NOTHING_MEANT = Intent()


def prepare(path: str, files: Files | Workspace, intent: Intent = NOTHING_MEANT) -> Prepared:
    """Check the file at `path` and say what a build of it would change on the disk.

    `intent` is what of the deployed stack may be lost.
    """
    checked = check(path, files, check_project=check_project)
    if checked.value is None:
        return Prepared(diagnostics=checked.diagnostics)
    together, named = member(checked.value), project(checked.value.topology)
    if not checked.ok:
        return Prepared(diagnostics=checked.diagnostics, member=together, project=named)
    deployed = text_of(checked.value)  # before the artifacts are there: both take much memory
    artifacts = emit(checked.value.variants)
    folder = os.path.dirname(path) or "."
    planned = output.plan(artifacts, named.claims, folder, service=named.service)
    found, plan = planned.diagnostics, planned.value
    if plan is not None:
        there = inventory(path, workspace_of(files))
        if there is None and _is_built(plan) and not intent.adopt:
            judgement = absent(checked.value, path)
        else:
            judgement = after_build(checked.value, there, intent, deployed)
        whole = _with_inventory(plan, judgement, path, checked.value.topology)
        found = (*found, *whole.diagnostics, *_about_filters(checked.value.links, plan))
        plan = whole.value
    return Prepared(
        diagnostics=(*checked.diagnostics, *found), member=together, project=named, plan=plan
    )


def _is_built(plan: output.Plan) -> bool:
    """Whether there is a generated stack, which may be deployed."""
    stacks = tuple(f"{p.claim.path}/" for p in plan.places if p.claim.output is STACK)
    return any(c.before is not None and c.path.startswith(stacks) for c in plan.changes)


def _about_filters(links: Links, plan: output.Plan) -> tuple[Diagnostic, ...]:
    """Return what is to be known of filters before what is built is deployed."""
    if not any(made.policy is not None for made in links.sns_subscriptions):
        return ()
    stacks, stubs = (
        tuple(f"{each.claim.path}/" for each in plan.places if each.claim.output is wanted)
        for wanted in (STACK, STUBS)
    )
    before = {c.path: c.before for c in plan.having("update") if c.before is not None}
    publishers = [
        text
        for path, text in before.items()
        if path.startswith(stubs) and path.rpartition("/")[0].endswith("/publishers")
    ]
    constructs = [
        text
        for path, text in before.items()
        if any(path.startswith(s) and "/" not in path.removeprefix(s) for s in stacks)
    ]  # of several stacks each has a module
    if not publishers and not constructs:
        return ()
    from msgc.evolution.filters import filters_to_deploy  # noqa: PLC0415  # after an edit only

    return tuple(filters_to_deploy(links, publishers, constructs))


def _with_inventory(
    plan: output.Plan, judgement: Judgement, path: str, topology: Topology
) -> Outcome[output.Plan]:
    """Return a plan that writes the inventory, too; none, if something would be lost."""
    if judgement.text is None or not judgement.ok:
        return Outcome(None, judgement.diagnostics)
    name, root = os.path.basename(inventory_path(path)), topology.root
    span = root.key("service").span if "service" in root.entries else root.span
    made = output.beside(name, judgement.text, os.path.dirname(path) or ".", span)
    if made.value is None:
        return Outcome(None, (*judgement.diagnostics, *made.diagnostics))
    return Outcome(plan.replace(changes=(*plan.changes, made.value)), judgement.diagnostics)


def write(plan: output.Plan) -> tuple[Diagnostic, ...]:
    """Change the disk as planned; after a diagnostic, it is what it was before."""
    return output.apply(plan)
