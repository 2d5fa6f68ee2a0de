"""Check the grammar and size of a pattern in a file: what AWS would refuse, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import Diagnostic, Edit, Label
from msgc.patterns.dialect import Dialect
from msgc.patterns.grammar.problem import Path, Problem
from msgc.patterns.grammar.size import size_problems
from msgc.patterns.grammar.structure import problems
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, at, to_json


def check_pattern(node: Node, dialect: Dialect) -> tuple[Diagnostic, ...]:
    """Return everything that AWS would refuse in a pattern, and what would surprise its writer."""
    return tuple(_placed(problem, node) for problem in problems(to_json(node), dialect))


def check_size(pattern: dict[str, Any], dialect: Dialect, span: Span) -> Iterator[Diagnostic]:
    """Yield what AWS would refuse for its size in a pattern that msgc has put together."""
    for problem in size_problems(pattern, dialect):
        yield problem.code.at(span, problem.message, help=problem.help)


def key_span(node: Node, path: Path) -> Span:
    """Return the place of the key at the end of a path; of the value, where there is no key."""
    around = at(node, path[:-1])
    if path and isinstance(around, Mapping) and str(path[-1]) in around.entries:
        return around.key(str(path[-1])).span
    return at(node, path).span


def _placed(problem: Problem, node: Node) -> Diagnostic:
    value = at(node, problem.path)
    nothing = isinstance(value, Scalar) and value.span.start == value.span.end
    span = key_span(node, problem.path) if problem.on_key or nothing else value.span
    labels: tuple[Label, ...] = ()
    if problem.also is not None:
        labels = (Label(span=key_span(node, problem.also), message="also here"),)
    return problem.code.at(
        span, problem.message, help=problem.help, labels=labels, fix=_fix(problem, value)
    )


def _fix(problem: Problem, value: Node) -> tuple[Edit, ...]:
    text = value.span.source.text[value.span.start : value.span.end]
    if problem.mend is None or not text or "\n" in text:
        return ()
    mended = f"[{text}]" if problem.mend == "brackets" else f'"{text}"'
    return (Edit(span=value.span, text=mended),)
