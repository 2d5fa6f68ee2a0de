"""Read an inventory: what msgc writes, line by line; all else is told, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from msgc.artifact import HASH
from msgc.diagnostics import Diagnostic
from msgc.evolution.codes import CONFLICT, UNREADABLE
from msgc.evolution.inventory.entry import ALONE, Entry
from msgc.evolution.inventory.lines import BEFORE, GONE, HOLDS
from msgc.record import Record
from msgc.source import Source, Span

_OURS, _BASE, _MIDDLE, _THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_MENDED = "restore the file as it was committed, then run `msgc build`: nobody edits it by hand"
_MERGED = "run `msgc build`: it takes what either side holds for deployed, and writes the file anew"
_TEXTS = frozenset({"key", "stack", "id", "type", "name", "wire", "envelope", "filter",
                    "removal", "why"})  # fmt: skip
_MAPPINGS = frozenset({"names", "filters", "fixed", "keeps"})
_LISTS = frozenset({"of", "waits", "attributes", "may"})
_ENVIRONMENTS = frozenset({"off", "only", "protected"})
_FLAGS = _ENVIRONMENTS | {"others"}
_PLAIN_ENDS = frozenset(",{}[]\" '")


class Line(Record):
    """A line of an inventory, with its place."""

    entry: Entry
    text: str
    """The flow mapping."""
    span: Span


class Inventory(Record):
    """An inventory as it was read."""

    service: str | None
    """For which it was written, as its first line says."""
    holds: tuple[Line, ...]
    gone: tuple[Line, ...]
    problems: tuple[Diagnostic, ...]
    """Lines that msgc didn't write so."""
    conflict: Diagnostic | None
    """The first mark of a merge that wasn't finished; then it has the lines of both sides."""


class _MisreadError(Exception):
    """What is wrong with a line."""


def read(source: Source) -> Inventory:
    """Return what an inventory says."""
    reading = _Reading(source)
    for number, text in enumerate(source.text.splitlines(), 1):
        reading.take(number, text)
    return reading.finished()


class _Reading:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: dict[str, list[Line]] = {HOLDS: [], GONE: []}
        self._section = ""
        self._in_base = False
        self._problems: list[Diagnostic] = []
        self._conflict: Diagnostic | None = None

    def take(self, number: int, text: str) -> None:
        """Read one more line."""
        if text.startswith((_OURS, _BASE, _MIDDLE, _THEIRS)):
            self._mark(number, text)
        elif self._in_base or not text.strip() or text.startswith("#"):
            return
        elif text in {HOLDS, GONE}:
            self._section = text
        elif text == f"{HOLDS} []":
            self._section = HOLDS
        elif self._section and text.startswith(f"{BEFORE}{{"):
            self._entry(number, text.removeprefix(BEFORE).rstrip())
        else:
            self._problem(number, "it is neither `holds:`, `gone:` nor a line below one of these")

    def finished(self) -> Inventory:
        """Return all that was read."""
        holds = self._lines[HOLDS]
        if self._conflict is None:
            self._twice(holds)
        once = {line.text: line for line in holds}  # both sides of a merge have most of them
        return Inventory(
            service=HASH.owner(self._source.text.encode()),
            holds=tuple(once.values()),
            gone=tuple({line.text: line for line in self._lines[GONE]}.values()),
            problems=tuple(self._problems),
            conflict=self._conflict,
        )

    def _mark(self, number: int, text: str) -> None:
        self._in_base = text.startswith(_BASE)
        if self._conflict is None:
            said = f"line {number} is a mark of a merge that isn't finished"
            self._conflict = CONFLICT.at(self._span(number), said, help=_MERGED)

    def _entry(self, number: int, text: str) -> None:
        try:
            entry = _Flow(text).entry()
            if bool(entry.why) != (self._section == GONE):
                message = "`why` belongs to a line of `gone`, and to each of them"
                raise _MisreadError(message)  # noqa: TRY301  # one way to tell of a line
        except _MisreadError as error:
            self._problem(number, str(error))
            return
        self._lines[self._section].append(Line(entry=entry, text=text, span=self._span(number)))

    def _twice(self, lines: list[Line]) -> None:
        seen: set[str] = set()
        for line in lines:
            if line.entry.key in seen:
                number, _ = self._source.position(line.span.start)
                self._problem(number, f"`{line.entry.key}` is there twice")
            seen.add(line.entry.key)

    def _problem(self, number: int, why: str) -> None:
        said = f"line {number} isn't as msgc writes it: {why}"
        self._problems.append(UNREADABLE.at(self._span(number), said, help=_MENDED))

    def _span(self, number: int) -> Span:
        return Span(self._source, *self._source.bounds(number))


