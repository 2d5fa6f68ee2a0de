"""Which files a command is about: the paths of its arguments, and what lies below folders."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

NAME = "messaging.yaml"

_SKIPPED = frozenset({"node_modules", "cdk.out", "__pycache__", "venv", "site-packages"})


def topologies(paths: tuple[str, ...]) -> list[str]:
    """Return the files that are meant, each once: `messaging.yaml` here, or those given.

    A folder stands for the messaging.yaml in it, or else for all of them below it.
    """
    found = {
        os.path.normpath(file): None for path in (paths or (".",)) for file in _topologies(path)
    }
    return [path.replace(os.sep, "/") for path in found]


def _topologies(path: str) -> list[str]:
    if not os.path.isdir(path):
        return [path]
    here = os.path.join(path, NAME)
    if os.path.isfile(here):
        return [here]
    below = list(_below(path))
    if not below:
        where = "here or below" if path == "." else f"in or below {path}"
        message = f"there is no {NAME} {where}; `msgc init` makes one"
        raise click.UsageError(message)
    return below


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _SKIPPED
        )
        if NAME in names:
            yield os.path.join(parent, NAME)
