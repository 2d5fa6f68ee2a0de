"""Find a function by name in a Python file, from its syntax tree, without running it."""

from __future__ import annotations

import re
from typing import Any

_DYNAMIC = frozenset({"exec", "eval", "globals", "vars", "locals", "setattr", "__getattr__"})
"""Names by which a module can come to have anything."""


class UnparsableError(Exception):
    """A file that is no Python; the text says where and why."""


def defines(source: str, name: str) -> bool:
    """Return whether a module has a name: defined, assigned or imported; or may have it.

    Raises `UnparsableError`. Most files have a line that says it; the others are parsed.
    """
    if f"\ndef {name}(" in source:
        return True  # as in most
    said = rf"^(?:(?:async\s+)?def|class)\s+{name}\b|^{name}\s*(?::[^=\n]+)?=[^=]"
    if re.search(said, source, re.MULTILINE):
        return True
    return not names_of(source).isdisjoint({name, "*", *_DYNAMIC})


def names_of(source: str) -> set[str | None]:
    """Return all names that a module binds or looks up outside its functions.

    `*` stands for those of another module. A name that a function declares as `global` counts.
    Raises `UnparsableError`.
    """
    import ast  # noqa: PLC0415  # for few, and not cheap

    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) else ""
        message = f"{line}{getattr(error, 'msg', error)}"
        raise UnparsableError(message) from None
    found: set[str | None] = set()
    waiting: list[ast.AST] = [*module.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            for inner in ast.walk(node):
                found.update(inner.names if isinstance(inner, ast.Global) else ())
            waiting += node.decorator_list
        elif not isinstance(node, ast.Lambda):
            found.update(_bound(node))
            waiting += ast.iter_child_nodes(node)
    return found


def _bound(node: Any) -> tuple[str | None, ...]:
    """Return what one node of a syntax tree binds by itself, or looks up that is dynamic."""
    match type(node).__name__:
        case "Import" | "ImportFrom":
            return tuple(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case "Name" if type(node.ctx).__name__ == "Store" or node.id in _DYNAMIC:
            return (node.id,)
        case "ExceptHandler" | "MatchAs" | "MatchStar":
            return (node.name,)
        case "MatchMapping":
            return (node.rest,)
        case _:
            return ()
