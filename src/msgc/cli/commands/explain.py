"""`msgc explain`: what a finding means, why it matters, and what to write instead."""

from __future__ import annotations

import click

from msgc import catalog
from msgc.cli import completion
from msgc.cli.console import say


@click.command
@click.argument("code", metavar="CODE", shell_complete=completion.findings)
@click.pass_context
def command(ctx: click.Context, code: str) -> None:
    """Explain a finding by its id (MSG501) or its name (queue-without-dlq).

    `msgc rules` lists all of them.
    """
    found = catalog.find(code)
    if found is None:
        near = catalog.near(code)
        hint = f"did you mean {near.name} ({near.id})?" if near else "`msgc rules` lists them"
        ctx.fail(f"there is no code '{code}'; {hint}")
    say(f"{found.id} {found.name} ({found.severity})\n\n{found.explain().strip()}")
