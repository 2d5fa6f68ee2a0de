"""`msgc init`: a project to start from, or what a project lacks; nothing is overwritten."""

from __future__ import annotations

import os
import shlex

import click

from msgc import __version__, output
from msgc.cli.console import say
from msgc.cli.exit_codes import FAILED
from msgc.cli.files import topology_in
from msgc.cli.findings import show
from msgc.cli.scaffold import File, beside, first_project, fresh, project_of, service_name
from msgc.pipeline.check import analyse
from msgc.schema import schema_text
from msgc.source import Disk

_MODELINE = "yaml-language-server:"
_SCHEMA = "messaging.schema.json"
_HOOKS = ".pre-commit-config.yaml"


@click.command
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False))
@click.option("--service", help="The name of a new service; by default the folder's.")
@click.pass_context
def command(ctx: click.Context, folder: str, service: str | None) -> None:
    """Write a messaging.yaml to start from, with a function, a unit test and a CDK app around it.

    Beside a messaging.yaml that exists, what is missing is written. Nothing is overwritten; where a
    file of yours lacks something, init says what.
    """
    existing = topology_in(folder) if os.path.isdir(folder) else None
    if existing is None:
        name = service_name(service or os.path.basename(os.path.abspath(folder)))
        files = fresh(first_project(name), __version__, schema_text())
    elif service is not None:
        ctx.fail(f"{existing} exists, and names the service itself")
    else:
        files = _around(ctx, os.path.normpath(existing))
    wanted = [file for file in files if _is_wanted(file, folder)]
    _write(folder, {file.path: file.text for file in wanted})
    lacking = [file for file in files if file not in wanted and _lacks(file, folder)]
    for file in wanted:
        say(f"created   {_shown(folder, file.path)}")
    for file in lacking:
        lines = "\n".join(f"    {line}".rstrip() for line in file.lacking.splitlines())
        say(f"\n{_what(file, folder)}; add to it:\n\n{lines}")
    if not wanted and not lacking:
        say("nothing is missing")
    say(f"\nNext: {_entering(folder)}msgc build")


def _around(ctx: click.Context, path: str) -> tuple[File, ...]:
    """Return the files around a messaging.yaml, or end with what is wrong with it."""
    outcome = analyse(path, Disk())
    checked = outcome.value
    if checked is None:
        show([d for d in outcome.diagnostics if d.is_error])
        say("nothing was written: mend the file first", err=True)
        ctx.exit(FAILED)
    project = project_of(checked.variants)
    files = beside(project, __version__, schema_text())
    modeline = next((ln for ln in checked.document.source.text.splitlines() if _MODELINE in ln), "")
    if modeline and f"={_SCHEMA}" not in modeline:  # it has a schema from somewhere else
        return tuple(file for file in files if file.path != _SCHEMA)
    return files


def _is_wanted(file: File, folder: str) -> bool:
    """Whether a file is to be written; the CDK's two go together, or the user has an app."""
    if os.path.lexists(os.path.join(folder, file.path)):
        return False
    if file.path == _HOOKS:
        return _top(folder) is None
    if file.path == "app.py":
        settings = _content(os.path.join(folder, "cdk.json"))
        return settings is None or "app.py" in settings
    if file.path == "cdk.json":
        app = _content(os.path.join(folder, "app.py"))
        return app is None or "aws_cdk" in app
    return True


def _lacks(file: File, folder: str) -> bool:
    """Whether a file of the user's lacks what it needs."""
    content = _content(_place(file, folder)) or ""
    return bool(file.lacking) and not all(word in content for word in file.known)


def _what(file: File, folder: str) -> str:
    """Say what has to be added to: the file itself, or the app that the user has instead."""
    place = os.path.normpath(_place(file, folder)).replace(os.sep, "/")
    if os.path.lexists(place):
        return f"{place} exists already"
    if file.path == _HOOKS:
        return f"{place} is where pre-commit looks"
    return f"{_shown(folder, 'cdk.json')} names the app"


def _place(file: File, folder: str) -> str:
    """Return where a file is read: hooks at the top of the repository."""
    top = _top(folder) if file.path == _HOOKS else None
    return os.path.join(top or folder, file.path)


def _top(folder: str) -> str | None:
    """Return the top of the repository that a folder lies in, if the folder isn't it."""
    here = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        if os.path.dirname(here) == here:
            return None
        here = os.path.dirname(here)
    return None if here == os.path.abspath(folder) else os.path.relpath(here)


def _content(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None


def _write(folder: str, files: dict[str, str]) -> None:
    try:
        output.create(folder, files)
    except OSError as error:
        message = f"{error.filename}: {error.strerror}; nothing was written"
        raise click.ClickException(message) from error


def _shown(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path)).replace(os.sep, "/")


def _entering(folder: str) -> str:
    """Return what a shell needs to go to the folder; a leading dash is no option."""
    if os.path.normpath(folder) == ".":
        return ""
    return f"cd {shlex.quote(f'./{folder}' if folder.startswith('-') else folder)} && "
