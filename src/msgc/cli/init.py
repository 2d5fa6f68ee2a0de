"""`msgc init`: a project to start from, that builds as it is."""

from __future__ import annotations

import os

import click

from msgc import __version__, output
from msgc.cli.say import say
from msgc.cli.start import ATTRIBUTES, MESSAGING, pre_commit, service_name
from msgc.schema import schema_text


@click.command
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False))
@click.option("--service", help="The service's name; by default the folder's.")
def command(folder: str, service: str | None) -> None:
    """Write a starting messaging.yaml that builds, and what an editor and git want beside it.

    Nothing that exists is overwritten.
    """
    name = service_name(service or os.path.basename(os.path.abspath(folder)))
    files = {
        "messaging.yaml": MESSAGING.format(service=name, package=name.replace("-", "_")),
        "messaging.schema.json": schema_text(),
    }
    snippet = pre_commit(__version__)
    extra = {".gitattributes": ATTRIBUTES.format(package=name.replace("-", "_"))}
    extra[".pre-commit-config.yaml"] = f"repos:\n{snippet}"
    absent = {
        path: text
        for path, text in extra.items()
        if not os.path.lexists(os.path.join(folder, path))
    }
    try:
        output.create(folder, files | absent)
    except FileExistsError as error:
        message = f"{error.filename} exists already; nothing was written"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise click.ClickException(message) from error
    for path in files | absent:
        say(f"created   {os.path.join(folder, path)}")
    for path, text in extra.items():
        if path not in absent:
            say(f"\n{path} exists already; add to it:\n\n{text}")
    say(f"\nNext: msgc build{'' if folder == '.' else f' {folder}'}")
