"""`msgc test`: the file's own tests, by name."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.console import say
from msgc.cli.environments import within
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
@options.environment
@options.output_format
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], environment: str | None, reporter: Reporter
) -> None:
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
        checked = within(ctx, outcome.value, environment) if outcome.value else None
        if checked is None or environment is None:
            found += (d for d in outcome.diagnostics if d.is_error)
        else:
            found += (d for test in checked.tests for d in test.diagnostics)
        tested += checked.tests if checked else ()
    show(found, reporter, tuple(_told(result) for result in tested))
    if reporter.for_people and (tested or not found):
        say(_text(tested))
    ctx.exit(status(found, strict=False))


def _told(result: TestResult) -> Tested:
    test = result.test
    return Tested(name=_name(result), passed=not result.diagnostics, span=test.span)


def _name(result: TestResult) -> str:
    name = visible(result.test.name)
    return f"{name} (in {result.environment})" if result.environment else name


def _text(tested: list[TestResult]) -> str:
    if not tested:
        return "nothing was tested: there are no `tests:`"
    lines = [f"{'FAILED' if r.diagnostics else 'ok    '}  {_name(r)}" for r in tested]
    failed = sum(bool(result.diagnostics) for result in tested)
    lines.append(f"{len(tested) - failed} passed, {failed} failed")
    return "\n".join(lines)
