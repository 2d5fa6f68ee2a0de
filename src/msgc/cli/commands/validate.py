"""`msgc validate`: everything that is wrong, and nothing written."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.findings import show, status
from msgc.cli.validating import findings
from msgc.report.reporters import Reporter


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
    found = findings(paths)
    show(found, reporter)
    ctx.exit(status(found, strict=strict))
