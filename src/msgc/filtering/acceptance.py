"""Tell which edges take which types of messages, as far as filters and schemas decide it."""

from __future__ import annotations

from msgc.filtering.edge_filter import VisibleValues
from msgc.filtering.on_wire import wire_filters
from msgc.patterns.satisfiability import PayloadValues, Satisfiability, satisfiable, verdict
from msgc.patterns.satisfiability.disjoint import can_both_match
from msgc.patterns.satisfiability.matcher_verdicts import Verdict
from msgc.runtime.matching.matching import Pattern
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message


class Acceptance:
    """Tells which edges take which types of messages; every filter is compiled once."""

    def __init__(self) -> None:
        """Start without any compiled filter."""
        self._patterns: dict[Subscription, Pattern | None] = {}
        self._of_events: dict[tuple[Subscription, bool], Pattern] = {}
        self._written: dict[Subscription, str] = {}
        self._visible = VisibleValues()

    def of(self, edge: Subscription, message: Message) -> Verdict:
        """Return whether an edge takes messages of a type."""
        takes_type = edge.untyped or message in edge.messages
        return self.of_filter(edge, message) if takes_type else "never"

    def of_filter(self, edge: Subscription, message: Message) -> Verdict:
        """Return whether an edge's filter or pattern, whatever types it takes, matches a type."""
        pattern = self.pattern(edge)
        return "always" if pattern is None else verdict(pattern, self.payload_values(edge, message))

    def both(self, edge: Subscription, other: Subscription, message: Message) -> bool:
        """Return whether a message of a type may pass the filters or patterns of two rules."""
        if not (edge.filter or edge.pattern) or not (other.filter or other.pattern):
            return True

        payload_values = self._visible.payload_values(message, event=True)
        one, two = self._of_event(edge, message), self._of_event(other, message)
        return can_both_match(one, two, payload_values)

    def _of_event(self, edge: Subscription, message: Message) -> Pattern:
        key = edge, message.envelope is not None
        if key not in self._of_events:
            (filter_,) = wire_filters(edge.filter or {}, (message,))
            self._of_events[key] = Pattern(edge.pattern or {"detail": filter_})
        return self._of_events[key]

    def filtered(self, edge: Subscription, pattern: Pattern, message: Message) -> Satisfiability:
        """Return whether a type always, perhaps or never matches a filter or pattern, and why."""
        return satisfiable(pattern, self.payload_values(edge, message))

    def payload_values(self, edge: Subscription, message: Message) -> PayloadValues:
        """Return the values of a message that an edge's filter or pattern is about."""
        return self._visible.payload_values(message, event=edge.pattern is not None)

    def written(self, edge: Subscription) -> str:
        """Return filter and pattern as text to compare: as values, `True` equals 1."""
        if edge not in self._written:
            self._written[edge] = repr((edge.filter, edge.pattern))
        return self._written[edge]

    def matches(self, edge: Subscription, example: object) -> bool:
        """Whether an edge takes an example of a type that it takes."""
        pattern = self.pattern(edge)
        return pattern is None or (edge.pattern is None and pattern.matches(example))

    def pattern(self, edge: Subscription) -> Pattern | None:
        """Return an edge's filter or pattern, compiled; None: it takes everything."""
        if edge not in self._patterns:
            written = edge.filter or edge.pattern
            self._patterns[edge] = Pattern(written) if written else None
        return self._patterns[edge]
