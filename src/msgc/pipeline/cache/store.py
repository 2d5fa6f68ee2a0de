"""Where what is kept lies: a file for each service, in the user's folder for caches.

Not in the repository: what comes with one may not tell msgc what its files compile to.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

from msgc.disk import read_regular
from msgc.workspace.looks import digest

_UNUSED = 30 * 24 * 60 * 60
"""Seconds after which what nobody asked for is removed."""


def folder() -> str:
    """Return the folder: the system's own, or what `MSGC_CACHE_DIR` names."""
    named = os.environ.get("MSGC_CACHE_DIR")
    if named:
        return named
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "msgc", "builds")


class Store:
    """Reads and writes the files of one folder; where it can't, nothing is kept."""

    def __init__(self, folder: str, stamp: str) -> None:
        """Take a folder, and what all that is kept depends on: msgc itself, above all."""
        self._folder = folder
        self._stamp = stamp

    def load(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        try:
            return read_regular(self._path(key))
        except OSError:
            return None

    def save(self, kept: dict[str, bytes]) -> None:
        """Keep each of these under its key, and remove what has long not been used."""
        with suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            for key, content in kept.items():
                path = self._path(key)
                temporary = f"{path}.{os.getpid()}"
                with open(temporary, "wb") as file:
                    file.write(content)
                os.replace(temporary, path)
            self._tidy()

    def _path(self, key: str) -> str:
        name = digest(f"{self._stamp}\0{key}".encode("utf-8", "surrogateescape"))
        return os.path.join(self._folder, f"{name}.json")

    def _tidy(self) -> None:
        oldest = time.time() - _UNUSED
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    os.unlink(entry.path)
