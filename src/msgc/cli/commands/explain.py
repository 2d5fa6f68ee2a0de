"""`msgc explain`: what a finding means, or what becomes of one thing of a messaging.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

import click

from msgc import catalog
from msgc.cli import completion, options
from msgc.cli.console import say, say_json
from msgc.cli.environments import each, within
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
from msgc.pipeline.sound import sound_parts
from msgc.record import Record
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
    whole, and of the others what is different there. Of a file with errors its sound parts are
    explained, and what is left out is named.
    """
    found = catalog.find(name)
    if found is not None:
        if form == "json":
            ctx.fail("--format json is about things of a file, and this is a finding")
        say(f"{found.id} {found.name} ({found.severity})\n\n{found.explain().strip()}")
        return
    looked = _looked_into(ctx, paths, name, environment)
    files = looked.files
    every = [(path, checked, candidates(checked.topology)) for path, checked in files]
    things = [(checked, one) for _, checked, known in every for one in meant(known, name)]
    if len({one.reference for _, one in things}) > 1:
        names = list(dict.fromkeys(one.reference for _, one in things))
        ctx.fail(f"`{visible(name)}` is several things: {', '.join(names)}; say which")
    if not things:
        _end_without(ctx, name, looked, (one for _, _, known in every for one in known))
    told = [
        describe(one, Subject(checked.topology, checked.links, is_whole=not looked.left_out))
        for checked, one in things
    ]
    show(looked.errors)
    if form == "json":
        left_out = {"left_out": looked.left_out} if looked.left_out else {}
        say_json({"version": 1, "things": [description_json(one) for one in told], **left_out})
    else:
        several = len({path for path, _ in files}) > 1
        texts = [*descriptions_text(told, name_services=several)]
        if looked.left_out:
            texts.append(f"Left out, for the errors in the file: {', '.join(looked.left_out)}.")
        say("\n\n".join(texts))
    ctx.exit(status(looked.errors, strict=False))


class _Looked(Record):
    """The files that are meant, each in each environment, and what is wrong in them."""

    files: list[tuple[str, Checked]]
    errors: list[Diagnostic]
    left_out: list[str]
    """What isn't known, since it has an error, or needs something that has one."""


def _looked_into(
    ctx: click.Context, paths: tuple[str, ...], name: str, environment: str | None
) -> _Looked:
    """Return the files that are meant, or end, if nothing of any can be read."""
    try:
        meant_files = topologies(paths)
    except click.UsageError:
        if paths:
            raise
        _unknown(ctx, name, ())
    looked = _Looked(files=[], errors=[], left_out=[])
    workspace = Workspace(Disk())
    for path in meant_files:
        outcome = analyse(path, workspace)
        whole = outcome.value
        looked.errors.extend(each for each in outcome.diagnostics if each.is_error)
        if whole is None:
            sound = sound_parts(path, workspace)
            looked.left_out.extend(dict.fromkeys(name for each in sound for name in each.left_out))
            if not sound:
                continue
            variants = tuple(each.links for each in sound)
            whole = Checked(document=sound[0].document, variants=variants)
        checked = within(ctx, whole, environment)
        looked.files.extend((path, one) for one in each(checked))
    if not looked.files:
        show(looked.errors)
        ctx.exit(status(looked.errors, strict=False))
    return looked


def _end_without(
    ctx: click.Context, name: str, looked: _Looked, known: Iterable[Candidate]
) -> NoReturn:
    """End without a description: of what has errors, or needs something that has, or isn't."""
    wanted = [one for one in looked.left_out if name in (one, one.partition("/")[2])]
    if not wanted:
        if looked.errors:
            show(looked.errors)
        _unknown(ctx, name, known)
    show(looked.errors)
    why = "it has an error in it, or needs something that has one"
    say(f"{', '.join(wanted)} can't be explained: {why}", err=True)
    ctx.exit(status(looked.errors, strict=False))


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
