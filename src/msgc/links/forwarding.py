"""Find events that would be forwarded from bus to bus twice, which EventBridge doesn't do.

An event that came from another bus isn't put on a third one: it ends in the dead letter of the
rule that tried, with the error code THIRD_ACCOUNT_HOP_DETECTED, within one account and region too
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgc.filtering.acceptance import Acceptance
from msgc.links.mechanisms import EventRule
from msgc.patterns.satisfiability import PayloadValues, verdict
from msgc.payloads.model import Field, ObjectShape, StringShape
from msgc.record import Record
from msgc.runtime.matching.clauses import Clause
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus
from msgc.topology.graph import circles, without_loose_ends
from msgc.topology.messages import Message
from msgc.topology.model import Topology

_AROUND = frozenset({"source", "detail-type", "account", "region"})
"""What patterns say of an event that no schema is needed for."""


class SecondHop(Record):
    """A rule that would forward an event that another rule has forwarded already."""

    first: Subscription
    second: Subscription
    message: Message | None
    """A message that takes both; None: events of which the file says no more."""


class Forwarding:
    """The rules from bus to bus, with what the file means to send along them."""

    def __init__(
        self, topology: Topology, rules: tuple[EventRule, ...], acceptance: Acceptance
    ) -> None:
        """Follow the messages of every bus along the edges of the file."""
        self._acceptance = acceptance
        self._events: dict[Subscription, list[PayloadValues]] = {}
        self._out: dict[Bus, list[Subscription]] = {}
        self._ends: dict[Subscription, tuple[Bus, Bus]] = {}
        for rule in rules:
            if (target := rule.edge.forwards_to) is not None:
                self._out.setdefault(rule.bus, []).append(rule.edge)
                self._ends[rule.edge] = (rule.bus, target)
        self._carried = self._spread(topology) if self._out else {}

    def loops(self) -> tuple[tuple[Subscription, ...], ...]:
        """Return the ways on which an event would come back to a bus that it was on."""
        edges = [edge for out in self._out.values() for edge in out]
        edges = without_loose_ends([(e.origin, e.target, e) for e in edges])
        edges = without_loose_ends([(e.target, e.origin, e) for e in edges])
        kept = frozenset(edges)
        return circles(
            {
                edge: [
                    after
                    for after in self._after(edge)
                    if after in kept and _has_any(self._going_on(edge, after, drawn=True))
                ]
                for edge in edges
            }
        )

    def second_hops(self) -> Iterator[SecondHop]:
        """Yield each rule that would forward an event again, with the first rule before it."""
        told: set[Subscription] = set()
        for out in self._out.values():
            for first in out:
                for second in self._after(first):
                    if second in told:
                        continue
                    for message in self._going_on(first, second, drawn=False):
                        told.add(second)
                        yield SecondHop(first=first, second=second, message=message)
                        break

    def brings(self, bus: Bus) -> bool:
        """Whether another bus forwards known messages to this one."""
        return any(message not in bus.messages for message in self._carried.get(bus, ()))

    def _bus(self, edge: Subscription) -> Bus:
        return self._ends[edge][0]

    def _after(self, edge: Subscription) -> list[Subscription]:
        return self._out.get(self._ends[edge][1], [])

    def _spread(self, topology: Topology) -> dict[Bus, dict[Message, None]]:
        """Return what each bus carries: what is put there, and what edges are meant to bring."""
        carried = {bus: dict.fromkeys(bus.messages) for bus in topology.buses.values()}
        todo = [(bus, message) for bus, messages in carried.items() for message in messages]
        for bus, out in self._out.items():  # others may put there what an edge names
            todo += [(bus, message) for edge in out for message in edge.messages]
        while todo:
            bus, message = todo.pop()
            for edge in self._out.get(bus, ()):
                _, target = self._ends[edge]
                if message not in carried[target] and self._wants(edge, message):
                    carried[target][message] = None
                    todo.append((target, message))
        return carried

    def _wants(self, edge: Subscription, message: Message) -> bool:
        """Whether an edge is meant to take a message, wherever that comes from."""
        takes_type = edge.untyped or _takes_all(edge) or message in edge.messages
        return takes_type and self._acceptance.of_filter(edge, message) != "never"

    def _wants_both(self, first: Subscription, second: Subscription, message: Message) -> bool:
        """Whether two edges are meant to take the same messages of a type, one after the other."""
        wanted = self._wants(first, message) and self._wants(second, message)
        return wanted and self._acceptance.both(first, second, message)

    def _going_on(
        self, first: Subscription, second: Subscription, *, drawn: bool
    ) -> Iterator[Message | None]:
        """Yield the second hops along two edges, of the messages that the file knows."""
        origin = self._bus(first)
        for message in dict.fromkeys((*origin.messages, *self._carried[origin], *first.messages)):
            forwarded = message in self._carried[origin] and message not in origin.messages
            comes = drawn or not forwarded
            if comes and self._wants_both(first, second, message):
                yield message
        yield from self._unknown_going_on(first, second)

    def _unknown_going_on(
        self, first: Subscription, second: Subscription
    ) -> Iterator[Message | None]:
        """Yield the second hops along two edges, of events that others put on a bus."""
        if not first.untyped or _is_known(self._bus(first), first):
            return
        between, drawn = self._bus(second), self._carried[self._bus(first)]
        if second.untyped:
            if not self._apart(first, second):
                yield None
        else:
            for message in second.messages:
                own = message in between.messages and first.pattern is None
                if not own and message not in drawn and self._wants_both(first, second, message):
                    yield message

    def _apart(self, first: Subscription, second: Subscription) -> bool:
        """Whether no event can match both patterns, by its fields outside `detail`."""
        pattern, other = self._acceptance.pattern(first), self._acceptance.pattern(second)
        if other is None:
            return False
        if pattern is None:  # all sorts of events, and the other rule may wait for its bus's own
            return any(self._wants(second, message) for message in self._bus(second).messages)
        if first not in self._events:
            events = [_event(clauses, first.key) for clauses in pattern.alternatives]
            self._events[first] = [PayloadValues(event) for event in events]
        return all(verdict(other, one) == "never" for one in self._events[first])


def _has_any(found: Iterator[Message | None]) -> bool:
    return any(True for _ in found)


def _takes_all(edge: Subscription) -> bool:
    """Whether an edge names no messages and has no pattern: it takes all of its bus."""
    return edge.named is None and edge.pattern is None


def _is_known(bus: Bus, edge: Subscription) -> bool:
    """Whether all that an edge can take from a bus is put there by this file."""
    strangers = bus.imported is not None or bus.others_publish
    return bool(bus.messages) and not strangers and edge.pattern is None


def _event(clauses: tuple[Clause, ...], span: Span) -> ObjectShape:
    """Return what is known of the events that match an alternative of a pattern."""
    known: dict[str, tuple[str, ...]] = {}
    for clause in clauses:
        texts = tuple(m for m in clause.matchers if isinstance(m, str))
        if clause.name in _AROUND and texts and len(texts) == len(clause.matchers):
            known[clause.name] = texts
    fields = tuple(
        Field(wire=name, python=name, shape=StringShape(enum=texts), required=True, span=span)
        for name, texts in known.items()
    )
    return ObjectShape(name="Event", fields=fields, closed=False, span=span)
