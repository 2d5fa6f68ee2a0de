"""Write the files of a new project, all or none, and overwrite nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress


def create(folder: str, files: Mapping[str, str]) -> None:
    """Write new files below `folder`; it and the folders of the files are made if need be.

    Raises `FileExistsError` before anything is written if one of them exists, and `OSError`, with
    nothing left behind, if one can't be written.
    """
    for name in files:
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            raise FileExistsError(17, "File exists", path)
    written: list[str] = []
    made: list[str] = []
    try:
        for name, text in files.items():
            path = os.path.join(folder, name)
            _make(os.path.dirname(os.path.abspath(path)), made)
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError:
        for path in written:
            with suppress(OSError):
                os.unlink(path)
        for path in reversed(made):
            with suppress(OSError):
                os.rmdir(path)
        raise


def _make(folder: str, made: list[str]) -> None:
    """Make a folder and what it lies in, and list what was made."""
    if not os.path.isdir(folder):
        _make(os.path.dirname(folder), made)
        os.mkdir(folder)
        made.append(folder)
