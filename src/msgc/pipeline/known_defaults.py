"""Leave out of `defaults` what can't stand there, so that it is reported once."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import Diagnostic
from msgc.syntax import Document
from msgc.tree import Mapping, Node


def with_known_defaults(document: Document, shape: Iterable[Diagnostic]) -> Document:
    """Return a file without the keys of `defaults` that are wrong by themselves.

    `shape` is what is wrong with its shape. Such a key would be a setting of every declaration
    below it, and be found wrong there once more.
    """
    root = document.root
    if "defaults" not in root.entries:
        return document
    key, node = root.entries["defaults"]
    starts = {d.span.start for d in shape if d.is_error and d.span.source is root.span.source}
    known = _without(node, starts)
    if known is node:
        return document
    entries = {**root.entries, "defaults": (key, known)}
    return document.replace(root=Mapping(entries, root.span))


def _without(node: Node, starts: set[int]) -> Node:
    if not isinstance(node, Mapping):
        return node
    kept = {
        name: (key, _without(value, starts))
        for name, (key, value) in node.entries.items()
        if key.span.start not in starts
    }
    same = len(kept) == len(node.entries) and all(
        value is node.entries[name][1] for name, (_, value) in kept.items()
    )
    return node if same else Mapping(kept, node.span)
