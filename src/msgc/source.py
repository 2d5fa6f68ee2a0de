"""Text and places in it: a source file, a span of it, and where files are read from."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from typing import Protocol

from msgc.disk import messaging_folders, read_regular, read_within, repository


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
        start, end = self.bounds(number)
        return self.text[start:end]

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the offsets between which the text of a line stands, without its line break."""
        starts, text = self._line_starts(), self.text
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return start, end


class Span:
    """A piece of a source: from the offset `start` up to, not including, `end`."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def place(self) -> tuple[str, int]:
        """Where it starts: the path and the offset, which say it of a file with parts."""
        return self.source.path, self.start

    def holds(self, other: Span) -> bool:
        """Whether another span starts in this one; of another file it doesn't."""
        return self.source is other.source and self.start <= other.start < self.end

    def __repr__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.path}:{line}:{column}"


class Reader(Protocol):
    """Reads files by their paths."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that the user named.

        `path` is relative to the working directory or absolute. Raises `OSError` when there is no
        such file or it can't be read.
        """
        ...


class Files(Reader, Protocol):
    """Where files come from: the disk, or a revision of a repository."""

    def read_referred(self, path: str, origin: str) -> bytes:
        """Return the bytes of a file that the file `origin` names, which the user may not know.

        Raises `OSError`, with `OutsideError` for what is none of that file's business.
        """
        ...

    def messaging_files(self, origin: str) -> tuple[str, ...]:
        """Return the paths of all messaging files in the repository of the file `origin`."""
        ...

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:
        """Return the paths of files in or below a folder that fit a pattern, sorted.

        Raises `OSError` if there are too many.
        """
        ...


class Referred:
    """The files that the file `origin` may name."""

    def __init__(self, files: Files, origin: str) -> None:
        self._files = files
        self._origin = origin

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `OSError`."""
        return self._files.read_referred(path, self._origin)


class Disk:
    """Files as they are on the disk: regular ones of at most `MAX_FILE_BYTES`."""

    def __init__(self) -> None:
        self._repositories: dict[str, str] = {}
        """Of each folder the repository that it is in, which is looked for once."""
        self._messaging_files: dict[tuple[str, bool], tuple[str, ...]] = {}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, which may lie anywhere.

        A symbolic link comes with a repository, so it may not lead out of it. Raises `OSError`.
        """
        if os.path.islink(path):
            return read_within(path, self._repository(path))
        return read_regular(path)

    def read_referred(self, path: str, origin: str) -> bytes:
        """Return the bytes of a file in the repository of `origin`; raises `OSError`."""
        return read_within(path, self._repository(origin))

    def messaging_files(self, origin: str) -> tuple[str, ...]:
        """Return the paths of all messaging files in the repository of the file `origin`.

        They are relative to the working directory if `origin` is. What lies in a repository within
        the repository is none of it.
        """
        top, absolute = self._repository(origin), os.path.isabs(origin)
        if (top, absolute) not in self._messaging_files:
            found = (
                os.path.join(folder, name)
                for folder, names in messaging_folders(top, one_repository=True)
                for name in names
            )
            self._messaging_files[top, absolute] = tuple(
                (path if absolute else os.path.relpath(path)).replace(os.sep, "/") for path in found
            )
        return self._messaging_files[top, absolute]

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:
        """Return the paths of files in or below a folder that fit a pattern, sorted.

        Raises `OSError` if there are too many.
        """
        from msgc.matching import matching  # noqa: PLC0415  # for files with parts

        found = matching(pattern, folder, self._repository(f"{folder}/" if folder else ""))
        paths = (os.path.normpath(os.path.join(folder, name)) for name in found)
        return tuple(path.replace(os.sep, "/") for path in paths)

    def _repository(self, path: str) -> str:
        folder = os.path.dirname(path)
        if folder not in self._repositories:
            self._repositories[folder] = repository(folder)
        return self._repositories[folder]
