"""What `msgc build` does, once it is known what its options say."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping

from msgc import output
from msgc.cli.console import say, say_coloured
from msgc.cli.exit_codes import CLEAN, FAILED
from msgc.cli.findings import colored, show, status
from msgc.cli.intent import kept_back, without_inventory
from msgc.diagnostics import Diagnostic
from msgc.evolution.intent import Intent
from msgc.output.codes import BUSY, OUT_OF_DATE
from msgc.output.plan import Status
from msgc.pipeline.build import Prepared, prepare, write
from msgc.pipeline.workspace_check import WorkspaceCheck
from msgc.record import Record
from msgc.report.reporters import Reporter
from msgc.source import Disk, Source, Span
from msgc.visible import visible
from msgc.workspace import Workspace

_SHOWN = 3
_WAIT = "wait for it or end it, then build again"
_WORDS: dict[Status, str] = {
    "create": "created", "update": "updated", "stale": "removed", "same": "unchanged",
}  # fmt: skip


class Run(Record):
    """What the options of a build say."""

    reporter: Reporter
    intent: Intent = Intent()
    cached: bool = False
    check: bool = False
    locked: bool = False
    verbose: bool = False
    strict: bool = False


def build(paths: list[str], run: Run) -> int:
    """Build these files, or check that they are built; return the exit code.

    Another build of one of their folders is waited for, and told where it doesn't end.
    """
    try:
        with output.locked(map(os.path.dirname, paths), waiting=_say_waiting):
            return _build(paths, run)
    except output.BusyError as error:
        busy = (p for p in paths if os.path.realpath(os.path.dirname(p)) == error.folder)
        path = next(busy, paths[0])  # or a folder that it shares
        span = Span(Source(path, ""), 0, 0)
        found = BUSY.at(span, "another `msgc build` of this folder has not ended", help=_WAIT)
        show([found], run.reporter)
        return FAILED


def _build(paths: list[str], run: Run) -> int:
    """Build these files, or check that they are built; return the exit code."""
    workspace = Workspace(Disk())
    together = WorkspaceCheck(workspace, paths)
    preparing, keep = _preparing(workspace, run.intent, cached=run.cached)
    found: list[Diagnostic] = []
    prepared = {path: preparing(path) for path in paths}
    for each in prepared.values():
        found += each.diagnostics
        if each.member is not None:
            together.add(each.member)
    found += together.findings()
    plans = [(os.path.dirname(p), each.plan) for p, each in prepared.items() if each.plan]
    changed = [held for path, each in prepared.items() if (held := kept_back(path, each))]
    if run.locked:
        plans = [(folder, without_inventory(plan)) for folder, plan in plans]
    if run.check:
        found += [d for _, plan in plans for d in _out_of_date(plan)]
    elif status(found, strict=run.strict) == CLEAN:
        found += _carried_out(plans, run.reporter, verbose=run.verbose)
        if status(found, strict=run.strict) == CLEAN and not run.locked:
            keep(prepared)
    if run.check and run.reporter.for_people:
        for _, plan in plans:
            _print_diff(output.diff(plan))
    if run.locked:
        found += changed
    show(found, run.reporter)
    return status(found, strict=run.strict)


def _carried_out(
    plans: list[tuple[str, output.Plan]], reporter: Reporter, *, verbose: bool
) -> list[Diagnostic]:
    """Change the disk as planned, and say what was changed; return what went wrong."""
    found: list[Diagnostic] = []
    written: list[output.Plan] = []
    held = {os.path.realpath(folder) for folder, _ in plans}
    shared = {place for _, plan in plans for place in plan.shared} - held
    with output.locked(shared, waiting=_say_waiting):
        for folder, planned in plans:
            plan = output.refreshed(planned)
            failed = write(plan)
            found += failed
            if not failed:
                written.append(plan)
                _print_changes(plan, folder, reporter, verbose=verbose)
    if reporter.for_people and written:
        say(_counted(written))
    return found


def _preparing(
    workspace: Workspace, intent: Intent, *, cached: bool
) -> tuple[Callable[[str], Prepared], Callable[[Mapping[str, Prepared]], object]]:
    """Return how a file's build is prepared, and how builds are kept that were carried out."""
    if not cached:
        return lambda path: prepare(path, workspace, intent), len
    from msgc.pipeline.cache import Builds  # noqa: PLC0415  # for several services

    builds = Builds(workspace)
    return lambda path: builds.prepare(path, intent), builds.save


def _say_waiting(folder: str) -> None:
    say(f"waiting for another msgc build of {folder} to end", err=True)


def _out_of_date(plan: output.Plan) -> list[Diagnostic]:
    """One finding for each output, with the first few files of it."""
    what = {"create": "is missing", "update": "differs", "stale": "is left over"}
    places: dict[Span, list[str]] = {}
    for change in (*plan.having("create", "stale"), *plan.having("update")):
        places.setdefault(change.span, []).append(f"`{change.path}` {what[change.status]}")
    return [
        OUT_OF_DATE.at(span, _listed(files), help="run `msgc build`")
        for span, files in places.items()
    ]


def _listed(files: list[str]) -> str:
    more = len(files) - _SHOWN
    return ", ".join(files[:_SHOWN]) + (f", and {more} more" if more > 0 else "")


def _print_changes(plan: output.Plan, folder: str, reporter: Reporter, *, verbose: bool) -> None:
    shown = plan.changes if verbose else plan.having("create", "update", "stale")
    if not reporter.for_people or not shown:
        return
    lines = (
        f"{_WORDS[change.status]:9} {visible(os.path.normpath(os.path.join(folder, change.path)))}"
        for change in shown
    )
    say("\n".join(lines))


def _counted(plans: list[output.Plan]) -> str:
    """Return the sum of all: `3 services, 156 files: 2 updated, 154 unchanged`."""
    services = f"{len(plans)} services, " if len(plans) > 1 else ""
    files: dict[str, Status] = {}  # those that services share, once
    for change in (change for plan in plans for change in plan.changes):
        files.setdefault(change.target, change.status)
    if not files:
        return f"{services}no files"
    counts = Counter(files.values())
    total = ", ".join(f"{counts[key]} {word}" for key, word in _WORDS.items() if counts[key])
    return f"{services}{len(files)} files: {total}"


def _print_diff(text: str) -> None:
    color = colored(sys.stdout)
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in text.removesuffix("\n").split("\n") if text else ():
        style = styles.get(line[:1]) if color else None
        if style:
            import click  # noqa: PLC0415  # see `msgc.cli.plain`

            say_coloured(click.style(visible(line), fg=style))
        else:
            say(line)
