"""Ways from one generated file to another, which hold wherever the project lies."""

from __future__ import annotations

from posixpath import relpath

_DEEP = "/x" * 99
"""A folder from which `..` never leads above the root."""


def way(file: str, target: str) -> tuple[int, str]:
    """Return how far up in `parents` of a file a folder lies, and the path from there on.

    Both are relative to messaging.yaml, as `Build` has them.
    """
    folder = file.rpartition("/")[0]
    steps = relpath(f"{_DEEP}/{target}", f"{_DEEP}/{folder}").split("/")
    up = steps.count("..")
    return up, "/".join(steps[up:])
