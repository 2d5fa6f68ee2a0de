"""The text to insert for what only has another name: `was: invoicing`."""

from __future__ import annotations

from msgc.diagnostics import Edit
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.tree import Mapping


def was(declared: Declared | None, former: str) -> tuple[Edit, ...]:
    """Return what says in a declaration what it was called when it was first built."""
    if declared is None or not isinstance(declared.node, Mapping):
        return ()
    node = declared.node
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
