"""Note what a file is compiled from: each look at a file or another service, with its answer.

Looked again and answered the same, the file compiles to the same. What was looked at for several
services and is kept for all of them counts for each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from msgc.source import Files

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Look = tuple[str, ...]
"""What was done, and with what: `("read", "orders/messaging.yaml")`."""


def digest(content: bytes) -> str:
    """Return what stands for some bytes."""
    import hashlib  # noqa: PLC0415  # 3 ms, and few commands note what they look at

    return hashlib.blake2b(content, digest_size=16).hexdigest()


class Clock:
    """Compares moments with now: what is found of a schedule changes when it is over."""

    def __init__(self, note: Callable[[Look, Callable[[], str]], None] | None = None) -> None:
        """Tell `note` of each question, with its answer."""
        self._note = note

    def is_past(self, moment: str) -> bool:
        """Return whether a moment is over, as ISO 8601 has it, with its offset from UTC."""
        from datetime import UTC, datetime  # noqa: PLC0415  # few files have schedules

        found = datetime.fromisoformat(moment) < datetime.now(UTC)
        return self._noted(("is_past", moment), found)

    def today(self) -> tuple[int, int, int]:
        """Return year, month and day, in UTC."""
        now = time.gmtime()
        return self._noted(("today",), now[:3])

    def _noted(self, look: Look, answer: V) -> V:
        if self._note is not None:
            self._note(look, lambda: str(answer))
        return answer


class Looks:
    """Files, read through others; what is read is noted as long as somebody wants to know."""

    def __init__(self, files: Files) -> None:
        """Read through `files`."""
        self._files = files
        self.clock = Clock(self.note)
        self._open: list[dict[Look, str]] = []
        self._behind: dict[tuple[int, Hashable], dict[Look, str]] = {}
        """What was looked at for what is kept in a dictionary under a key."""

    @contextmanager
    def noting(self) -> Iterator[dict[Look, str]]:
        """Note all looks; those around go on noting, too."""
        seen: dict[Look, str] = {}
        noting = self._open
        noting.append(seen)
        try:
            yield seen
        finally:
            noting.pop()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Hide looks from those who note: what they come to is noted as one look instead."""
        around, self._open = self._open, [{}] if self._open else []
        try:
            yield
        finally:
            self._open = around

    def note(self, look: Look, answer: Callable[[], str]) -> None:
        """Note a look; its answer is worked out if somebody wants to know."""
        if self._open:
            said = answer()
            for seen in self._open:
                seen[look] = said

    def once(self, kept: dict[K, V], key: K, make: Callable[[], V]) -> V:
        """Return what is kept under a key, made if it isn't yet; what it was made of is noted."""
        behind = self._behind.get((id(kept), key))
        if self._open and behind is None:  # new, or made while nobody wanted to know
            with self.noting() as seen:
                kept[key] = make()
            self._behind[id(kept), key] = seen
        elif key not in kept:
            kept[key] = make()
        elif self._open and behind is not None:
            for look, answer in behind.items():
                self.note(look, lambda answer=answer: answer)  # type: ignore[misc]
        return kept[key]

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that the user named; raises `OSError`."""
        return self._bytes(("read", path), lambda: self._files.read(path))

    def read_referred(self, path: str, origin: str) -> bytes:
        """Return the bytes of a file that the file `origin` names; raises `OSError`."""
        look = ("read_referred", path, origin)
        return self._bytes(look, lambda: self._files.read_referred(path, origin))

    def messaging_files(self, origin: str) -> tuple[str, ...]:
        """Return the paths of all messaging files in the repository of the file `origin`."""
        found = self._files.messaging_files(origin)
        self.note(("messaging_files", origin), lambda: _listed(found))
        return found

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:
        """Return the paths of files in or below a folder that fit a pattern, sorted."""
        found = self._files.matching(pattern, folder)
        self.note(("matching", pattern, folder), lambda: _listed(found))
        return found

    def _bytes(self, look: Look, ask: Callable[[], bytes]) -> bytes:
        try:
            found = ask()
        except OSError as error:
            why = f"{type(error).__name__} {error.errno}"
            self.note(look, lambda: why)
            raise
        self.note(look, lambda: digest(found))
        return found


def _listed(paths: tuple[str, ...]) -> str:
    return digest("\0".join(paths).encode("utf-8", "surrogateescape"))
