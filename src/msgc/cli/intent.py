"""The options of a build that are about the inventory: what they mean, and what they don't."""

from __future__ import annotations

import os

from msgc import output
from msgc.diagnostics import Diagnostic
from msgc.evolution.intent import Intent
from msgc.pipeline.build import Prepared
from msgc.pipeline.inventory import locked
from msgc.pipeline.inventory_file import INVENTORY, inventory_path


def check_intent(intent: Intent, paths: list[str], *, check: bool, locked: bool) -> None:
    """Refuse options that contradict each other, or that would do nothing."""
    problem = _problem(intent, paths, check=check, locked=locked)
    if problem:
        import click  # noqa: PLC0415  # see `msgc.cli.plain`

        raise click.UsageError(problem)


def _problem(intent: Intent, paths: list[str], *, check: bool, locked: bool) -> str | None:
    named = bool(intent.accepted or intent.forgotten)
    if intent.accepted and not intent.why:
        return 'say what it is lost for: --accept KEY --why "..."'
    if intent.why and not intent.accepted:
        return "--why says what is lost with --accept KEY"
    if named and len(paths) > 1:
        return "--accept and --forget are about one messaging.yaml: name it"
    if (named or intent.adopt) and (check or locked):
        with_ = "--check" if check else "--locked"
        return f"the inventory would change, and {with_} changes none"
    if intent.adopt and all(os.path.lexists(inventory_path(path)) for path in paths):
        return f"there is nothing to adopt: {inventory_path(paths[0])} is there"
    return None


def without_inventory(plan: output.Plan) -> output.Plan:
    """Return a plan that leaves the inventory as it is."""
    return plan.replace(changes=tuple(c for c in plan.changes if not c.path.endswith(INVENTORY)))


def kept_back(path: str, prepared: Prepared) -> Diagnostic | None:
    """Return what is wrong with a locked build of a file: its inventory would change."""
    changes = prepared.plan.changes if prepared.plan is not None else ()
    name = os.path.basename(inventory_path(path))
    found = next((c for c in changes if c.path == name and c.status != "same"), None)
    return None if found is None else locked(name, found.span)
