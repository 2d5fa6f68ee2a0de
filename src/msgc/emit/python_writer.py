"""`PythonWriter`: writes lines, blocks and docstrings, and the imports that they need.

What it writes is what `ruff format` (88 columns, defaults) would leave alone, so that generated
code needs no formatter and no exception in anybody's pre-commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgc.emit.python_imports import WIDTH, import_lines


class PythonWriter:
    """Collects one module. `use` records an import and returns the name to write."""

    def __init__(self, docstring: str, *, banner: str = "", pragma: str = "") -> None:
        """Start a module; `banner` and `pragma` are comment lines above the docstring."""
        self._head = [line for line in (*banner.splitlines(), *pragma.splitlines()) if line]
        self._docstring = docstring
        self._imports: dict[str, set[str]] = {}
        self._modules: set[str] = set()
        self._typing_only: dict[str, set[str]] = {}
        self._lines: list[str] = []
        self.indent = ""
        """The indentation of the current block."""

    def pragma(self, line: str) -> None:
        """Add a comment line above the docstring, once."""
        if line not in self._head:
            self._head.append(line)

    # Imports

    def use(self, module: str, name: str, *, typing_only: bool = False) -> str:
        """Record `from module import name` and return `name` (the alias, for `x as y`)."""
        table = self._typing_only if typing_only else self._imports
        if module in table:
            table[module].add(name)
        else:
            table[module] = {name}
        return name.rpartition(" as ")[2] if " " in name else name

    def use_module(self, module: str) -> str:
        """Record `import module` (or `import x as y`) and return the name to write."""
        self._modules.add(module)
        return module.rpartition(" as ")[2]

    # Lines

    @property
    def room(self) -> int:
        """Columns left in a line of the current block."""
        return WIDTH - len(self.indent)

    def line(self, text: str = "") -> None:
        """Write one line, indented; an empty text is an empty line."""
        self._lines.append(f"{self.indent}{text}" if text else "")

    def lines(self, lines: Iterable[str]) -> None:
        """Write several lines."""
        indent, written = self.indent, self._lines
        for text in lines:
            written.append(indent + text if text else "")

    def block(self, opening: str, closing: str | None = None) -> Block:
        """Write a line, indent what comes inside, and write the closing line if there is one."""
        self.line(opening)
        return Block(self, closing)

    def indented(self) -> Block:
        """Indent what comes inside, under an opening that is written already."""
        return Block(self, None)

    def comment(self, text: str) -> None:
        """Write a comment, wrapped."""
        for line in _wrap(text, self.room - 2):
            self.line(f"# {line}")

    def docstring(self, text: str) -> None:
        """Write a docstring: one line if it fits, else wrapped, its closing quotes on a line."""
        self.lines(docstring_lines(text, self.room))

    def statement(self, head: str, arguments: Iterable[str], tail: str = ")") -> None:
        """Write `head` + arguments + `tail` on one line if it fits, else an argument a line.

        `head` ends with the opening bracket. An argument may have several lines already (a nested
        call made with `call`); then everything is exploded.
        """
        self.lines(call_lines(head, list(arguments), tail, self.room))

    def assignment(self, target: str, value: str) -> None:
        """Write `target = value`, the value in brackets where it has room there and not here."""
        if len(target) + 3 + len(value) <= self.room or len(value) + 4 > self.room:
            self.line(f"{target} = {value}")
        else:
            self.lines([f"{target} = (", f"    {value}", ")"])

    # The module

    def render(self) -> str:
        """Return the module's text, with the imports sorted as `ruff check --select I` has them."""
        body = list(self._lines)
        while body and not body[0]:
            body.pop(0)
        while body and not body[-1]:
            body.pop()
        out = [*self._head, *docstring_lines(self._docstring, WIDTH), ""]
        out += ["from __future__ import annotations", "", *self._import_blocks()]
        while not out[-1]:
            out.pop()
        if body:
            first = next((line for line in body if not line.startswith("#")), "")
            gap = 2 if first.startswith(("class ", "def ", "@", "async ")) else 1
            out += [""] * gap + body
        return "\n".join(out) + "\n"

    def _import_blocks(self) -> list[str]:
        typing_only = {
            m: names - self._imports.get(m, set()) for m, names in self._typing_only.items()
        }
        typing_only = {module: names for module, names in typing_only.items() if names}
        if typing_only:
            self.use("typing", "TYPE_CHECKING")
        out = import_lines(self._modules, self._imports, "")
        if typing_only:
            out += ["", "if TYPE_CHECKING:", *import_lines(set(), typing_only, "    ")]
        return out


class Block:
    """What is indented while it is open. Not a generator: every class and function has one."""

    __slots__ = ("_closing", "_outer", "_writer")

    def __init__(self, writer: PythonWriter, closing: str | None) -> None:
        self._writer = writer
        self._outer = writer.indent
        self._closing = closing

    def __enter__(self) -> None:
        self._writer.indent = f"{self._outer}    "

    def __exit__(self, *_: object) -> None:
        self._writer.indent = self._outer
        if self._closing is not None:
            self._writer.line(self._closing)


