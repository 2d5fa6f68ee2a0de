"""Guarded unions: which classes they have, and where code takes one apart other than by `match`."""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any

import msgc
from msgc.kinds import Kind, Way
from msgc.record import Record

DECLARING = ("kinds", "topology", "links", "stack")
"""The rooms whose unions are guarded: all of two or more records, named or only annotated."""

COPIED = ("kit", "runtime")
"""The rooms that are copied into what is generated, and import nothing of the others."""

_SCRIPTS = ("msgc.__main__", "msgc.synth.runner")

Classes = frozenset[type[Record]]


class Refusal(typing.NamedTuple):
    """A line, and what is wrong there."""

    line: int
    what: str


def modules(*, of: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> Iterator[ModuleType]:
    """Import and yield the modules of some rooms; without any, those of all `but` some."""
    for found in pkgutil.walk_packages(msgc.__path__, "msgc."):
        room = found.name.split(".")[1]
        if found.name not in _SCRIPTS and room not in but and (room in of or not of):
            yield importlib.import_module(found.name)


def guarded() -> Classes:
    """Return the members of all guarded unions, and what they derive from."""
    found: set[type[Record]] = set()
    for module in modules(of=DECLARING):
        for value in vars(module).values():
            found.update(_members(value))
            if isinstance(value, type) and value.__module__ == module.__name__:
                for annotation in typing.get_type_hints(value).values():
                    found.update(_members(annotation))
    bases = {base for member in found for base in member.__mro__ if issubclass(base, Record)}
    return frozenset(bases - {Record})


def _members(annotation: Any) -> Iterator[type[Record]]:
    """Yield the records of the unions in a type, where one has two or more."""
    parts = typing.get_args(annotation)
    records = [part for part in parts if isinstance(part, type) and issubclass(part, Record)]
    if _is_union(annotation) and len(records) > 1:
        yield from records
    for part in parts:
        yield from _members(part)


def _is_union(value: Any) -> bool:
    return typing.get_origin(value) in (typing.Union, UnionType)


def in_module(module: ModuleType, classes: Classes) -> tuple[Refusal, ...]:
    """Return what is refused in a module."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    return in_text(text, vars(module), classes)


def in_text(text: str, names: Mapping[str, Any], classes: Classes) -> tuple[Refusal, ...]:
    """Return what is refused in a text, given what its global names stand for."""
    reader = _Reader(names, classes)
    return tuple(
        Refusal(node.lineno, what)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.expr, ast.stmt))
        for what in reader.refused(node)
    )


class _Reader:
    """Looks at single nodes of one module's syntax tree."""

    def __init__(self, names: Mapping[str, Any], classes: Classes) -> None:
        self._names = names
        self._classes = classes
        self._has_some = any(self._is_member(one) for v in names.values() for one in _flat(v))

    def refused(self, node: ast.expr | ast.stmt) -> Iterator[str]:
        """Yield what is wrong with a node by itself."""
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, tested]):
                yield from self._in_test(tested)
            case ast.Compare(left=left, comparators=others):
                yield from self._in_comparison([left, *others])
            case ast.Dict(keys=keys) if any(self._is_class(key) for key in keys if key):
                yield "classes as keys"
            case ast.Match(subject=subject, cases=cases):
                yield from self._in_match(subject, cases)
            case _:
                pass

    def _in_test(self, tested: ast.expr) -> Iterator[str]:
        known = vars(builtins).keys() | self._names.keys()
        if self._stands_for_member(tested):
            yield f"a test for {ast.unparse(tested)}"
        elif self._has_some and not known.issuperset(_loaded(tested)):
            yield f"a test for {ast.unparse(tested)}, which may be anything"

    def _in_comparison(self, operands: list[ast.expr]) -> Iterator[str]:
        for operand in operands:
            if isinstance(operand, ast.Attribute) and operand.attr == "word":
                yield f"a comparison of {ast.unparse(operand)}"
            elif self._stands_for_member(operand):
                yield f"a comparison with {ast.unparse(operand)}"

    def _in_match(self, subject: ast.expr, cases: list[ast.match_case]) -> Iterator[str]:
        on_top = [part for case in cases for part in _alternatives(case.pattern)]
        for pattern in on_top:
            for below in ast.walk(pattern):
                if below is not pattern and self._is_of_member(below):
                    yield f"a pattern within another, {ast.unparse(pattern)}: what does it leave?"
        if any(map(self._is_of_member, on_top)) and not _is_never(cases[-1]):
            yield f"a match of {ast.unparse(subject)} that doesn't end in assert_never"

    def _is_of_member(self, pattern: ast.AST) -> bool:
        match pattern:
            case ast.MatchClass(cls=named) | ast.MatchValue(value=named):
                return self._stands_for_member(named)
            case _:
                return False

    def _is_class(self, node: ast.expr) -> bool:
        return isinstance(self._value(node), type) and self._stands_for_member(node)

    def _stands_for_member(self, node: ast.expr) -> bool:
        """Whether an expression is a guarded class, a kind or a way, or has one in it."""
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return any(map(self._stands_for_member, parts))
            case ast.BinOp(left=left, right=right):
                return self._stands_for_member(left) or self._stands_for_member(right)
            case _:
                return any(map(self._is_member, _flat(self._value(node))))

    def _value(self, node: ast.expr) -> Any:
        """Return what a name of the module stands for, `None` for what isn't known."""
        match node:
            case ast.Name(id=name):
                return self._names.get(name)
            case ast.Attribute(value=value, attr=name):
                of = self._value(value)
                return getattr(of, name, None) if isinstance(of, (ModuleType, type)) else None
            case _:
                return None

    def _is_member(self, value: Any) -> bool:
        return isinstance(value, (Kind, Way)) or (
            isinstance(value, type) and value in self._classes
        )


def _loaded(node: ast.expr) -> Iterator[str]:
    return (name.id for name in ast.walk(node) if isinstance(name, ast.Name))


def _flat(value: Any) -> Iterator[Any]:
    """Yield what a union or a collection has, or the value itself."""
    if isinstance(value, (tuple, list, set, frozenset)):
        parts = tuple(value)
    elif _is_union(value):
        parts = typing.get_args(value)
    else:
        yield value
        return
    for part in parts:
        yield from _flat(part)


def _alternatives(pattern: ast.pattern) -> Iterator[ast.pattern]:
    """Yield what a pattern offers: two of `Queue() | Topic() as place`."""
    match pattern:
        case ast.MatchOr(patterns=parts):
            for part in parts:
                yield from _alternatives(part)
        case ast.MatchAs(pattern=ast.pattern() as part):
            yield from _alternatives(part)
        case _:
            yield pattern


def _is_never(case: ast.match_case) -> bool:
    """Whether a case is `case _: assert_never(...)`."""
    match case:
        case ast.match_case(
            pattern=ast.MatchAs(pattern=None),
            guard=None,
            body=[ast.Expr(value=ast.Call(func=ast.Name(id="assert_never")))],
        ):
            return True
        case _:
            return False
