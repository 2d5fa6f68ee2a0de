"""Lock output folders, so that only one build at a time writes there.

The lock is the folder itself where the system can lock one: nothing is written for it, nothing is
left behind, and whatever ends the process ends the lock. Windows can't; there it is a file in the
user's folder for temporary files.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

_PAUSE = 0.05
"""Seconds between two tries."""


class BusyError(Exception):
    """Another build has held a folder for too long; `folder` is where."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder


@contextmanager
def locked(
    folders: Iterable[str], *, waiting: Callable[[str], None], seconds: float = 60
) -> Iterator[None]:
    """Lock these folders against other builds; call `waiting` before waiting for one.

    Raises `BusyError` after so many seconds of waiting for one folder. A folder that can't be
    locked (some network file systems) is not.
    """
    held: list[int] = []
    try:
        # In one order, so that two builds of several folders never wait for each other.
        for folder in sorted({os.path.realpath(folder or ".") for folder in folders}):
            try:
                held.append(_open(folder))
            except OSError:
                continue
            _wait(held[-1], folder, waiting, seconds)
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)  # ends the lock


def _wait(descriptor: int, folder: str, waiting: Callable[[str], None], seconds: float) -> None:
    end = time.monotonic() + seconds
    said = False
    while _taken(descriptor):
        if not said:
            waiting(folder)
            said = True
        if time.monotonic() >= end:
            raise BusyError(folder)
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt
    import tempfile
    from zlib import crc32

    def _open(folder: str) -> int:
        name = f"msgc-{crc32(os.path.normcase(folder).encode()):08x}.lock"
        return os.open(os.path.join(tempfile.gettempdir(), name), os.O_RDWR | os.O_CREAT)

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return True
        return False

else:
    import fcntl

    def _open(folder: str) -> int:
        return os.open(folder, os.O_RDONLY)

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # a file system without locks
            return False
        return False
