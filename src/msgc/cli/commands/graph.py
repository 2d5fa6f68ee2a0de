"""`msgc graph`: the topology as a Mermaid or Graphviz diagram."""

from __future__ import annotations

import click

from msgc.cli.console import say
from msgc.cli.exit_codes import CLEAN
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.diagnostics import Diagnostic
from msgc.emit.graph import dot, mermaid
from msgc.pipeline.check import check
from msgc.source import Disk

_FORMATS = {"mermaid": mermaid, "dot": dot}


@click.command
@click.argument("path", required=False, metavar="[PATH]", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="mermaid",
    show_default=True,
    help="The language of the picture.",
)
@click.pass_context
def command(ctx: click.Context, path: str | None, form: str) -> None:
    """Draw the topology: places, edges, producers and consumers.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    """
    pictures: list[str] = []
    found: list[Diagnostic] = []
    for file in topologies((path,) if path else ()):
        outcome = check(file, Disk())
        found += outcome.diagnostics
        if outcome.value is not None:
            pictures.append(_FORMATS[form](outcome.value.topology).rstrip("\n"))
    code = status(found, strict=False)
    if code == CLEAN:
        say("\n\n".join(pictures))
    else:
        show(found)
    ctx.exit(code)
