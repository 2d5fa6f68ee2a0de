"""YAML to the tree: libyaml's events on a stack of our own, with limits.

Events and not `compose`, because that recurses (100,000 levels end the process) and costs four
times as much. Places come from `mark.index` alone: libyaml counts lines by its own rules (U+2028
ends one), and the end of a block mapping lies behind the comments that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from msgc.diagnostics import Diagnostic
from msgc.source import Source, Span
from msgc.syntax import problems
from msgc.syntax.limits import MAX_ALIASED_NODES, MAX_ALIASED_TEXT, MAX_DEPTH, Budget
from msgc.tree import Mapping, Node, Scalar, Sequence

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML without its C extension: the same events, twenty times slower
    from msgc.syntax.pure_parser import PureParser as _Parser  # type: ignore[assignment]  # both have get_event

Parser = Callable[[str], Any]
"""Makes a source of events of a text: its `get_event` returns one after the other."""

_PROPERTIES = r"(?:[&!][^\s,\[\]{}]*(?:\s|#[^\n]*\n)*)+"
_NOT_A_KEY = "\0"
"""Stands for a key that is no text; its value is read, for its own mistakes, and dropped."""
_WORDS = frozenset(
    {"", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"}
)
_NUMERIC = frozenset("+-.0123456789")


class _Frame:
    """A collection that is still open, and what is needed to go on with the one around it."""

    __slots__ = (
        "anchor", "counted", "entries", "flow", "height", "items", "key", "start", "text",
    )  # fmt: skip

    def __init__(self, entries: dict[str, tuple[Scalar, Node]] | None, start: int) -> None:
        self.entries = entries
        self.items: list[Node] = []
        self.start = start
        self.key: Scalar | None = None
        self.flow = False
        self.anchor: str | None = None
        self.counted = 0
        self.height = 0
        self.text = 0


class _Anchored:
    """A finished value that aliases may name: how many nodes, levels and characters it has."""

    __slots__ = ("height", "node", "size", "text")

    def __init__(self, node: Node, size: int, height: int, text: int) -> None:
        self.node = node
        self.size = size
        self.height = height
        self.text = text


def build(
    source: Source, budget: Budget | None = None, *, parser: Parser = _Parser
) -> tuple[Node | None, list[Diagnostic]]:
    """Return the tree of a YAML text, None if it can't be read to its end, and all mistakes."""
    builder = _Builder(source, budget or Budget())
    try:
        root = builder.run(parser(source.text))
    except YAMLError as error:
        from msgc.syntax.yaml_errors import unreadable  # noqa: PLC0415  # only after a mistake

        return None, [*builder.found, unreadable(source, error)]
    except problems.Stop as stop:
        return None, [*builder.found, stop.diagnostic]
    return root, builder.found


