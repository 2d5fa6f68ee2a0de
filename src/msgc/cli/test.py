"""`msgc test`: the file's own tests, by name."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.cli.say import say, say_json
from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import check
from msgc.routing.results import TestResult
from msgc.source import Disk
from msgc.visible import visible


@click.command
@options.paths
@options.output_format
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], form: str) -> None:
    """Run the tests of a messaging.yaml: who receives which message.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    Each test publishes a message and looks who receives it, through the compiled filters, without
    AWS. A file with errors is not tested.
    """
    files = Disk()
    found: list[Diagnostic] = []
    tested: list[TestResult] = []
    for path in topologies(paths):
        outcome = check(path, files)
        found += (d for d in outcome.diagnostics if d.is_error)
        tested += outcome.value.tests if outcome.value else ()
    if form == "json":
        say_json(_report(tested, found))
    else:
        show(found, "text")
        if tested or not found:
            say(_text(tested))
    ctx.exit(status(found, strict=False))


def _text(tested: list[TestResult]) -> str:
    if not tested:
        return "nothing was tested: there are no `tests:`"
    lines = [f"{'FAILED' if r.diagnostics else 'ok    '}  {visible(r.test.name)}" for r in tested]
    counts = _counts(tested)
    lines.append(f"{counts['passed']} passed, {counts['failed']} failed")
    return "\n".join(lines)


def _report(tested: list[TestResult], found: list[Diagnostic]) -> dict[str, object]:
    from msgc.report import findings  # noqa: PLC0415  # only for this format

    tests = []
    for result in tested:
        source = result.test.span.source
        line, column = source.position(result.test.span.start)
        place = {"file": source.path, "line": line, "column": column}
        tests.append({"name": result.test.name, "passed": not result.diagnostics, **place})
    report = findings(found)
    return {**report, "tests": tests, "summary": {**report["summary"], **_counts(tested)}}


def _counts(tested: list[TestResult]) -> dict[str, int]:
    failed = sum(bool(result.diagnostics) for result in tested)
    return {"passed": len(tested) - failed, "failed": failed}
