"""Shell completion of the names of findings, and of what files declare.

Only the text of a file is read, so that completing is fast, and says nothing of broken files.
"""

from __future__ import annotations

from contextlib import suppress
from os.path import isdir

import click

from msgc.cli.files import topologies
from msgc.tree import Mapping

_PLACES = {"topics": "topic", "queues": "queue", "buses": "bus"}
_THINGS = {
    **_PLACES, "subscriptions": "subscription", "consumers": "consumer", "producers": "producer",
    "messages": "message",
}  # fmt: skip


def findings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001  # click's signature
    """Return the names of findings, or their ids if that is what is being written."""
    from msgc import catalog  # noqa: PLC0415  # `explain` has it, others need not

    typed = incomplete.casefold()
    ids = typed[:1] == "m" and "msg".startswith(typed[:3])
    words = [word for code in catalog.CODES for word in ((code.id,) if ids else (code.name,))]
    if ids:
        words += [code.name for code in catalog.CODES]
    return [word for word in words if word.casefold().startswith(typed)]


def messages(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001  # click's signature
    """Return the messages of the files that are meant."""
    return [name for name in _declared(ctx, "messages") if name.startswith(incomplete)]


def places(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001  # click's signature
    """Return the places of the files that are meant, as `topic/orders`."""
    every = [f"{kind}/{name}" for word, kind in _PLACES.items() for name in _declared(ctx, word)]
    return [place for place in (*every, "bus/default") if place.startswith(incomplete)]


def schedules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001  # click's signature
    """Return what is from a schedule in the files that are meant."""
    every = (*_declared(ctx, "subscriptions", "schedule"), *_declared(ctx, "consumers", "schedule"))
    return [name for name in every if name.startswith(incomplete)]


def explained(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of findings, and what the files that are meant have of things."""
    things = [f"{kind}/{name}" for word, kind in _THINGS.items() for name in _declared(ctx, word)]
    own = [thing for thing in things if thing.startswith(incomplete)]
    return [*own, *findings(ctx, param, incomplete)]


def _declared(ctx: click.Context, section: str, origin: str = "") -> list[str]:
    """Return the names of a section in every file; none of those that can't be read.

    With an `origin`, those of what is from there.
    """
    from msgc.source import Disk  # noqa: PLC0415  # only to complete
    from msgc.syntax import load  # noqa: PLC0415  # likewise

    given = (
        *(ctx.params.get("arguments") or ()),
        *ctx.args,
    )  # before an option that lacks its value
    paths = tuple(a for a in given if isdir(a) or a.lower().endswith((".yaml", ".yml")))
    found: dict[str, None] = {}
    with suppress(click.UsageError, OSError):
        for path in topologies(paths):
            document = load(path, Disk()).value
            node = document.root.get(section) if document is not None else None
            if isinstance(node, Mapping):
                names = (name for name in node.entries if _is_from(node, name, origin))
                found.update(dict.fromkeys(names))
    return list(found)


def _is_from(section: Mapping, name: str, origin: str) -> bool:
    if not origin:
        return True
    entry = section.get(name)
    start = entry.get("from") if isinstance(entry, Mapping) else None
    return isinstance(start, Mapping) and origin in start.entries
