"""The section `stacks` that is offered to a service which has outgrown its stack."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from textwrap import wrap

from msgc.diagnostics import Edit
from msgc.lint.stacks_taken import by_section, taken_out
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.stack.placement.division import Measure, Node, divided
from msgc.stack.template_size import resource_sizes
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN
from msgc.tree import Mapping

_LINE = 100
_WORD = "stacks"


_OWN_RESOURCES = 4
"""Resources that each stack has for itself: its undelivered queues and their policies."""
_OWN_BYTES = 12_000
"""What these take in a template, and what stands around all of them."""


def counts(subject: Subject, limit: int) -> Measure:
    """Return how many resources there are, to divide stacks by."""
    weights = {each.path: 1 for each in subject.stack.resources}
    return Measure(weights=weights, limit=limit, of_its_own=_OWN_RESOURCES)


def sizes(subject: Subject, limit: int) -> Measure:
    """Return how large resources are in a template, to divide stacks by."""
    weights = {
        resource.path: size
        for part in subject.parts
        for resource, size in zip(part.resources, resource_sizes(part, part.resources), strict=True)
    }
    return Measure(weights=weights, limit=limit, of_its_own=_OWN_BYTES)


def stacks_offered(subject: Subject, stack: str, measure: Measure) -> tuple[Edit, ...]:
    """Return the edits with which no stack is too large; nothing where that takes more."""
    found = divided(subject.stack, stack, subject.deployed(), measure)
    where = _place(subject.topology)
    if not found or where is None:
        return ()
    span, indent = where
    taken = () if stack == MAIN else taken_out(subject.topology, stack, found)
    if taken is None:
        return ()
    lines = [line for each in _named(subject.topology, found) for line in each]
    head = [] if indent else [f"{_WORD}:"]
    text = "".join(f"{line}\n" for line in (*head, *(f"{indent or '  '}{line}" for line in lines)))
    starts = span.start == 0 or span.source.text[span.start - 1] == "\n"
    return (*taken, Edit(span=span, text=text if starts else f"\n{text}"))


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
        words = by_section(topology, nodes)
        lines = (line for word, names in words.items() for line in _list(word, names))
        yield [f"{name}:", *lines]


def _list(word: str, names: list[str]) -> list[str]:
    one = f"  {word}: [{', '.join(names)}]"
    if len(one) <= _LINE:
        return [one]
    inside = wrap(", ".join(names), _LINE, initial_indent="    ", subsequent_indent="    ",
                  break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return [f"  {word}: [", *inside, "  ]"]
