"""Find the files that a pattern means: `parts/*.yaml`, `**/*.yaml`.

Python's `glob` follows links to folders, so that two links to the folder they lie in never end.
"""

from __future__ import annotations

import errno
import os
from fnmatch import fnmatch
from itertools import islice

from msgc.disk import SKIPPED, is_below

MOST_ENTRIES = 50_000
"""Files and folders that are looked at for one pattern."""
MOST_FOUND = 1000
"""Files that one pattern may mean."""


class TooManyError(OSError):
    """There are more files than anyone would want to be read; `strerror` says of what."""


def matching(pattern: str, folder: str, top: str) -> list[str]:
    """Return the paths, relative to a folder, of files in or below it that fit a pattern; sorted.

    `*` is any name and `**` any folders, but for hidden ones and those of installed packages.
    Links to folders aren't followed, and nothing outside of the folder `top` is looked at. Raises
    `TooManyError`.
    """
    steps = tuple(step for step in pattern.split("/") if step not in ("", "."))
    walk = _Walk(folder, top)
    walk.look("", steps)
    return sorted(walk.found)


class _Walk:
    def __init__(self, folder: str, top: str) -> None:
        self._folder = folder
        self._top = top
        self._left = MOST_ENTRIES
        self._seen: set[tuple[str, tuple[str, ...]]] = set()
        """Folders, and what was left of the pattern there."""
        self.found: set[str] = set()

    def look(self, at: str, steps: tuple[str, ...]) -> None:
        """Find what fits the rest of a pattern in the folder `at`."""
        todo = [(at, steps)]
        while todo:
            at, steps = todo.pop()
            if not steps or (at, steps) in self._seen:
                continue
            self._seen.add((at, steps))
            step, *rest = steps
            if step == "**":
                todo.append((at, tuple(rest or "*")))
            for entry in self._entries(at):
                below = f"{at}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if step == "**" and not _is_skipped(entry.name):
                        todo.append((f"{below}/", steps))
                    elif step != "**" and _fits(entry.name, step):
                        todo.append((f"{below}/", tuple(rest)))
                elif not rest and step != "**" and _fits(entry.name, step) and not entry.is_dir():
                    self._add(below)

    def _entries(self, at: str) -> list[os.DirEntry[str]]:
        path = f"{self._folder}/{at}" if self._folder else at or "."
        if not is_below(path, self._top):
            return []
        try:
            with os.scandir(path) as found:
                entries = list(islice(found, self._left + 1))
        except OSError:
            return []  # a folder that nobody may list
        self._left -= len(entries)
        if self._left < 0:
            said = f"more than {MOST_ENTRIES} files and folders"
            raise TooManyError(errno.E2BIG, said, path)
        return entries

    def _add(self, path: str) -> None:
        self.found.add(path)
        if len(self.found) > MOST_FOUND:
            raise TooManyError(errno.E2BIG, f"more than {MOST_FOUND} files", path)


def _fits(name: str, step: str) -> bool:
    return fnmatch(name, step) and (step.startswith(".") or not name.startswith("."))


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED
