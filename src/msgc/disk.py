"""Reading files safely: regular ones only, within a limit, and never waiting for a writer.

A FIFO, a device or a socket has no size, may never end, or does something when it is opened. So
what a path names is looked at before it is opened, and again once it is open, when nobody can put
something else in its place any more.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator

MAX_FILE_BYTES = 16 * 1024 * 1024
"""The largest file that is read, in bytes."""

NAMES = ("messaging.yaml", "messaging.yml")
"""What a messaging file may be called; two of them in one folder are one too many."""

_CHUNK = 1024 * 1024
SKIPPED = frozenset({"node_modules", "cdk.out", "__pycache__", "venv", "site-packages"})
"""Folders in which nobody writes a messaging.yaml of their own."""
_VERSION_CONTROL = (".git", ".hg", ".jj", ".svn")
"""What lies at the top of a repository. Nothing in it is read (git keeps credentials there)."""
_MARKS = frozenset(_VERSION_CONTROL)
_FLAGS = os.O_RDONLY
for _flag in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK"):  # as far as the system has them
    _FLAGS |= getattr(os, _flag, 0)


class NotRegularError(OSError):
    """The path names a device, a FIFO or a socket; `strerror` says which."""


class TooLargeError(OSError):
    """The file has more bytes than the limit."""


class OutsideError(OSError):
    """The path leads out of the repository."""


def read_regular(path: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises `NotRegularError`, `TooLargeError`, or whatever `OSError` the system has for it.
    """
    _refuse_nul(path)
    _check(os.stat(path), path, limit)
    descriptor = os.open(path, _FLAGS)
    try:
        _check(os.fstat(descriptor), path, limit)
        return _all(descriptor, path, limit)
    finally:
        os.close(descriptor)


def read_head(path: str, size: int) -> bytes:
    """Return the first bytes of a regular file of any size; raises `OSError`."""
    _refuse_nul(path)
    _check(os.stat(path), path, None)
    descriptor = os.open(path, _FLAGS)
    try:
        _check(os.fstat(descriptor), path, None)
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def read_within(path: str, top: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a regular file below the folder `top`, symbolic links followed first.

    Raises `OutsideError` too, whether or not there is such a file outside.
    """
    _refuse_nul(path)
    real, top = os.path.realpath(path), os.path.realpath(top)
    inside = _inside(real, top)
    if inside is None or is_version_control(inside):
        raise OutsideError(errno.EACCES, "it leads out of the repository", path)
    return read_regular(real, limit)


def is_below(path: str, top: str) -> bool:
    """Whether a path leads to a folder or to something in it, symbolic links followed."""
    real, top = os.path.realpath(path), os.path.realpath(top)
    return real == top or _inside(real, top) is not None


def is_version_control(path: str) -> bool:
    """Whether a path leads into what git or another version control keeps for itself."""
    return not set(_VERSION_CONTROL).isdisjoint(path.lower().split(os.sep))


def repository(folder: str) -> str:
    """Return the top of the repository that a folder lies in, or the folder if it is in none."""
    here = at = os.path.realpath(folder)
    while not any(os.path.lexists(os.path.join(at, mark)) for mark in _VERSION_CONTROL):
        above = os.path.dirname(at)
        if above == at:
            return here
        at = above
    return at


def messaging_folders(top: str, *, one_repository: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders with messaging files, `top` or below it, and the names of these.

    Hidden folders and those of installed packages are left out, and with `one_repository` what
    lies in other repositories below `top`.
    """
    for parent, folders, names in os.walk(top):
        if one_repository and parent != top and not _MARKS.isdisjoint((*folders, *names)):
            folders[:] = ()
            continue
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in SKIPPED
        )
        there = [name for name in NAMES if name in names]
        if there:
            yield parent, there


def _inside(path: str, top: str) -> str | None:
    """Return a real path relative to the real path of a folder, or None if it isn't below it."""
    start = top.rstrip(os.sep) + os.sep
    same = os.path.normcase(path).startswith(os.path.normcase(start))
    return path[len(start) :] if same else None


def _refuse_nul(path: str) -> None:
    if "\0" in path:
        raise OSError(errno.EINVAL, "a path can't have a NUL character", path)


def _check(status: os.stat_result, path: str, limit: int | None) -> None:
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(mode):
        raise NotRegularError(errno.EINVAL, _kind(mode), path)
    if limit is not None and status.st_size > limit:
        raise TooLargeError(errno.EFBIG, f"the file has {_mebibytes(status.st_size)}", path)


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _all(descriptor: int, path: str, limit: int) -> bytes:
    """Read to the end; a file may grow while it is read, and some in /proc have no size."""
    chunks: list[bytes] = []
    left = limit + 1
    while left and (chunk := os.read(descriptor, min(left, _CHUNK))):
        chunks.append(chunk)
        left -= len(chunk)
    if not left:
        raise TooLargeError(errno.EFBIG, f"the file has more than {_mebibytes(limit)}", path)
    return b"".join(chunks)


def _mebibytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MiB"
