"""The arguments and options that several commands share."""

from __future__ import annotations

import click

from msgc.report.reporters import REPORTERS, default, named

paths = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
output_format = click.option(
    "--format",
    "reporter",
    type=click.Choice([reporter.name for reporter in REPORTERS]),
    default=default().name,
    show_default=True,
    callback=lambda _ctx, _param, name: named(name),
    help=f"How findings are printed: {'; '.join(f'{r.name} {r.description}' for r in REPORTERS)}.",
)
environment = click.option(
    "--env", "environment", metavar="NAME", help="One environment of the file; all by default."
)
strict = click.option("--strict", is_flag=True, help="A warning fails too.")