class _Builder:
    def __init__(self, source: Source, budget: Budget) -> None:
        self.source = source
        self.budget = budget
        self.found: list[Diagnostic] = []
        self.frame = _Frame(None, 0)
        """The innermost collection that is open; the outermost one holds the root."""
        self.stack = [self.frame]
        self.count = 0
        """Nodes so far, aliases as what they stand for."""
        self.last = 0
        """Where the last value ended: the end of a block collection."""
        self.anchors: dict[str, _Anchored] = {}
        self.aliased = 0
        self.aliased_text = 0

    def run(self, parser: Any) -> Node | None:
        """Read all events into a tree, and return its root."""
        next_event, most, top = parser.get_event, self.budget.left, self.frame
        while True:
            event = next_event()
            kind = event.__class__
            if self.count > most + self.aliased:
                raise problems.Stop(problems.too_many_values(self.span(event)))
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, {} if kind is MappingStartEvent else None)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self.close(event)
                self.place(node, node.span)
            elif kind is AliasEvent:
                self.place(self.alias(event), self.span(event))
            elif kind is DocumentStartEvent and top.items:
                start = event.start_mark.index
                raise problems.Stop(problems.several_documents(self.source, start))
            elif kind is StreamEndEvent:
                self.budget.left -= self.count - self.aliased
                self.budget.aliased -= self.aliased
                self.budget.aliased_text -= self.aliased_text
                return top.items[0] if top.items else None

    def scalar(self, event: Any) -> None:
        """Place a scalar: an item, a key, or the value of a key."""
        text, style, frame = event.value, event.style, self.frame
        last = event.end_mark.index
        node = Scalar(text, Span(self.source, event.start_mark.index, last), plain=not style)
        self.count += 1
        if style in ("|", ">"):
            last = self.trim(node)
        self.last = last
        if event.anchor is not None or event.tag is not None:
            self.properties(event, node)
        entries, key = frame.entries, frame.key
        if entries is None:
            frame.items.append(node)
        elif key is None:
            frame.key = node
            if text in entries:
                self.found.append(problems.duplicate_key(node, entries[text][0]))
            if not style and (text in _WORDS or text[0] in _NUMERIC):
                self.check_key(node)
        else:
            if not text and frame.flow and key.span.end == last and key.text != _NOT_A_KEY:
                self.found.append(problems.no_value(key, first=not entries))
            entries.setdefault(key.text, (key, node))
            frame.key = None

    def open(self, event: Any, entries: dict[str, tuple[Scalar, Node]] | None) -> None:
        """Open a mapping, or a list without `entries`."""
        if len(self.stack) > MAX_DEPTH:
            raise problems.Stop(problems.too_deep(self.span(event)))
        self.count += 1
        self.frame = frame = _Frame(entries, event.start_mark.index)
        frame.flow = bool(event.flow_style)
        frame.counted = self.count
        frame.text = self.aliased_text
        if event.anchor is not None or event.tag is not None:
            frame.anchor = event.anchor
            self.collection_properties(event, frame)
        self.stack.append(frame)

    def close(self, event: Any) -> Node:
        """Close the innermost mapping or list, and return it."""
        closed = self.stack.pop()
        if closed.flow:
            self.last = max(self.last, event.end_mark.index)
        span = Span(self.source, closed.start, max(self.last, closed.start))
        entries = closed.entries
        node: Node
        if entries is None:
            node = Sequence(tuple(closed.items), span)
        else:
            if "<<" in entries and entries["<<"][0].plain:
                entries = self.merged(entries)
            entries.pop(_NOT_A_KEY, None)
            node = Mapping(entries, span)
        self.frame = around = self.stack[-1]
        around.height = max(around.height, closed.height + 1)
        if closed.anchor is not None:
            size = self.count - closed.counted + 1
            text = span.end - span.start + self.aliased_text - closed.text
            self.anchors[closed.anchor] = _Anchored(node, size, closed.height + 1, text)
        return node

    def place(self, node: Node, span: Span) -> None:
        """Place a collection, or what an alias at `span` stands for."""
        frame = self.frame
        key = frame.key
        if frame.entries is None:
            frame.items.append(node)
        elif key is None:
            frame.key = self.key_of(node, span, frame.entries)
        else:
            frame.entries.setdefault(key.text, (key, node))
            frame.key = None

    def span(self, event: Any) -> Span:
        return Span(self.source, event.start_mark.index, event.end_mark.index)

    def trim(self, node: Scalar) -> int:
        """Take the line breaks behind a block scalar out of its span; return its end."""
        text, span = self.source.text, node.span
        while span.end > span.start and text[span.end - 1].isspace():
            span.end -= 1
        return span.end

    def properties(self, event: Any, node: Scalar) -> None:
        """Take anchor and tag out of a scalar's span, remember the one and judge the other."""
        whole = self.span(event)
        node.span.start = self.behind_properties(whole)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, 1, 0, node.span.end - node.span.start)
        if event.tag is not None:
            node.plain = event.tag not in problems.TEXT_TAGS
            self.found.extend(problems.scalar_tag(event.tag, whole, node))

    def collection_properties(self, event: Any, frame: _Frame) -> None:
        whole = self.span(event)
        frame.start = self.behind_properties(whole)
        if event.tag is not None:
            kind = "map" if frame.entries is not None else "seq"
            self.found.extend(problems.collection_tag(event.tag, whole, kind))

    def behind_properties(self, span: Span) -> int:
        match = re.compile(_PROPERTIES).match(self.source.text, span.start, span.end)
        return match.end() if match else span.start

    def check_key(self, key: Scalar) -> None:
        if not isinstance(key.value, str):
            self.found.append(problems.key_not_text(key.span, key.text))

    def key_of(self, node: Node, span: Span, entries: dict[str, tuple[Scalar, Node]]) -> Scalar:
        """Return what an alias or a collection is as a key."""
        if isinstance(node, Scalar):
            key = Scalar(node.text, span, plain=node.plain)
            if key.text in entries and key.text != _NOT_A_KEY:
                self.found.append(problems.duplicate_key(key, entries[key.text][0]))
            return key
        self.found = [p for p in self.found if not span.holds(p.span)]
        self.found.append(problems.key_not_text(span, None))
        return Scalar(_NOT_A_KEY, span)

    def alias(self, event: Any) -> Node:
        """Return what an alias stands for, within the limits."""
        anchored = self.anchored(event)
        self.last = event.end_mark.index
        self.count += anchored.size
        self.frame.height = max(self.frame.height, anchored.height)
        return anchored.node

    def anchored(self, event: Any) -> _Anchored:
        """Return the anchored value that an alias names, or an empty one."""
        span = self.span(event)
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            inside = any(frame.anchor == event.anchor for frame in self.stack)
            self.found.append(
                problems.unknown_alias(span, event.anchor, self.anchors, inside=inside)
            )
            return _Anchored(Scalar("", span), 1, 0, 0)
        self.aliased += anchored.size
        if self.aliased > self.budget.aliased:
            raise problems.Stop(problems.alias_explosion(span, f"{MAX_ALIASED_NODES:,} values"))
        self.aliased_text += anchored.text
        if self.aliased_text > self.budget.aliased_text:
            size = f"{MAX_ALIASED_TEXT // 1024 // 1024} MiB of text"
            raise problems.Stop(problems.alias_explosion(span, size))
        if len(self.stack) - 1 + anchored.height > MAX_DEPTH:
            raise problems.Stop(problems.too_deep(span))
        return anchored

    def merged(self, entries: dict[str, tuple[Scalar, Node]]) -> dict[str, tuple[Scalar, Node]]:
        """Return the entries with those that a merge key `<<` takes over, which never win."""
        value = entries.pop("<<")[1]
        taken: dict[str, tuple[Scalar, Node]] = {}
        for part in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(part, Mapping):
                for name, entry in part.entries.items():
                    taken.setdefault(name, entry)
            elif not (isinstance(part, Scalar) and part.is_null):
                self.found.append(problems.bad_merge_key(part.span))
        return {**taken, **entries}
