"""Carry out a plan: everything to temporary files first, then one rename after the other.

A full disk or a read-only folder shows before the first rename; should a rename fail after all,
the files that were replaced get their old bytes back.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import BinaryIO

from msgc.diagnostics import Diagnostic
from msgc.output.plan import Change, Plan, unwritable

_TEMPORARY = ".msgc-tmp"


def apply(plan: Plan) -> tuple[Diagnostic, ...]:
    """Make the disk what the plan says; after a diagnostic, the disk is what it was before."""
    transaction = _Transaction()
    for change in plan.having("create", "update"):
        try:
            transaction.prepare(change)
        except OSError as error:
            transaction.undo()
            return (unwritable(change.path, change.span, error),)
    for change in plan.having("create", "update", "stale"):
        try:
            transaction.commit(change)
        except OSError as error:
            transaction.undo()
            return (unwritable(change.path, change.span, error),)
    for change in plan.having("stale"):
        _tidy(change)
    return ()


class _Transaction:
    def __init__(self) -> None:
        self.made: list[str] = []
        self.temporary: dict[Change, str] = {}
        self.done: list[Change] = []

    def prepare(self, change: Change) -> None:
        """Write the new bytes beside the file, with the permissions that the file has or gets."""
        folder, name = os.path.split(change.target)
        self._make(folder)
        path = os.path.join(folder, f".{name}{_TEMPORARY}")
        with _new(path) as file:
            self.temporary[change] = path
            file.write(change.after or b"")
        if change.before is not None:
            os.chmod(path, os.stat(change.target).st_mode & 0o7777)

    def commit(self, change: Change) -> None:
        """Put the file in its place, or remove it."""
        if change.after is None:
            os.unlink(change.target)
        else:
            os.replace(self.temporary[change], change.target)
            del self.temporary[change]
        self.done.append(change)

    def undo(self) -> None:
        """Put everything back as it was, as far as the machine lets us."""
        for path in self.temporary.values():
            with suppress(OSError):
                os.unlink(path)
        for change in reversed(self.done):
            with suppress(OSError):
                if change.before is None:
                    os.unlink(change.target)
                else:
                    with open(change.target, "wb") as file:
                        file.write(change.before)
        for folder in reversed(self.made):
            with suppress(OSError):
                os.rmdir(folder)

    def _make(self, folder: str) -> None:
        missing: list[str] = []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for name in reversed(missing):
            os.mkdir(name)
            self.made.append(name)


def _new(path: str) -> BinaryIO:
    try:
        return open(path, "xb")
    except FileExistsError:  # left behind by a build that was killed
        os.unlink(path)
        return open(path, "xb")


def _tidy(change: Change) -> None:
    """Remove what a stale module leaves behind: its bytecode, and folders that are empty now."""
    folder, name = os.path.split(change.target)
    cache = os.path.join(folder, "__pycache__")
    stem = name.removesuffix(".py")
    with suppress(OSError):
        for cached in os.listdir(cache):
            if cached.startswith(f"{stem}.") and cached.endswith(".pyc"):
                os.unlink(os.path.join(cache, cached))
        os.rmdir(cache)
    with suppress(OSError):
        os.rmdir(folder)
