"""Write type aliases: the values of enumerations, and unions that have a name."""

from __future__ import annotations

from collections.abc import Callable

from msgc.emit.python_writer import PythonWriter


class Aliases:
    """The aliases of one module that are yet to be written."""

    def __init__(self, writer: PythonWriter, symbol: Callable[[str, str], str]) -> None:
        """Write to a module; `symbol` imports a name of another one."""
        self._writer = writer
        self._symbol = symbol
        self._literals: list[tuple[str, list[str], str]] = []
        self._unions: list[tuple[str, list[str]]] = []

    def literal(self, name: str, items: list[str], *, is_open: bool = False) -> None:
        """Let an enumeration be written; an open one takes other texts, too."""
        self._literals.append((name, items, " | str" if is_open else ""))

    def union(self, name: str, items: list[str]) -> None:
        """Let a union be written."""
        self._unions.append((name, items))

    def write_literals(self) -> None:
        """Write the values of enumerations that the last class has."""
        for i, (name, items, others) in enumerate(self._literals):
            head = f"{name}: {self._symbol('typing', 'TypeAlias')} = "
            literal = self._symbol("typing", "Literal")
            room = self._writer.room
            self._writer.lines([""] if i else ["", ""])
            if others and len(f"{head}{literal}[{', '.join(items)}]{others}") > room:
                lines = _listed(f"{literal}[", items, "]", room - 4)
                end = f"){_SKIP}" if lines[-1].endswith(_SKIP) else ")"
                lines = [line.removesuffix(_SKIP) for line in lines]
                with self._writer.block(f"{head}(", end):
                    self._writer.lines([*lines, others.strip()])
                continue
            tail = f"]{others}"
            self._writer.lines(_listed(f"{head}{literal}[", items, tail, room))
        self._literals.clear()

    def write_unions(self) -> None:
        """Write the unions that have names, when all their classes are there."""
        for name, items in self._unions:
            self.write_union(name, items)
        self._unions.clear()

    def write_union(self, name: str, items: list[str]) -> None:
        """Write a union that has a name."""
        head = f"{name}: {self._symbol('typing', 'TypeAlias')} = "
        flat = " | ".join(items)
        self._writer.lines(["", ""])
        if len(head) + len(flat) <= self._writer.room:
            self._writer.line(head + flat)
            return
        with self._writer.block(f"{head}(", ")"):
            if len(flat) <= self._writer.room:
                self._writer.line(flat)
            else:
                self._writer.line(items[0])
                self._writer.lines(f"| {item}" for item in items[1:])


_SKIP = "  # fmt: skip"


def _listed(head: str, items: list[str], tail: str, room: int) -> list[str]:
    """Return values between a head and a tail: on one line, on one of their own, or on several."""
    values = ", ".join(items)
    if len(head) + len(values) + len(tail) <= room:
        return [f"{head}{values}{tail}"]
    if len(values) + 4 <= room:
        return [head, f"    {values}", tail]
    lines = [head]
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > room and line.strip():
            lines.append(line)
            line = "   "
        line += f" {item},"
    return [*lines, line, f"{tail}{_SKIP}"]
