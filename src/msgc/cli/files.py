"""Find the messaging.yaml files that a command's arguments mean, in and below folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NoReturn

from msgc.disk import NAMES, messaging_folders
from msgc.source import Disk
from msgc.workspace import copies


def topologies(paths: tuple[str, ...]) -> list[str]:
    """Return the files that are meant, each once: those given, or the one that is nearest.

    A folder stands for the messaging.yaml in it, or else for all of them below it, without those
    that others import as copies (`import: {file: vendor/shop/messaging.yaml}`). Two in one of the
    folders below are both taken, which is told beside what they say. Without a path it is the
    current folder; if there is none in it or below it, then the nearest folder above
    that has one, as far up as the repository goes.
    """
    found: dict[tuple[str, str], str] = {}
    for file in _meant(paths):
        folder, name = os.path.split(file)
        found.setdefault((os.path.realpath(folder), name), os.path.normpath(file))
    return [path.replace(os.sep, "/") for path in found.values()]


def topology_in(folder: str) -> str | None:
    """Return the path of the messaging.yaml in a folder; two of them are wrong usage."""
    paths = (os.path.join(folder, name) for name in NAMES)
    found = [path for path in paths if os.path.lexists(path) and not os.path.isdir(path)]
    if len(found) > 1:
        where = "here" if folder == "." else f"in {os.path.normpath(folder)}"
        message = f"there are {' and '.join(NAMES)} {where}: one of them has to go"
        raise _wrong_usage(message)
    return found[0] if found else None


def _meant(paths: tuple[str, ...]) -> list[str]:
    if not paths:
        found = _in_or_below(".") or list(_above())
        if not found:
            _fail_for_none("here, below or above")
        return found
    found = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        below = _in_or_below(path)
        if not below:
            _fail_for_none("here or below" if path == "." else f"in or below {path}")
        found += below
    return found


def _wrong_usage(message: str) -> Exception:
    import click  # noqa: PLC0415  # see `msgc.cli.plain`

    return click.UsageError(message)


def _fail_for_none(where: str) -> NoReturn:
    message = f"there is no {NAMES[0]} {where}; `msgc init` makes one"
    raise _wrong_usage(message)


def _in_or_below(folder: str) -> list[str]:
    here = topology_in(folder)
    return [here] if here is not None else list(_below(folder))


def _below(folder: str) -> Iterator[str]:
    found = (
        os.path.join(parent, name)
        for parent, names in messaging_folders(folder)
        for name in names
        if not os.path.isdir(os.path.join(parent, name))
    )
    paths = tuple(os.path.normpath(path).replace(os.sep, "/") for path in found)
    vendored = copies(paths, Disk()) if len(paths) > 1 else frozenset()
    yield from (path for path in paths if path not in vendored)


def _above() -> Iterator[str]:
    """Yield the nearest one above, unless a repository ends before it."""
    try:
        here, folder = os.getcwd(), "."
    except FileNotFoundError:  # somebody removed it
        return
    while not os.path.lexists(os.path.join(here, ".git")) and os.path.dirname(here) != here:
        here, folder = os.path.dirname(here), os.path.join("..", folder)
        found = topology_in(folder)
        if found is not None:
            yield found
            return
