"""The arguments and options that several commands share."""

from __future__ import annotations

import click

paths = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
output_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are printed: text to stderr, json to stdout.",
)
strict = click.option("--strict", is_flag=True, help="A warning fails too.")
