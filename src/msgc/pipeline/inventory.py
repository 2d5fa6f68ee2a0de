"""The inventory of a file: found beside it, compared with what it makes, written by a build.

What compares is loaded where there is an inventory, and git is asked where something is lost.
"""

from __future__ import annotations

import os

from msgc.diagnostics import Diagnostic, in_order
from msgc.disk import repository
from msgc.evolution.codes import LOCKED
from msgc.evolution.intent import VALIDATE, Intent, Judgement
from msgc.pipeline.check import Checked
from msgc.pipeline.inventory_file import inventory, inventory_path
from msgc.pipeline.understand import workspace_of
from msgc.source import Files, Source, Span
from msgc.workspace import Workspace


def losses(checked: Checked, path: str, files: Files | Workspace) -> tuple[Diagnostic, ...]:
    """Return what a file would take from what is deployed; without an inventory, nothing."""
    found = inventory(path, workspace_of(files))
    if found is None:
        return ()
    return _judged(checked, found, VALIDATE, text_of(checked), building=False).diagnostics


def text_of(checked: Checked) -> str:
    """Return the inventory that a file has if nothing is gone."""
    from msgc.evolution.inventory.current import current  # noqa: PLC0415  # `validate` has none

    return current(checked.variants).text


def after_build(
    checked: Checked, found: Source | Diagnostic | None, intent: Intent, text: str
) -> Judgement:
    """Return what an inventory says of a build; `text` is the new one if nothing is gone."""
    if found is None:
        return Judgement(text=text)
    return _judged(checked, found, intent, text, building=True)


def absent(checked: Checked, path: str) -> Judgement:
    """Return what is said where a stack was built before, and has no inventory."""
    from msgc.evolution.judgement import missing  # noqa: PLC0415  # once for each file

    name = os.path.basename(inventory_path(path))
    return Judgement(diagnostics=(missing(checked.topology, name),))


def locked(name: str, span: Span) -> Diagnostic:
    """An inventory that a locked build would have to change."""
    return LOCKED.at(
        span,
        f"`{name}` isn't as this file makes it",
        help="run `msgc build` without `--locked`, and commit what it writes there",
    )


def _judged(
    checked: Checked, found: Source | Diagnostic, intent: Intent, text: str, *, building: bool
) -> Judgement:
    if isinstance(found, Diagnostic):
        return Judgement(diagnostics=(found,))
    if found.text.replace("\r\n", "\n") == text and intent.is_empty:
        return Judgement(text=text)
    from msgc.evolution.inventory.current import current  # noqa: PLC0415  # for files with one
    from msgc.evolution.judgement import judge  # noqa: PLC0415  # something is new, or lost

    judgement = judge(
        found, current(checked.variants), intent, lambda: _committed(found.path), building=building
    )
    return judgement.replace(diagnostics=in_order(judgement.diagnostics))


def _committed(path: str) -> Source | None:
    """Return the inventory of the last commit; None: git doesn't know, or there is none."""
    folder = repository(os.path.dirname(path))
    if not os.path.lexists(os.path.join(folder, ".git")):
        return None
    from msgc.pipeline.history import committed  # noqa: PLC0415  # starts a process

    content = committed(path)
    return None if content is None else Source(path, content.decode("utf-8", "replace"))
