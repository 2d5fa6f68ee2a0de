"""`StubWriter`: message classes by name, unions, and aliases in generated modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from msgc.emit.python_writer import PythonWriter, call, call_lines
from msgc.emit.stubs.writing.location import Location
from msgc.emit.stubs.writing.names import message_module
from msgc.topology.messages import Message

_LONGEST_UNION = 50
"""Columns: a longer one gets a name, and its members a line each."""


MAY_USE_DEPRECATED = (
    '# mypy: disable-error-code="deprecated"',
    "# pyright: reportDeprecated=false",
)
"""Comments of modules that name a deprecated message: what to do about it is up to its users."""


class StubWriter(PythonWriter):
    """A module of the package; `taken` are names that no message class may take in it."""

    def __init__(
        self, docstring: str, location: Location, *, up: str = "..", taken: Iterable[str] = ()
    ) -> None:
        """Start a module; `up` are the dots that lead to the folder with a runtime of its own."""
        super().__init__(docstring)
        self._up = up
        self._location = location
        self._taken = frozenset(taken)

    def runtime(self, module: str, name: str, *, typing_only: bool = False) -> str:
        """Import something of the runtime."""
        return self.use(self._location.module(module, self._up), name, typing_only=typing_only)

    def message(self, message: Message, *, typing_only: bool = False) -> str:
        """Import a message's class and return what it is called here."""
        name = message.name
        if message.deprecated is not None:
            for line in MAY_USE_DEPRECATED:
                self.pragma(line)
        if name in self._taken:
            name = f"{name} as {name}Message"
        module = f"..messages.{message_module(message)}"
        return self.use(module, name, typing_only=typing_only)

    def reader(self, message: Message, name: str) -> str:
        """Import what reads a message that is one of several classes, and return its name here."""
        module = message_module(message)
        alias = f"{module.upper() if name.isupper() else module}_{name}"
        return self.use(f"..messages.{module}", f"{name} as {alias}")

    def union(self, messages: Iterable[Message], alias: str) -> str:
        """Return the union of message classes, for annotations: by an alias if it is long."""
        members = [self.message(message, typing_only=True) for message in messages]
        flat = " | ".join(members)
        if len(flat) <= _LONGEST_UNION:
            return flat
        self.typing_alias(alias, members)
        return alias

    def typing_alias(self, name: str, members: list[str]) -> None:
        """Write a type alias of classes that are imported for type checkers only."""
        flat = f'{name}: {self.use("typing", "TypeAlias")} = "{" | ".join(members)}"'
        if len(flat) <= self.room:
            self.line(flat)
        else:
            self.use("typing", "TYPE_CHECKING")
            with self.block("if TYPE_CHECKING:"):
                self.alias(name, members)
        self.line()

    def alias(self, name: str, members: list[str]) -> None:
        """Write a type alias."""
        flat = f"{name}: TypeAlias = {' | '.join(members)}"
        if len(flat) <= self.room:
            self.line(flat)
        elif len(members) == 1:
            with self.block(f"{name}: TypeAlias = (", ")"):
                self.line(members[0])
        else:
            with self.block(f"{name}: TypeAlias = (", ")"):
                self.line(members[0])
                self.lines(f"| {member}" for member in members[1:])

    @contextmanager
    def signature(self, head: str, parameters: list[str], tail: str) -> Iterator[None]:
        """Write the head of a class or a function, and indent what comes inside."""
        *lines, last = call_lines(head, parameters, tail, self.room)
        self.lines(lines)
        with self.block(last):
            yield

    def text(self, text: str) -> None:
        """Write lines that may hold several."""
        self.lines(text.split("\n"))


def described(first: str, description: str) -> str:
    """Return a docstring: what it is, and below that what the file says about it."""
    return f"{first}\n\n{description.strip()}" if description.strip() else first


def grouped(number: int) -> str:
    """Return a number with its thousands marked."""
    return f"{number:_}"


def mapping(writer: PythonWriter, values: str) -> str:
    """Return the annotation of a class's table, by name."""
    class_var, table = writer.use("typing", "ClassVar"), writer.use("collections.abc", "Mapping")
    return f"{class_var}[{table}[str, {values}]]"


def tuple_of(head: str, items: list[str], room: int) -> str:
    """Return `head` and a tuple: on one line if it fits in `room`, else an item a line."""
    flat = f"{head}({items[0]},)" if len(items) == 1 else ""
    if flat and "\n" not in flat and len(flat) <= room:
        return flat
    return call(f"{head}(", items, 0 if flat else room)  # a single item needs its comma
