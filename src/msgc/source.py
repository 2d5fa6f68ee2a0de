"""Text and places in it: a source file, a span of it, and where files are read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Protocol


class Source:
    """One text file: its path as the user wrote it and its text, without a byte-order mark.

    Offsets count characters from 0; lines and columns count from 1. Lines end at LF, CRLF or CR.
    """

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (numbers from 1) without its line break."""
        starts = self._line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Span:
    """A piece of a source: from the offset `start` up to, not including, `end`."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.path}:{line}:{column}"


class Files(Protocol):
    """Where files come from: the disk, or a revision of a repository."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; `path` is relative to the working directory or absolute.

        Raises `OSError` when there is no such file or it can't be read.
        """
        ...


class Disk:
    """Files as they are on the disk."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `OSError`."""
        with open(path, "rb") as file:  # noqa: PTH123  # pathlib adds nothing to one read
            return file.read()
