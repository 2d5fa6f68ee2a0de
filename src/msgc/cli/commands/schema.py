"""`msgc schema`: the JSON Schema of messaging.yaml, for editors."""

from __future__ import annotations

import click

from msgc.schema import schema_text


@click.command
def command() -> None:
    """Print the JSON Schema of messaging.yaml."""
    click.echo(schema_text(), nl=False)
