"""Every regular expression in msgc's own code looks through any text in linear time."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]  # Python's parser has no other name
from re import _parser as sre  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import msgc
from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.backtracking import growth
from msgc.payloads.regex.characters import SETS, Ranges, complement
from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Characters,
    Concatenation,
    Group,
    Look,
    Part,
    Repeat,
)

FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}


BY_REASON = {
    r"(?<![^\s])#+[ \t]*msgc:[^\n\r]*": "of a run of `#`, the lookbehind lets in the first only",
    r"(?:[&!][^\s,\[\]{}]*(?:\s|#[^\n]*\n)*)+": "it can't fail any more behind its first character",
}
"""What is linear by more than the ways through it."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(msgc.__path__, "msgc."):
        if found.name not in ("msgc.__main__", "msgc.synth.runner"):
            yield importlib.import_module(found.name)


def expressions() -> Iterator[tuple[str, str, str]]:
    """Yield the place, the expression, and the function that takes it."""
    for module in modules():
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in FUNCTIONS
            ):
                place = f"{module.__name__}:{node.lineno}"
                pattern = _text(node.args[0], module)
                if pattern is not None:
                    yield place, pattern, _function(text, node)


def _function(text: str, node: ast.Call) -> str:
    """Return how an expression is used: of one that is compiled, see what is called on it."""
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr != "compile":
        return node.func.attr
    lines = text.split("\n")
    after = lines[(node.end_lineno or node.lineno) - 1][node.end_col_offset or 0 :]
    if at_once := re.match(r"\.(\w+)", after):
        return at_once[1]
    name = lines[node.lineno - 1].partition("=")[0].strip()
    used = re.findall(rf"\b{re.escape(name)}\.(\w+)\(", text) if name.isidentifier() else []
    return "match" if used and ANCHORED.issuperset(used) else "search"


def _text(node: ast.expr, module: ModuleType) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        value = getattr(module, node.id, None)
        return value if isinstance(value, str) else None
    return None


def test_there_are_many() -> None:
    assert len(list(expressions())) > 60


@pytest.mark.parametrize(
    ("place", "pattern", "function"), [pytest.param(*each, id=each[0]) for each in expressions()]
)
def test_linear(place: str, pattern: str, function: str) -> None:
    assert place
    if pattern in BY_REASON:
        return
    root = _part(list(sre.parse(pattern, re.VERBOSE if "\n    " in pattern else 0)))
    if function in ANCHORED:
        start = Assertion(start=0, end=0, kind="start")
        root = Concatenation(start=0, end=0, parts=(start, root))
    if function == "fullmatch":
        end = Assertion(start=0, end=0, kind="end")
        root = Concatenation(start=0, end=0, parts=(root, end))
    assert growth(root, Backreferences(root, some=False), 10 * len(pattern)) is None, pattern


def _part(items: list[Any]) -> Part:
    """Return Python's parse of an expression in the parts of ours."""
    return Concatenation(start=0, end=0, parts=tuple([_one(op, value) for op, value in items]))


def _one(op: Any, value: Any) -> Part:  # noqa: C901, PLR0911  # one a kind
    if op is ops.LITERAL:
        return _characters(((value, value),))
    if op is ops.NOT_LITERAL:
        return _characters(complement(((value, value),)))
    if op is ops.ANY:
        return _characters(complement(((10, 10),)))
    if op is ops.IN:
        return _characters(_ranges(value))
    if op is ops.BRANCH:
        return Alternation(start=0, end=0, options=tuple([_part(list(each)) for each in value[1]]))
    if op is ops.SUBPATTERN:
        return Group(start=0, end=0, body=_part(list(value[3])))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, body = value
        most = None if most is ops.MAXREPEAT else int(most)
        return Repeat(start=0, end=0, body=_part(list(body)), least=int(least), most=most)
    if op is ops.AT:
        kind = {
            ops.AT_BEGINNING: "start", ops.AT_BEGINNING_STRING: "start", ops.AT_END: "end",
            ops.AT_END_STRING: "end", ops.AT_BOUNDARY: "boundary",
        }[value]  # fmt: skip
        return Assertion(start=0, end=0, kind=kind)  # type: ignore[arg-type]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        direction, body = value
        negative = op is ops.ASSERT_NOT
        return Look(start=0, end=0, body=_part(list(body)), behind=direction < 0, negative=negative)
    if op is ops.GROUPREF:  # of one length
        return Concatenation(start=0, end=0, parts=())
    raise NotImplementedError(op)


def _characters(ranges: Ranges) -> Characters:
    return Characters(start=0, end=0, ranges=ranges)


CATEGORIES = {
    ops.CATEGORY_DIGIT: SETS["d"], ops.CATEGORY_NOT_DIGIT: SETS["D"], ops.CATEGORY_SPACE: SETS["s"],
    ops.CATEGORY_NOT_SPACE: SETS["S"], ops.CATEGORY_WORD: SETS["w"],
    ops.CATEGORY_NOT_WORD: SETS["W"],
}  # fmt: skip


def _ranges(items: list[Any]) -> Ranges:
    ranges: list[tuple[int, int]] = []
    negated = False
    for op, value in items:
        if op is ops.NEGATE:
            negated = True
        elif op is ops.LITERAL:
            ranges.append((value, value))
        elif op is ops.RANGE:
            ranges.append(value)
        else:
            ranges += CATEGORIES[value]
    return complement(ranges) if negated else tuple(ranges)
