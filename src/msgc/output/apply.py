"""Carry out a plan: everything to temporary names first, then one rename after the other.

A full disk or a read-only folder shows before the first rename; should a rename fail after all, or
somebody interrupt it, what was done is undone. A folder that is new is written beside its place and
renamed as a whole, and one that is stale is renamed before it is emptied: a process that is killed
leaves nothing that the next build doesn't know as its own, by its name and its banner.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable
from contextlib import suppress

from msgc.diagnostics import Diagnostic
from msgc.disk import read_regular
from msgc.output.path_findings import unwritable
from msgc.output.plan import Change, Plan
from msgc.output.temporary import is_bytecode, remove, temporary


def apply(plan: Plan) -> tuple[Diagnostic, ...]:
    """Make the disk what the plan says; after a diagnostic, the disk is what it was before."""
    for path in plan.leftovers:
        with suppress(OSError):
            remove(path)
    transaction = _Transaction()
    try:
        for change in plan.having("create", "update"):
            transaction.prepare(change)
        transaction.commit()
        transaction.take_away(plan.having("stale"))
    except OSError as error:
        transaction.undo()
        change = transaction.at or plan.changes[0]
        return (unwritable(change.path, change.span, error),)
    except BaseException:  # an interrupt
        transaction.undo()
        raise
    transaction.finish()
    return ()


class _Move:
    """A change of one file: prepared, committed, undone or finished."""

    def __init__(self, change: Change, source: str, target: str) -> None:
        self.change = change
        self.source = source
        self.target = target


class _Transaction:
    def __init__(self) -> None:
        self.at: Change | None = None
        """What is being worked on."""
        self.new_folders: dict[str, _Move] = {}
        """By the path that a folder will have."""
        self.staged: dict[str, str | None] = {}
        """Where the files of a missing folder are written; None for a folder that is there."""
        self.files: list[_Move] = []
        self.begun: list[_Move] = []
        """The moves that may have been made, of files and new folders."""
        self.removed: list[_Move] = []
        """The moves of what is stale that may have been made."""

    def prepare(self, change: Change) -> None:
        """Write the new bytes under a temporary name, in a new folder if its folder is missing."""
        self.at = change
        folder, name = os.path.split(change.target)
        if folder not in self.staged:
            self.staged[folder] = self._staged(folder, change)
        staged = self.staged[folder]
        if staged is not None:
            _write(os.path.join(staged, name), change.after or b"")
        elif _bytes_at(change.target) != change.after:  # or it was built for another service
            move = _Move(change, temporary(change.target), change.target)
            self.files.append(move)
            _write(move.source, change.after or b"")
            if change.before is not None:
                os.chmod(move.source, os.stat(change.target).st_mode & 0o7777)

    def _staged(self, folder: str, change: Change) -> str | None:
        """Make a folder under a temporary name, if it is missing."""
        if os.path.isdir(folder):
            return None
        top = _topmost_missing(folder)
        if top not in self.new_folders:
            self.new_folders[top] = _Move(change, temporary(top), top)
        staged = self.new_folders[top].source + folder[len(top) :]
        os.makedirs(staged, exist_ok=True)
        return staged

    def commit(self) -> None:
        """Put files and new folders in their places.

        Files first: a build that is killed leaves no stack without what is beside messaging.yaml.
        """
        for move in (*self.files, *self.new_folders.values()):
            self.at = move.change
            if _bytes_at(move.target) != (move.change.before if move in self.files else None):
                raise FileExistsError(errno.EEXIST, "it was changed in the meantime", move.target)
            self.begun.append(move)
            os.replace(move.source, move.target)

    def take_away(self, stale: Iterable[Change]) -> None:
        """Take what is stale out of its place; whole folders if nothing else is in them."""
        changes = {change.target: change for change in stale}
        folders = _StaleFolders(changes)
        gone: set[str] = set()
        for target, change in changes.items():
            self.at = change
            path = folders.topmost(target)
            if path in gone:
                continue
            gone.add(path)
            if path == target:
                _remove_bytecode(target)
            move = _Move(change, path, temporary(path))
            self.removed.append(move)
            os.replace(move.source, move.target)

    def undo(self) -> None:
        """Put everything back as it was, as far as the machine lets us."""
        for move in reversed(self.removed):
            with suppress(OSError):
                if not os.path.lexists(move.source):
                    os.replace(move.target, move.source)
        for move in reversed(self.begun):
            with suppress(OSError):
                _take_back(move)
        for move in (*self.files, *self.new_folders.values()):
            with suppress(OSError):
                remove(move.source)

    def finish(self) -> None:
        """Delete what was taken out of its place."""
        for move in self.removed:
            with suppress(OSError):
                remove(move.target)


def _take_back(move: _Move) -> None:
    """Undo a rename, if it was made: then what was renamed isn't there any more."""
    if os.path.lexists(move.source):
        return
    os.replace(move.target, move.source)
    before = move.change.before
    if before is not None and os.path.isfile(move.source):
        old = temporary(move.target)
        _write(old, before)
        os.chmod(old, os.stat(move.source).st_mode & 0o7777)
        os.replace(old, move.target)


def _write(path: str, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        while content:
            content = content[os.write(descriptor, content) :]
    finally:
        os.close(descriptor)


def _bytes_at(path: str) -> bytes | None:
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None


def _topmost_missing(folder: str) -> str:
    while not os.path.isdir(above := os.path.dirname(folder)):
        folder = above
    if os.path.lexists(folder):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder)
    return folder


class _StaleFolders:
    """Finds folders that have nothing in them but stale files."""

    def __init__(self, stale: Collection[str]) -> None:
        self._stale = stale
        self._known: dict[str, bool] = {}

    def topmost(self, path: str) -> str:
        """Return the highest such folder around a stale file, or the file itself."""
        while self._all(above := os.path.dirname(path)):
            path = above
        return path

    def _all(self, folder: str) -> bool:
        if folder not in self._known:
            try:
                with os.scandir(folder) as entries:
                    self._known[folder] = all(map(self._one, entries))
            except OSError:
                self._known[folder] = False
        return self._known[folder]

    def _one(self, entry: os.DirEntry[str]) -> bool:
        if entry.is_dir(follow_symlinks=False):
            return self._all(entry.path)
        return entry.path in self._stale or is_bytecode(entry.path)


def _remove_bytecode(path: str) -> None:
    """Remove the bytecode of a module whose folder stays."""
    folder, name = os.path.split(path)
    cache = os.path.join(folder, "__pycache__")
    stem = name.removesuffix(".py")
    if not os.path.isdir(cache):
        return
    names = os.listdir(cache)
    own = [name for name in names if name.startswith(f"{stem}.") and name.endswith(".pyc")]
    for cached in own:
        os.unlink(os.path.join(cache, cached))
    if len(own) == len(names):
        os.rmdir(cache)
