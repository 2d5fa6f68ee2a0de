"""What a generated stack is in one environment: every choice by the environment is made."""

from __future__ import annotations

import ast
from typing import Any


class _Specialise(ast.NodeTransformer):
    """Fills in what the construct knows of one environment, and takes every choice by it."""

    def __init__(self, environment: str, in_names: str) -> None:
        self._values = {
            "environment": environment,
            "suffix": in_names and f"-{in_names}",
            "root": in_names and f"/{in_names}",
        }

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        is_own = isinstance(node.value, ast.Name) and node.value.id == "self"
        if is_own and node.attr in self._values and isinstance(node.ctx, ast.Load):
            return ast.Constant(self._values[node.attr])
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        node = self.generic_visit(node)  # type: ignore[assignment]
        if isinstance(node.value, ast.Dict) and isinstance(node.slice, ast.Constant):
            keys = [key.value for key in node.value.keys if isinstance(key, ast.Constant)]
            return node.value.values[keys.index(node.slice.value)]
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> Any:
        node = self.generic_visit(node)  # type: ignore[assignment]
        parts: list[ast.expr] = []
        for each in node.values:
            part = each
            if isinstance(each, ast.FormattedValue) and isinstance(each.value, ast.Constant):
                part = each.value
            before = parts[-1] if parts else None
            if isinstance(part, ast.Constant) and isinstance(before, ast.Constant):
                parts[-1] = ast.Constant(f"{before.value!s}{part.value!s}")
            else:
                parts.append(part)
        if len(parts) == 1 and isinstance(parts[0], ast.Constant):
            return parts[0]
        return ast.JoinedStr(parts)

    def visit_If(self, node: ast.If) -> Any:
        test = ast.unparse(self.visit(node.test))
        holds = eval(test)  # noqa: S307  # a comparison of our own constants
        return [self.visit(each) for each in node.body] if holds else None

    def visit_Call(self, node: ast.Call) -> Any:
        node = self.generic_visit(node)  # type: ignore[assignment]
        node.keywords = [one for one in node.keywords if not _is_left_out(one)]
        return node


def _is_left_out(keyword: ast.keyword) -> bool:
    """Whether a keyword says what the kit does without it."""
    value = keyword.value
    return (isinstance(value, ast.Constant) and value.value is None) or (
        isinstance(value, ast.Tuple) and not value.elts
    )


def methods(module: str, environment: str = "", in_names: str = "") -> dict[str, str]:
    """Return the bodies of the methods that make something, as they are in an environment."""
    (construct, _) = (n for n in ast.parse(module).body if isinstance(n, ast.ClassDef))
    made = [n for n in construct.body if isinstance(n, ast.FunctionDef) and n.name[:5] == "_add_"]
    found = {}
    for method in made:
        if environment:
            _Specialise(environment, in_names).visit(method)
        whole = [ast.unparse(ast.fix_missing_locations(node)) for node in method.body[1:]]
        if whole:
            found[method.name] = "\n".join(whole)
    return found
