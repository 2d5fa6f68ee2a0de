"""Python source as it is written: lines, blocks, docstrings, and the imports it turned out to need.

What it writes is what `ruff format` (88 columns, defaults) would leave alone, so that generated
code needs no formatter and no exception in anybody's pre-commit.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

WIDTH = 88


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
        self._depth = 0

    # --- imports

    def use(self, module: str, name: str, *, typing_only: bool = False) -> str:
        """Record `from module import name` and return `name` (the alias, for `x as y`)."""
        table = self._typing_only if typing_only else self._imports
        table.setdefault(module, set()).add(name)
        return name.rpartition(" as ")[2]

    def use_module(self, module: str) -> str:
        """Record `import module` (or `import x as y`) and return the name to write."""
        self._modules.add(module)
        return module.rpartition(" as ")[2]

    # --- lines

    @property
    def indent(self) -> str:
        """The indentation of the current block."""
        return "    " * self._depth

    @property
    def room(self) -> int:
        """Columns left in a line of the current block."""
        return WIDTH - 4 * self._depth

    def line(self, text: str = "") -> None:
        """Write one line, indented; an empty text is an empty line."""
        self._lines.append(f"{self.indent}{text}" if text else "")

    def lines(self, lines: Iterable[str]) -> None:
        """Write several lines."""
        for text in lines:
            self.line(text)

    @contextmanager
    def block(self, opening: str, closing: str | None = None) -> Iterator[None]:
        """Write a line, indent what comes inside, and write the closing line if there is one."""
        self.line(opening)
        self._depth += 1
        yield
        self._depth -= 1
        if closing is not None:
            self.line(closing)

    def comment(self, text: str) -> None:
        """Write a comment, wrapped."""
        for line in textwrap.wrap(
            text, self.room - 2, break_on_hyphens=False, break_long_words=False
        ):
            self.line(f"# {line}")

    def docstring(self, text: str) -> None:
        """Write a docstring: one line if it fits, else wrapped with the quotes on their own line."""
        for line in docstring_lines(text, self.room):
            self.line(line)

    def statement(self, head: str, arguments: Iterable[str], tail: str = ")") -> None:
        """Write `head` + arguments + `tail` on one line if it fits, else an argument a line.

        `head` ends with the opening bracket. An argument may have several lines already (a nested
        call made with `call`); then everything is exploded.
        """
        for line in call_lines(head, list(arguments), tail, self.room):
            self.line(line)

    # --- the module

    def render(self) -> str:
        """Return the module's text, with the imports sorted as isort does."""
        out = [*self._head, *docstring_lines(self._docstring, WIDTH), ""]
        out += ["from __future__ import annotations", ""]
        out += self._import_blocks()
        while self._lines and not self._lines[0]:
            self._lines.pop(0)
        body = list(self._lines)
        while body and not body[-1]:
            body.pop()
        while out and not out[-1]:
            out.pop()
        if body:
            gap = 2 if body[0].startswith(("class ", "def ", "@", "async ")) else 1
            out += [""] * gap + body
        return "\n".join(out) + "\n"

    def _import_blocks(self) -> list[str]:
        out: list[str] = []
        typing_only = {
            m: names - self._imports.get(m, set()) for m, names in self._typing_only.items()
        }
        typing_only = {module: names for module, names in typing_only.items() if names}
        if typing_only:
            self.use("typing", "TYPE_CHECKING")
        for section in _sections({*self._imports, *(_real(m) for m in self._modules)}):
            plain = [m for m in self._modules if _real(m) in section]
            out += [f"import {m}" for m in sorted(plain, key=lambda m: _real(m).lower())]
            for module in section:
                if module in self._imports:
                    out += _from_import(module, self._imports[module], "")
            out.append("")
        if typing_only:
            out.append("if TYPE_CHECKING:")
            for i, section in enumerate(_sections(set(typing_only))):
                if i:
                    out.append("")
                for module in section:
                    out += _from_import(module, typing_only[module], "    ")
            out.append("")
        return out


def docstring_lines(text: str, room: int) -> list[str]:
    """Return the lines of a docstring that fits in `room` columns."""
    clean = text.strip().replace("\\", "\\\\").replace('"""', r"\"\"\"")
    if "\n" not in clean and len(clean) + 6 <= room and not clean.endswith('"'):
        return [f'"""{clean}"""']
    first, _, rest = clean.partition("\n")
    wrapped: list[str] = textwrap.wrap(
        first, room - 3, break_on_hyphens=False, break_long_words=False
    )
    out = [f'"""{wrapped[0]}', *wrapped[1:]] if wrapped else ['"""']
    for paragraph in rest.split("\n"):
        out += textwrap.wrap(paragraph, room, break_on_hyphens=False, break_long_words=False) or [
            ""
        ]
    while len(out) > 1 and not out[-1]:
        out.pop()
    return [*out, '"""']


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


def _real(module: str) -> str:
    return module.partition(" as ")[0]


def _sections(modules: set[str]) -> list[list[str]]:
    """Sort modules as isort's sections: future and stdlib, third party, relative."""
    import sys  # noqa: PLC0415  # only emitters come here

    stdlib, third, local = [], [], []
    for module in sorted(modules, key=_isort_key):
        if module.startswith("."):
            local.append(module)
        elif module.partition(".")[0] in sys.stdlib_module_names:
            stdlib.append(module)
        else:
            third.append(module)
    return [section for section in (stdlib, third, local) if section]


def _isort_key(module: str) -> tuple[int, str]:
    dots = len(module) - len(module.lstrip("."))
    return (-dots, module.lower())


def _from_import(module: str, names: set[str], indent: str) -> list[str]:
    ordered = sorted(names, key=lambda n: (not n.isupper(), not n[:1].isupper(), n.lower()))
    flat = f"{indent}from {module} import {', '.join(ordered)}"
    if len(flat) <= WIDTH:
        return [flat]
    return [
        f"{indent}from {module} import (",
        *(f"{indent}    {n}," for n in ordered),
        f"{indent})",
    ]
