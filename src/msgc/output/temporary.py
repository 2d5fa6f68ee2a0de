"""Temporary names for files that a build replaces, and what killed builds left under them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator

from msgc.artifact import Banner, owner

_NAME = re.compile(r"\..+\.[0-9a-f]{16}\.msgc-tmp", re.DOTALL)
_HEAD = 4096


def temporary(path: str) -> str:
    """Return a temporary name in the folder of `path`, unique among builds."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.urandom(8).hex()}.msgc-tmp")


def is_temporary(name: str) -> bool:
    """Whether a file or folder has a name of `temporary`."""
    return _NAME.fullmatch(name) is not None


def leftovers(
    folders: Iterable[str], owners: Collection[str], banners: tuple[Banner, ...]
) -> Iterator[str]:
    """Find what builds of owners left in folders, not below them, when they were killed.

    Only what such a build wrote: a file with the banner or the beginning of one, a folder with
    nothing but such files and bytecode.
    """
    for folder in folders:
        try:
            names = sorted(filter(is_temporary, os.listdir(folder)))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            if _is_ours(path, owners, banners):
                yield path


def remove(path: str) -> None:
    """Remove a file, or a folder with all that is in it; raises `OSError`."""
    if os.path.islink(path) or not os.path.isdir(path):
        os.unlink(path)
        return
    for parent, folders, names in os.walk(path, topdown=False):
        for name in names:
            os.unlink(os.path.join(parent, name))
        for name in folders:
            below = os.path.join(parent, name)
            (os.unlink if os.path.islink(below) else os.rmdir)(below)
    os.rmdir(path)


def _is_ours(path: str, owners: Collection[str], banners: tuple[Banner, ...]) -> bool:
    if os.path.islink(path):
        return False
    if not os.path.isdir(path):
        return _is_part(path, owners, banners)
    return all(
        is_bytecode(os.path.join(parent, name))
        or _is_part(os.path.join(parent, name), owners, banners)
        for parent, _, names in os.walk(path)
        for name in names
    )


def is_bytecode(path: str) -> bool:
    """Whether Python made a file of another one."""
    folder, name = os.path.split(path)
    return os.path.basename(folder) == "__pycache__" and name.endswith(".pyc")


def _is_part(path: str, owners: Collection[str], banners: tuple[Banner, ...]) -> bool:
    """Whether a file was generated for one of these owners, as far as it was written."""
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        content = file.read(_HEAD)
    return owner(content, banners) in owners or any(
        banner.begin(each).encode().startswith(content) for banner in banners for each in owners
    )
