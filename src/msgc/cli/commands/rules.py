"""`msgc rules`: everything that msgc can find."""

from __future__ import annotations

import click

from msgc import catalog
from msgc.cli.console import say


@click.command
def command() -> None:
    """List all findings: id, severity and name; `msgc explain` tells about each."""
    for code in catalog.CODES:
        say(f"{code.id}  {code.severity:7}  {code.name}")