class _Flow:
    """Reads one flow mapping."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def entry(self) -> Entry:
        """Return the entry that the whole text is."""
        found = self._mapping()
        if self._at != len(self._text):
            message = f"`{self._text[self._at :][:20]}` is left over"
            raise _MisreadError(message)
        if "key" not in found:
            message = "it has no `key`"
            raise _MisreadError(message)
        return Entry(**dict(_fields(found)))

    def _value(self) -> object:
        match self._text[self._at : self._at + 1]:
            case "{":
                return self._mapping()
            case "[":
                return self._list()
            case _:
                return self._scalar()

    def _mapping(self) -> dict[str, object]:
        found: dict[str, object] = {}
        self._expect("{")
        while not self._follows("}"):
            if found:
                self._expect(", ")
            key = self._scalar(ends=":")
            self._expect(": ")
            if key in found:
                message = f"`{key}` is there twice"
                raise _MisreadError(message)
            found[key] = self._value()
        return found

    def _list(self) -> list[str]:
        found: list[str] = []
        self._expect("[")
        while not self._follows("]"):
            if found:
                self._expect(", ")
            found.append(self._scalar())
        return found

    def _scalar(self, ends: str = "") -> str:
        if self._follows('"'):
            return "".join(self._quoted())
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in _PLAIN_ENDS:
            if ends and self._text[self._at] == ends:
                break
            self._at += 1
        if start == self._at:
            self._miss("a value")
        return self._text[start : self._at]

    def _quoted(self) -> Iterator[str]:
        while not self._follows('"'):
            character = self._text[self._at : self._at + 1]
            self._at += 1
            if character == "\\":
                yield self._escape()
            elif character:
                yield character
            else:
                message = "a quote isn't closed"
                raise _MisreadError(message)

    def _escape(self) -> str:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        if character in {"\\", '"'}:
            return character
        digits = self._text[self._at : self._at + 8]
        self._at += 8
        try:
            if character == "U":
                return chr(int(digits, 16))
        except (ValueError, OverflowError):
            pass
        message = f"`\\{character}` is no escape that msgc writes"
        raise _MisreadError(message)

    def _follows(self, text: str) -> bool:
        found = self._text.startswith(text, self._at)
        self._at += len(text) * found
        return found

    def _expect(self, text: str) -> None:
        if not self._follows(text):
            self._miss(f"`{text.strip()}`")

    def _miss(self, wanted: str) -> NoReturn:
        found = self._text[self._at :][:20]
        message = f"{wanted} is missing" + (f" before `{found}`" if found else "")
        raise _MisreadError(message)


def _fields(found: dict[str, object]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an entry, each checked for its kind."""
    for name, value in found.items():
        match value:
            case str() if name in {"name", "filter"}:
                yield f"{name}s", {ALONE: value}
            case str() if name in _TEXTS:
                yield name, value
            case "true" if name in _FLAGS:
                yield name, (ALONE,) if name in _ENVIRONMENTS else True
            case dict() if name in _MAPPINGS and all(isinstance(v, str) for v in value.values()):
                yield name, value
            case list() if name in _LISTS | _ENVIRONMENTS:
                yield name, tuple(value)
            case _ if name in _TEXTS | _MAPPINGS | _LISTS | _FLAGS:
                message = f"`{name}` has another kind of value"
                raise _MisreadError(message)
            case _:
                message = f"`{name}` is no word of an inventory"
                raise _MisreadError(message)
