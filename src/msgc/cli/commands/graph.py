"""`msgc graph`: the topology as a Mermaid or Graphviz diagram."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.console import say
from msgc.cli.environments import within
from msgc.cli.exit_codes import CLEAN
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.diagnostics import Diagnostic
from msgc.emit.graph import dot, mermaid
from msgc.pipeline.check import check
from msgc.source import Disk
from msgc.topology.model import Topology
from msgc.workspace import Workspace

_FORMATS = {"mermaid": mermaid, "dot": dot}


@click.command
@options.paths
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="mermaid",
    show_default=True,
    help="The language of the picture.",
)
@options.environment
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], form: str, environment: str | None) -> None:
    """Draw the topology: places, edges, producers and consumers.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one. Several services are one picture, with a box around each
    and the edges between them. Without --env it is the first environment of a file.
    """
    drawn: list[Topology] = []
    found: list[Diagnostic] = []
    workspace = Workspace(Disk())
    for file in topologies(paths):
        outcome = check(file, workspace)
        found += outcome.diagnostics
        if outcome.value is not None:
            drawn.append(within(ctx, outcome.value, environment).topology)
    code = status(found, strict=False)
    if code == CLEAN:
        say(_FORMATS[form](*drawn).rstrip("\n"))
    else:
        show(found)
    ctx.exit(code)
