"""`msgc explain`: what a finding means, or what becomes of one thing of a messaging.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import click

from msgc import catalog
from msgc.cli import completion, options
from msgc.cli.console import say, say_json
from msgc.cli.environments import each, within
from msgc.cli.exit_codes import CLEAN
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.describe import describe
from msgc.describe.as_json import description_json
from msgc.describe.find import candidates, meant
from msgc.describe.model import Candidate
from msgc.describe.text import descriptions_text
from msgc.diagnostics import Diagnostic, nearest
from msgc.lint.subject import Subject
from msgc.pipeline.check import Checked, analyse
from msgc.source import Disk
from msgc.visible import visible
from msgc.workspace import Workspace


@click.command
@click.argument("name", shell_complete=completion.explained)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs: of a thing of the file.",
)
@options.environment
@click.pass_context
def command(
    ctx: click.Context, name: str, paths: tuple[str, ...], form: str, environment: str | None
) -> None:
    """Explain a finding, or a thing of the file.

    A finding is named by its id (MSG501) or its name (queue-without-dlq); `msgc rules` lists all of
    them. A thing is a place, subscription, consumer, producer or message: `invoicing`,
    `queue/invoicing`, or its name in AWS. It is told what comes in and goes out, who may do what,
    when a message that fails gets where, how near the limits of AWS are, and which settings it has
    and why. PATH is a messaging.yaml or a folder with one in it or below it; by default the current
    folder, or the nearest above it that has one. Of a file with environments the first is told
    whole, and of the others what is different there.
    """
    found = catalog.find(name)
    if found is not None:
        if form == "json":
            ctx.fail("--format json is about things of a file, and this is a finding")
        say(f"{found.id} {found.name} ({found.severity})\n\n{found.explain().strip()}")
        return
    files = _checked(ctx, paths, name, environment)
    every = [(path, checked, candidates(checked.topology)) for path, checked in files]
    things = [(checked, one) for _, checked, known in every for one in meant(known, name)]
    if len({one.reference for _, one in things}) > 1:
        names = list(dict.fromkeys(one.reference for _, one in things))
        ctx.fail(f"`{visible(name)}` is several things: {', '.join(names)}; say which")
    if not things:
        _unknown(ctx, name, (one for _, _, known in every for one in known))
    told = [describe(one, Subject(checked.topology, checked.links)) for checked, one in things]
    if form == "json":
        say_json({"version": 1, "things": [description_json(one) for one in told]})
    else:
        several = len({path for path, _ in files}) > 1
        say("\n\n".join(descriptions_text(told, name_services=several)))
    ctx.exit(CLEAN)


def _checked(
    ctx: click.Context, paths: tuple[str, ...], name: str, environment: str | None
) -> list[tuple[str, Checked]]:
    """Return the files that are meant, in each environment, or end.

    That is with what is wrong in them, or if there are none.
    """
    try:
        meant_files = topologies(paths)
    except click.UsageError:
        if paths:
            raise
        _unknown(ctx, name, ())
    files: list[tuple[str, Checked]] = []
    found: list[Diagnostic] = []
    workspace = Workspace(Disk())
    for path in meant_files:
        outcome = analyse(path, workspace)
        found += [diagnostic for diagnostic in outcome.diagnostics if diagnostic.is_error]
        if outcome.value is not None:
            checked = within(ctx, outcome.value, environment)
            files += ((path, one) for one in each(checked))
    if not files:
        show(found)
        ctx.exit(status(found, strict=False))
    return files


def _unknown(ctx: click.Context, name: str, known: Iterable[Candidate]) -> NoReturn:
    """End with what was probably meant: a finding, or something of the file."""
    things = tuple(known)
    code = catalog.near(name)
    near = _near(name, things)
    if code is not None and near is None:
        hint = f"did you mean {code.name} ({code.id})?"
    elif near is not None:
        hint = f"did you mean {near}?"
    else:
        hint = "`msgc rules` lists them"
    beside = ", and nothing in the file is called so" if things else ""
    ctx.fail(f"there is no code '{visible(name)}'{beside}; {hint}")


def _near(name: str, things: tuple[Candidate, ...]) -> str | None:
    """Return the thing that was probably meant, by kind and name."""
    if "/" in name:
        return nearest(name, (one.reference for one in things))
    by_name = {one.thing.name: one.reference for one in things}
    found = nearest(name, by_name)
    return None if found is None else by_name[found]
