"""The text to insert for what only has another name: `was: invoicing`."""

from __future__ import annotations

from msgc.diagnostics import Edit
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.tree import Mapping, Node


def was(declared: Declared | None, former: str) -> tuple[Edit, ...]:
    """Return what says in a declaration what it was called when it was first built."""
    return () if declared is None else was_in(declared.node, former)


def was_in(node: Node, former: str) -> tuple[Edit, ...]:
    """Return what says it in a mapping."""
    if not isinstance(node, Mapping):
        return ()
    source, start = node.span.source, node.span.start
    first = next((key for key, _ in node.items()), None)
    if source.text[start : start + 1] == "{":
        end = ", " if first is not None else ""
        return (Edit(span=Span(source, start + 1, start + 1), text=f"was: {former}{end}"),)
    if first is None:
        return ()
    return (before(first.span, former),)


def before(key: Span, former: str) -> Edit:
    """Return an edit that says it in a line of its own, before a key."""
    _, column = key.source.position(key.start)
    text = f"was: {former}\n{' ' * (column - 1)}"
    return Edit(span=Span(key.source, key.start, key.start), text=text)
