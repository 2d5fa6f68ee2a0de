"""`msgc validate`: everything that is wrong, and nothing written."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.report.reporters import Reporter
from msgc.source import Disk


@click.command
@options.paths
@options.output_format
@options.strict
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], reporter: Reporter, *, strict: bool
) -> None:
    """Check shape, names, references, message schemas, filters, rules, and the file's tests.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    Writes nothing and reads no network.
    """
    files = Disk()
    found = [
        d
        for path in topologies(paths)
        for d in check(path, files, check_project=check_project).diagnostics
    ]
    show(found, reporter)
    ctx.exit(status(found, strict=strict))
