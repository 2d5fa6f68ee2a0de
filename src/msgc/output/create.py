"""Start a project: new files only, all or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress


def create(folder: str, files: Mapping[str, str]) -> None:
    """Write new files below `folder`, which is made if it isn't there.

    Raises `FileExistsError` before anything is written if one of them exists, and `OSError`, with
    nothing left behind, if one can't be written.
    """
    for name in files:
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            raise FileExistsError(17, "File exists", path)
    os.makedirs(folder, exist_ok=True)
    written: list[str] = []
    try:
        for name, text in files.items():
            path = os.path.join(folder, name)
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError:
        with suppress(OSError):
            for path in written:
                os.unlink(path)
        raise
