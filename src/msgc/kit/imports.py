"""What Python files import of one package, read from their syntax trees.

Names are dotted and begin below the package: `OrderPlaced`, `consumers.invoicing.handler`. Behind
a `*` stands that all of it may be meant. What type checkers alone look at isn't imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

EVERYTHING = "*"
_DYNAMIC = re.compile(rb"importlib|__import__|runpy|pkgutil|zipimport")
_HARMLESS = {"metadata", "resources", "reload", "invalidate_caches"}
"""What `importlib` has besides ways to import by a name."""
_CALLS = {"import_module", "__import__"}


def imported(source: bytes, package: str, *, own: bool = True) -> set[str]:
    """Return the names that a file imports of the package; `*` if that can't be told.

    `own` is code that was written with the package in mind. A library that came from an index
    imports many a thing by a name, but not this.
    """
    named = package.encode() in source
    if not named and not (own and _DYNAMIC.search(source)):
        return set()
    try:
        nodes = list(executed(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError):
        return {EVERYTHING}
    found = _names(nodes, package)
    if own:
        found |= _dynamic(nodes) | _texts(nodes, package)
    return found


def relative(tree: ast.Module, room: str) -> set[str]:
    """Return the names that a module of the package imports by dots; `room` is where it lies."""
    found: set[str] = set()
    for node in executed(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            parts = room.split(".") if room else []
            parts = parts[: len(parts) - node.level + 1]
            base = [*parts, *([node.module] if node.module else [])]
            found |= {".".join([*base, alias.name]) for alias in node.names}
    return found


def executed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a tree, but for what stands below `if TYPE_CHECKING`."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, ast.If) and _is_for_checkers(node.test):
            todo += node.orelse
        else:
            todo += ast.iter_child_nodes(node)


def _is_for_checkers(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _names(nodes: list[ast.AST], package: str) -> set[str]:
    """Return what import statements name, and what is read of the packages they bind."""
    found: set[str] = set()
    bound: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first, _, rest = alias.name.partition(".")
                if first == package:
                    found.add(rest)
                    bound[alias.asname or first] = rest if alias.asname else ""
        elif isinstance(node, ast.ImportFrom) and not node.level:
            first, _, rest = (node.module or "").partition(".")
            if first == package:
                for alias in node.names:
                    name = _below(rest, alias.name)
                    found.add(name)
                    bound[alias.asname or alias.name] = name
    return found | _read(nodes, bound)


def _read(nodes: list[ast.AST], bound: dict[str, str]) -> set[str]:
    """Return the attributes that are read of what is bound; all of it if it is handed around."""
    found: set[str] = set()
    roots: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute):
            names: list[str] = []
            inner: ast.expr = node
            while isinstance(inner, ast.Attribute):
                names.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in bound:
                roots.add(id(inner))
                found.add(_below(bound[inner.id], ".".join(reversed(names))))
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in bound and id(node) not in roots:
            found.add(_below(bound[node.id], EVERYTHING))
    return found


def _dynamic(nodes: list[ast.AST]) -> set[str]:
    """Return `*` if something is imported by a name that isn't written there."""
    literal = {
        id(node.func)
        for node in nodes
        if isinstance(node, ast.Call) and node.args and _is_absolute(node.args[0])
    }
    for node in nodes:
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
                unclear = any(
                    alias.asname and alias.name == "importlib" for alias in names
                )
            case ast.ImportFrom(module=module, names=names, level=0):
                modules = [f"{module}.{alias.name}" for alias in names]
                unclear = any(
                    alias.asname and alias.name in _CALLS and module == "importlib"
                    for alias in names
                )
            case ast.Name(id=name):
                modules, unclear = [], name in _CALLS and id(node) not in literal
            case ast.Attribute(attr=name, value=ast.Name(id="importlib")):
                modules = [f"importlib.{name}"]
                unclear = name in _CALLS and id(node) not in literal
            case _:
                continue
        if unclear or any(map(_imports_by_name, modules)):
            return {EVERYTHING}
    return set()


def _is_absolute(argument: ast.expr) -> bool:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return isinstance(value, str) and not value.startswith(".")


def _imports_by_name(module: str) -> bool:
    """Whether a module or function is for imports by names, calls of which aren't looked at."""
    first, _, rest = module.partition(".")
    if first == "importlib":
        name = rest.partition(".")[0]
        return bool(name) and name not in _HARMLESS and name not in _CALLS
    return first in {"runpy", "pkgutil", "zipimport"}


def _texts(nodes: list[ast.AST], package: str) -> set[str]:
    """Return what texts name: `"checkout_messaging.consumers.invoicing"` is imported by somebody."""
    dotted = re.compile(rf"{re.escape(package)}((?:\.\w+)*)")
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = dotted.fullmatch(node.value)
            if match is not None:
                found.add(_below(match[1].lstrip("."), EVERYTHING))
    return found


def _below(name: str, rest: str) -> str:
    return f"{name}.{rest}" if name else rest
