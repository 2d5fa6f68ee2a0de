"""`msgc test`: the file's own tests, by name."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.console import say
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import check
from msgc.report.report import Tested
from msgc.report.reporters import Reporter
from msgc.routing.results import TestResult
from msgc.source import Disk
from msgc.visible import visible
from msgc.workspace import Workspace


@click.command
@options.paths
@options.output_format
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], reporter: Reporter) -> None:
    """Run the tests of a messaging.yaml: who receives which message.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    Each test publishes a message and looks who receives it, through the compiled filters, without
    AWS. A file with errors is not tested.
    """
    workspace = Workspace(Disk())
    found: list[Diagnostic] = []
    tested: list[TestResult] = []
    for path in topologies(paths):
        outcome = check(path, workspace)
        found += (d for d in outcome.diagnostics if d.is_error)
        tested += outcome.value.tests if outcome.value else ()
    show(found, reporter, tuple(_told(result) for result in tested))
    if reporter.for_people and (tested or not found):
        say(_text(tested))
    ctx.exit(status(found, strict=False))


def _told(result: TestResult) -> Tested:
    test = result.test
    return Tested(name=test.name, passed=not result.diagnostics, span=test.span)


def _text(tested: list[TestResult]) -> str:
    if not tested:
        return "nothing was tested: there are no `tests:`"
    lines = [f"{'FAILED' if r.diagnostics else 'ok    '}  {visible(r.test.name)}" for r in tested]
    failed = sum(bool(result.diagnostics) for result in tested)
    lines.append(f"{len(tested) - failed} passed, {failed} failed")
    return "\n".join(lines)
