"""The section `stacks` that is offered to a service which has outgrown its stack."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from textwrap import wrap
from typing import assert_never

from msgc.diagnostics import Edit
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.stack.placement.division import Node, divided, is_written
from msgc.topology.ends import Consumer, Queue
from msgc.topology.model import Topology
from msgc.tree import Mapping

_LINE = 100
_WORD = "stacks"


def stacks_offered(subject: Subject, limit: int) -> tuple[Edit, ...]:
    """Return the edit with which no stack is too large; nothing where that takes more.

    A quarter of each stack is left for what comes.
    """
    found = divided(subject.stack, subject.deployed(), most=limit * 3 // 4, limit=limit)
    where = _place(subject.topology)
    if not found or where is None:
        return ()
    span, indent = where
    lines = [line for each in _named(subject.topology, found) for line in each]
    head = [] if indent else [f"{_WORD}:"]
    text = "".join(f"{line}\n" for line in (*head, *(f"{indent or '  '}{line}" for line in lines)))
    starts = span.start == 0 or span.source.text[span.start - 1] == "\n"
    return (Edit(span=span, text=text if starts else f"\n{text}"),)


def _place(topology: Topology) -> tuple[Span, str] | None:
    """Return where the text goes, and how far that is indented: below other stacks, or last.

    None below stacks in braces.
    """
    source, root = topology.root.span.source, topology.root
    node = root.get(_WORD)
    if not isinstance(node, Mapping):
        end = len(source.text)
        return Span(source, end, end), ""
    if source.text[node.span.start] == "{" or node.span.source is not source:
        return None
    last = max(value.span.end for _, value in node.items())
    end = source.text.find("\n", last) + 1 or len(source.text)
    first = next(key for key, _ in node.items()).span.start
    line = source.text.rfind("\n", 0, first) + 1
    return Span(source, end, end), " " * (first - line)


def _named(topology: Topology, found: tuple[tuple[Node, ...], ...]) -> Iterator[list[str]]:
    """Yield the lines of each new stack, under names that no other has."""
    placement = topology.placement
    taken = set() if placement is None else set(placement.names)
    free = (name for number in count(2) if (name := f"part-{number}") not in taken)
    for nodes, name in zip(found, free, strict=False):
        sections: dict[str, list[str]] = {}
        for node in nodes:
            match node:
                case Queue():
                    if is_written(topology, node):  # one that buffers a consumer goes with that
                        sections.setdefault("queues", []).append(node.name)
                case Consumer():
                    sections.setdefault("consumers", []).append(node.name)
                case _:
                    assert_never(node)
        yield [
            f"{name}:",
            *(line for word, names in sections.items() for line in _list(word, names)),
        ]


def _list(word: str, names: list[str]) -> list[str]:
    one = f"  {word}: [{', '.join(names)}]"
    if len(one) <= _LINE:
        return [one]
    inside = wrap(", ".join(names), _LINE, initial_indent="    ", subsequent_indent="    ",
                  break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return [f"  {word}: [", *inside, "  ]"]
