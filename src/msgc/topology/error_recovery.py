"""Error recovery: hold back findings that may only follow from another mistake."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgc.diagnostics import Diagnostic
from msgc.source import Source, Span
from msgc.topology.ends import Vertex
from msgc.topology.model import Topology
from msgc.tree import Mapping

Key = tuple[str, str]
"""A declaration: its section and its name, `("queues", "orders")`; a setting of the whole file
has no name, `("service", "")`."""

SECTIONS = (
    "messages", "queues", "topics", "buses", "subscriptions", "consumers", "producers",
)  # fmt: skip


class Declarations:
    """Finds the declaration in which a place of the file lies."""

    def __init__(self, root: Mapping) -> None:
        """Index the entries of the sections, and the other keys of the file."""
        found: dict[Source, list[tuple[int, int, Key]]] = {}
        for key, node in root.items():
            if key.text in SECTIONS and isinstance(node, Mapping):
                for name, value in node.items():
                    end = max(name.span.end, value.span.end)
                    there = found.setdefault(name.span.source, [])
                    there.append((name.span.start, end, (key.text, name.text)))
            else:
                end = max(key.span.end, node.span.end)
                found.setdefault(key.span.source, []).append((key.span.start, end, (key.text, "")))
        self._found = {source: sorted(there) for source, there in found.items()}
        self._starts = {
            source: [start for start, _, _ in there] for source, there in self._found.items()
        }

    def at(self, span: Span) -> Key | None:
        """Return the declaration around a place; None between them, and in other files."""
        found = self._found.get(span.source)
        if found is None:
            return None
        i = bisect_right(self._starts[span.source], span.start) - 1
        if i < 0 or span.start > found[i][1]:
            return None
        return found[i][2]


class ErrorRecovery:
    """Declarations that a mistake affects; findings about them may be cascading errors.

    `broken` are those with a mistake in them; `incomplete` are those to which something broken may
    lead, or from which it may come, so that it isn't known what they lack; `unknown_messages` are
    those where it isn't known which messages there are.
    """

    def __init__(
        self,
        declarations: Declarations,
        *,
        broken: frozenset[Key],
        incomplete: frozenset[Key],
        unknown_messages: frozenset[Key],
    ) -> None:
        """Take every other declaration as certain."""
        self._declarations = declarations
        self.broken = broken
        self.incomplete = incomplete
        self.unknown_messages = unknown_messages

    def certain(self, diagnostics: Iterable[Diagnostic], *, absence: bool) -> list[Diagnostic]:
        """Return the findings that hold however the mistakes are mended.

        `absence` says that they are about something that isn't there.
        """
        doubtful = self.broken | self.incomplete if absence else self.broken
        return [d for d in diagnostics if doubtful.isdisjoint(self._touched(d))]

    def certain_about_filters(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings about filters on messages that are all known."""
        return [
            d for d in diagnostics if self._declarations.at(d.span) not in self.unknown_messages
        ]

    def certain_about_edges(
        self, topology: Topology, diagnostics: Iterable[Diagnostic]
    ) -> list[Diagnostic]:
        """Return the findings about edges whose ends are known."""
        at = self._declarations.at
        doubtful = self.broken | self.incomplete
        ends: dict[Key | None, list[Vertex]] = {}
        for edge in topology.subscriptions.values():
            ends.setdefault(at(edge.key), []).extend((edge.origin, edge.target))
        return [
            d
            for d in diagnostics
            if doubtful.isdisjoint(touched := self._touched(d))
            and doubtful.isdisjoint(
                at(end.key) for key in touched for end in ends.get(key, ()) if end.key is not None
            )
        ]

    def _touched(self, diagnostic: Diagnostic) -> set[Key | None]:
        places = (diagnostic.span, *(label.span for label in diagnostic.labels))
        return {self._declarations.at(place) for place in places}
