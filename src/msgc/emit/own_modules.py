"""Modules of msgc itself that are copied into what it generates: the kit and the runtime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator

import msgc

Place = tuple[str, ...]
"""A module's path below a folder, by its parts, without the ending."""


def own_modules(folder: str) -> dict[Place, str]:
    """Return the texts of all modules below a folder, sorted.

    Not by importlib.resources or pathlib, whose import costs as much as to read them.
    """
    return {place: _text(folder, place) for place in sorted(_places(folder, ()))}


def stamp(what: str, texts: Iterable[str]) -> str:
    """Return the comment that says which version of the kit or runtime it is, with a hash."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return f"# The {what} of msgc {msgc.__version__}, {digest[:12]}.\n"


def _places(folder: str, room: Place) -> Iterator[Place]:
    with os.scandir(folder) as found:
        for each in found:
            name, ending = os.path.splitext(each.name)
            if ending == ".py":
                yield (*room, name)
            elif each.is_dir() and name != "__pycache__":
                yield from _places(each.path, (*room, name))


def _text(folder: str, place: Place) -> str:
    with open(f"{os.path.join(folder, *place)}.py", encoding="utf-8") as file:
        return file.read()
