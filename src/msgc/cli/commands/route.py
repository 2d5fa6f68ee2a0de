"""`msgc route`: who receives a message, by which way, and who doesn't and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from os.path import isdir
from typing import Any, NoReturn

import click

from msgc.cli import completion, options
from msgc.cli.console import say, say_json
from msgc.cli.environments import by_environment, each, within
from msgc.cli.exit_codes import CLEAN, FAILED
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.diagnostics import Diagnostic, Outcome, did_you_mean
from msgc.disk import MAX_FILE_BYTES
from msgc.pipeline.check import Checked, analyse
from msgc.routing.as_json import matrix_json, route_json
from msgc.routing.input import Input, example, understood
from msgc.routing.matrix import matrix
from msgc.routing.route import Route, Router
from msgc.routing.schedules import fired, schedules_of
from msgc.routing.services import same_messages, same_places
from msgc.routing.text import matrix_text, route_text
from msgc.routing.wording import reference
from msgc.source import Disk
from msgc.syntax import load_json
from msgc.topology.ends import Place
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.tree import Node
from msgc.workspace import Workspace


@click.command
@click.argument("arguments", nargs=-1, metavar="[EVENT.json] [PATH]...", type=click.Path())
@click.option(
    "--message",
    metavar="NAME",
    shell_complete=completion.messages,
    help="Which message EVENT.json is, or is an example of.",
)
@click.option(
    "--example",
    "number",
    type=click.IntRange(min=0),
    metavar="N",
    help="Route an example of --message in place of EVENT.json; the first is 0.",
)
@click.option(
    "--to",
    metavar="PLACE",
    shell_complete=completion.places,
    help="Where it is put: topic/orders, queue/x, bus/default.",
)
@click.option(
    "--schedule",
    metavar="NAME",
    shell_complete=completion.schedules,
    help="Route what a schedule sends in place of EVENT.json.",
)
@click.option("--all", "every", is_flag=True, help="Every message against every receiver.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@options.environment
@click.pass_context
def command(  # noqa: PLR0913  # one an option
    ctx: click.Context,
    arguments: tuple[str, ...],
    message: str | None,
    number: int | None,
    to: str | None,
    *,
    schedule: str | None,
    every: bool,
    form: str,
    environment: str | None,
) -> None:
    """Tell who receives a message, by which way; and of all others, which clause said no.

    EVENT.json is the payload of a message, an EventBridge event or an SNS notification; `-` reads
    it from stdin. PATH is a messaging.yaml or a folder with one in it or below it; by default the
    current folder, or the nearest above it that has one. The message is put where the file's
    producers publish it. Nothing is sent.
    """
    event, paths = _arguments(ctx, arguments)
    _check_use(ctx, event, message, number, to, schedule=schedule, every=every)
    files = _checked(ctx, topologies(paths), environment)
    if every:
        _show_matrices(ctx, files, form)
    if schedule is not None:
        _show(ctx, _sent(ctx, files, schedule), [], form, several=_several(files))
    node = _loaded(ctx, event) if event is not None else None
    found: list[Diagnostic] = []
    routes: list[_Routed] = []
    for path, checked, named, place in _knowing(ctx, files, message, to):
        topology, links = checked.topology, checked.links
        if node is not None:
            outcome = understood(topology, links, node, message=named, place=place)
        else:
            outcome = _example(ctx, checked, named, number or 0, place)
        found += outcome.diagnostics
        router = Router(links)
        routes += [
            (path, topology, given, router.route(given.place, given.parcel))
            for given in outcome.value or ()
        ]
    if routes and _several(files):  # the others needn't know the message
        found = [diagnostic for diagnostic in found if not diagnostic.is_error]
    _show(ctx, routes, found, form, several=_several(files))


_Routed = tuple[str, Topology, Input, Route]


def _show(
    ctx: click.Context,
    routes: list[_Routed],
    found: list[Diagnostic],
    form: str,
    *,
    several: bool,
) -> NoReturn:
    show(found)
    if form == "json":
        _print_json(routes=[route_json(*one) for one in routes])
    elif routes:
        texts = [(one[0], one[1], route_text(*one[1:], name_service=several)) for one in routes]
        say("\n\n".join(by_environment(texts)))
    ctx.exit(status(found, strict=False))


def _several(files: list[tuple[str, Checked]]) -> bool:
    """Whether there are several services."""
    return len({path for path, _ in files}) > 1


def _sent(ctx: click.Context, files: list[tuple[str, Checked]], name: str) -> list[_Routed]:
    """Return where goes what a schedule sends, in every file that has it, or end."""
    routes: list[_Routed] = []
    for path, checked in files:
        given = fired(checked.topology, name)
        if given is not None:
            route = Router(checked.links).route(given.place, given.parcel)
            routes.append((path, checked.topology, given, route))
    if not routes:
        known = (name for _, checked in files for name in schedules_of(checked.topology))
        _unknown(ctx, f"schedule `{name}`", name, known)
    return routes


def _arguments(
    ctx: click.Context, arguments: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...]]:
    """Tell the event from the paths: a topology is YAML, or in a folder."""
    paths = tuple(a for a in arguments if a.lower().endswith((".yaml", ".yml")) or isdir(a))
    events = [argument for argument in arguments if argument not in paths]
    if len(events) > 1:
        ctx.fail(f"one message at a time: {events[1]} is a second one")
    return (events[0] if events else None), paths


def _loaded(ctx: click.Context, event: str) -> Node:
    """Return the JSON of the event, or end."""
    loaded = load_json("<stdin>", _Input()) if event == "-" else load_json(event, Disk())
    if loaded.value is None or not loaded.ok:
        show(list(loaded.diagnostics))
        ctx.exit(FAILED)
    return loaded.value


class _Input:
    """Standard input, as a file."""

    def read(self, path: str) -> bytes:  # noqa: ARG002  # there is only one
        """Return all of it; of what is too large to be read, enough to tell."""
        return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)


def _check_use(  # noqa: PLR0913  # one an option
    ctx: click.Context,
    event: str | None,
    message: str | None,
    number: int | None,
    to: str | None,
    *,
    schedule: str | None,
    every: bool,
) -> None:
    given = event or message or to or number is not None
    if every and (given or schedule):
        ctx.fail("--all takes no message: it is about all of them")
    if schedule and given:
        ctx.fail("--schedule takes no message: it says itself what it sends, and where to")
    if not every and event is None and message is None and schedule is None:
        ctx.fail("route what? give EVENT.json, --message NAME, --schedule NAME, or --all")
    if number is not None and (message is None or event is not None):
        ctx.fail("--example is the number of an example of --message, without EVENT.json")


def _checked(
    ctx: click.Context, paths: list[str], environment: str | None
) -> list[tuple[str, Checked]]:
    """Return the files in each environment, all without errors, or end."""
    files: list[tuple[str, Checked]] = []
    found: list[Diagnostic] = []
    workspace = Workspace(Disk())
    for path in paths:
        outcome = analyse(path, workspace)
        found += [d for d in outcome.diagnostics if d.is_error]
        if outcome.value is not None:
            checked = within(ctx, outcome.value, environment)
            files += ((path, one) for one in each(checked))
    if found:
        show(found)
        ctx.exit(status(found, strict=False))
    return files


def _knowing(
    ctx: click.Context, files: list[tuple[str, Checked]], message: str | None, to: str | None
) -> list[tuple[str, Checked, Message | None, Place | None]]:
    """Return the files that have the message and the place, whatever they call them, or end."""
    topologies = [checked.topology for _, checked in files]
    nothing: list[tuple[None, ...]] = [(None,)] * len(files)
    named = same_messages(topologies, message) if message else nothing
    places = same_places(topologies, to) if to else nothing
    if message and not any(named):
        _unknown(ctx, f"message `{message}`", message, (n for t in topologies for n in t.messages))
    if to and not any(places):
        known = (reference(place) for topology in topologies for place in topology.places)
        _unknown(ctx, f"place `{to}`", to, known)
    return [
        (path, checked, meant, place)
        for (path, checked), those, there in zip(files, named, places, strict=True)
        for meant in those
        for place in there
    ]


def _unknown(ctx: click.Context, what: str, name: str, known: Iterable[str]) -> NoReturn:
    hint = did_you_mean(name, known)
    ctx.fail(f"there is no {what}" + (f"; {hint}" if hint else ""))


def _example(
    ctx: click.Context, checked: Checked, message: Message | None, number: int, place: Place | None
) -> Outcome[tuple[Input, ...]]:
    if message is None:
        return Outcome(None)  # `_check_use` has seen to it
    count = len(message.examples)
    if number >= count:
        some = f"{count} example{'s' if count > 1 else ''}, the first is 0" if count else "none"
        ctx.fail(f"`{message.name}` has no example {number}: {some}; give a payload as EVENT.json")
    given = example(checked.topology, checked.links, message, number, place)
    if not given.value and not given.diagnostics:
        ctx.fail(f"`{message.name}` is published nowhere; say where with --to")
    return given


def _show_matrices(ctx: click.Context, files: list[tuple[str, Checked]], form: str) -> NoReturn:
    made = [(path, matrix(checked.topology)) for path, checked in files]
    if form == "json":
        _print_json(
            matrices=[
                matrix_json(path, found.topology, one)
                for (path, one), (_, found) in zip(made, files, strict=True)
            ]
        )
    else:
        several = _several(files)
        texts = [
            (path, found.topology, _titled(found.topology, matrix_text(one), several=several))
            for (path, found), (_, one) in zip(files, made, strict=True)
        ]
        say("\n\n".join(by_environment(texts)))
    ctx.exit(CLEAN)


def _titled(topology: Topology, text: str, *, several: bool) -> str:
    return f"{topology.service}\n\n{text}" if several else text


def _print_json(**content: Any) -> None:
    say_json({"version": 1, **content})
