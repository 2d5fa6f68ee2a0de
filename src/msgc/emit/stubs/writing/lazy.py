"""Write packages that import a name when it is first asked for (PEP 562).

A frozen dataclass takes the better part of a millisecond to make: with two hundred messages an
eager package would cost every function that imports it most of a second of cold start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgc.emit.python_writer import PythonWriter


def lazy_package(
    docstring: str,
    exports: Mapping[str, str],
    runtime: str | None = None,
    pragmas: Iterable[str] = (),
) -> str:
    """Return the text of an `__init__.py`; `exports` maps names to modules, relative or not.

    `runtime` is a package that is imported first, wherever it lies (see `vendored`).
    """
    names = sorted(exports, key=_place)
    writer = PythonWriter(docstring)
    for line in pragmas:
        writer.pragma(line)
    if names:
        writer.use("importlib", "import_module")
        writer.use("typing", "TYPE_CHECKING")
    for name in names:
        writer.use(exports[name], name, typing_only=True)
    if runtime is not None:
        with writer.block("try:"):
            writer.line(f'import_module("{runtime}")')
        with writer.block("except ModuleNotFoundError:"):
            writer.lines(["from ._runtime import load", "", "load()"])
        writer.line()
    _literal(writer, "__all__ = [", [f'"{name}"' for name in names], "]")
    if not names:
        return writer.render()
    writer.line()
    entries = [f'"{name}": "{exports[name]}"' for name in names]
    _literal(writer, "_MODULES = {", entries, "}")
    writer.line()
    with writer.block("if not TYPE_CHECKING:"):
        writer.line()
        with writer.block("def __getattr__(name):"):
            with writer.block("if name not in _MODULES:"):
                writer.line('message = f"module {__name__!r} has no attribute {name!r}"')
                writer.line("raise AttributeError(message)")
            writer.line("module = import_module(_MODULES[name], __name__)")
            writer.line("globals()[name] = value = getattr(module, name)")
            writer.line("return value")
        # Not for type checkers, to whom `list` is the module of a message `List`.
        writer.lines(["", "def __dir__():", "    return __all__"])
    return writer.render()


def _place(name: str) -> tuple[int, list[str | tuple[int, str]]]:
    """Return where ruff has a name in `__all__`: constants, classes, others; `V2` before `V10`."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[0].isupper() else 2
    parts = [name] if name.isalpha() else re.split(r"([0-9]+)", name)
    return kind, [_number(part) if part.isdigit() else part for part in parts]


def _number(digits: str) -> tuple[int, str]:
    """Return what numbers are sorted by, however many digits they have."""
    significant = digits.lstrip("0")
    return len(significant), significant


def _literal(writer: PythonWriter, head: str, items: list[str], tail: str) -> None:
    """Write a literal with an item a line from the second item on: a diff shows what came."""
    if len(items) < 2:
        writer.line(head + ", ".join(items) + tail)
        return
    with writer.block(head, tail):
        writer.lines(f"{item}," for item in items)