def docstring_lines(text: str, room: int, *, tight: bool = False) -> list[str]:
    """Return the lines of a docstring that fits in `room` columns.

    One that is `tight`, as of a field, ends on its last line if there is room.
    """
    clean = text.strip()
    if not clean.replace("\n", "").isprintable():
        clean = "".join(c if c == "\n" or c.isprintable() else " " for c in clean)
    clean = clean.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    if clean.startswith('"'):
        clean = "\\" + clean
    # the formatter keeps a closing quotation mark apart from the docstring's own
    before = clean.removesuffix('"')
    is_quoted = (len(before) - len(before.rstrip("\\"))) % 2 == 1
    closing = ' """' if before != clean and not is_quoted else '"""'
    if "\n" not in clean and len(clean) + 3 + len(closing) <= room:
        return [f'"""{clean}{closing}']
    first, _, more = clean.partition("\n")
    rest = _dedented(more).split("\n") if more else []
    out = _wrap(f'"""{first}', room)
    for paragraph in rest:
        out += _wrap(paragraph, room) or [""]
    if len(out) == 1:  # after a single line, the formatter has no quotes on a line of their own
        out = _wrap(f'"""{first}', room - len(closing))
    if len(out) == 1:  # one word that is too long
        return [out[0] + closing]
    if tight and out[-1] and len(out[-1]) + len(closing) <= room:
        return [*out[:-1], out[-1] + closing]
    return [*out, '"""']


def _dedented(text: str) -> str:
    from textwrap import dedent  # noqa: PLC0415  # few descriptions have several lines

    return dedent(text)


def _wrap(text: str, room: int) -> list[str]:
    if len(text) <= room and text.isprintable():  # so it has no white space but blanks
        return [text.rstrip(" ")] if text.strip(" ") else []
    from textwrap import wrap  # noqa: PLC0415  # 3 ms, for descriptions that are long

    return wrap(text, room, break_on_hyphens=False, break_long_words=False)


@lru_cache(maxsize=10_000)
def string(text: str) -> str:
    """Return a string literal as the formatter has it: double quotes where they cost no more."""
    shown = repr(text)
    if shown.startswith('"'):
        return shown
    if '"' not in text:
        return f'"{shown[1:-1]}"'
    if text.count('"') > text.count("'"):
        return shown
    return '"' + shown[1:-1].replace("\\'", "'").replace('"', r"\"") + '"'


class Inserted(str):
    """An expression within an f-string; it has no quotes."""

    __slots__ = ()


def f_string(parts: Iterable[str | Inserted]) -> str:
    """Return an f-string of texts and expressions."""
    listed = tuple(parts)
    quote = string("".join(part for part in listed if not isinstance(part, Inserted)))[0]
    body = "".join(
        f"{{{part}}}" if isinstance(part, Inserted) else _escaped(part, quote) for part in listed
    )
    return f"f{quote}{body}{quote}"


def _escaped(text: str, quote: str) -> str:
    """Return a text as it stands between the quotes of an f-string."""
    shown = repr(text)
    body = shown[1:-1].replace("{", "{{").replace("}", "}}")
    if shown.startswith("'"):
        body = body.replace("\\'", "'")
    return body.replace(quote, f"\\{quote}")


def scalar(value: object) -> str:
    """Return a text, number, boolean or None as the formatter has it: `1e300`, not `1e+300`."""
    if isinstance(value, str):
        return string(value)
    return repr(value).replace("e+", "e") if isinstance(value, float) else repr(value)


def literal(value: Any, room: int, taken: int = 0) -> str:
    """Return a JSON value as Python: on one line if it fits in `room`, else an item a line.

    `taken` are the columns of its first line that are gone: a key before it, a comma after it.
    """
    if isinstance(value, dict):
        names = [string(key) for key in value]
        items = [
            f"{name}: {literal(item, room - 4, len(name) + 3)}"
            for name, item in zip(names, value.values(), strict=True)
        ]
        return "\n".join(call_lines("{", items, "}", room - taken))
    if isinstance(value, (list, tuple)):
        items = [literal(item, room - 4, 1) for item in value]
        return "\n".join(call_lines("[", items, "]", room - taken))
    return scalar(value)


def call(head: str, arguments: Iterable[str], room: int, tail: str = ")") -> str:
    """Return a call as text for use inside another: one line if it fits in `room`, else several."""
    return "\n".join(call_lines(head, list(arguments), tail, room))


def call_lines(head: str, arguments: list[str], tail: str, room: int) -> list[str]:
    """Return `head(arguments)tail` in one line if it fits, else an argument a line."""
    if not any("\n" in argument for argument in arguments):
        flat = head + ", ".join(arguments) + tail
        if len(flat) <= room:
            return [flat]
    out = [head]
    for argument in arguments:
        lines = argument.split("\n")
        lines[-1] += ","
        out += [f"    {line}" if line else "" for line in lines]
    return [*out, tail]
