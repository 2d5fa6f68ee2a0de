"""What a topic gets, payloads and events, and which of it the edges to one endpoint let through."""

from __future__ import annotations

from typing import Any

from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Publisher, Topic
from msgc.topology.graph import Graph
from msgc.topology.messages import Message


class Traffic(Record):
    """What a topic gets: payloads that are published to it, and events that rules put there."""

    topic: Topic
    direct: bool
    """Whether payloads may be published to it."""
    messages: tuple[Message, ...]
    """The types of the payloads."""
    bare_from: tuple[Publisher, ...]
    """Who publishes payloads by code of its own (`stubs: false`), which sends no attributes."""
    pipes: tuple[Subscription, ...]
    """Edges that put payloads there without attributes: pipes, schedules, rules that `send`."""
    events: bool
    """Whether rules put events there."""
    event_messages: tuple[Message, ...]
    event_untyped: bool
    """Whether there may be events of other types than `event_messages`."""
    sets: dict[int, frozenset[Message]]
    """The messages of edges as sets; edges that take the same share a tuple, known by its id."""
    narrower: dict[frozenset[Message], bool]
    """Which of these sets are fewer than `messages`, as far as it was asked."""

    @classmethod
    def of(cls, topic: Topic, graph: Graph) -> Traffic:
        """Return what a topic gets."""
        edges = graph.brought_to(topic)
        rules = [e for e in edges if e.brings_events]
        pipes = tuple(e for e in edges if not e.brings_events)
        piped = (m for pipe in pipes for m in pipe.delivered)
        return cls(
            topic=topic,
            direct=bool(topic.messages)
            or topic.imported is not None
            or topic.others_publish
            or graph.takes_anything(topic)
            or bool(pipes)
            or not rules,
            messages=tuple(dict.fromkeys((*topic.messages, *piped))),
            pipes=pipes,
            bare_from=tuple(p for p in graph.publishers_to(topic) if not p.stubs),
            events=bool(rules),
            event_messages=tuple(dict.fromkeys(m for rule in rules for m in rule.delivered)),
            event_untyped=any(rule.delivers_untyped for rule in rules),
            sets={},
            narrower={},
        )

    def set_of(self, edges: list[Subscription]) -> frozenset[Message]:
        """Return the types that edges take: one set for all edges that take what a place has."""
        taken = {id(edge.messages): edge.messages for edge in edges}
        for key, messages in taken.items():
            if key not in self.sets:
                self.sets[key] = frozenset(messages)
        if len(taken) == 1:
            return self.sets[next(iter(taken))]
        return frozenset[Message]().union(*(self.sets[key] for key in taken))

    def narrowed(self, messages: frozenset[Message]) -> bool:
        """Whether these types are fewer than those published to the topic."""
        if any(pipe.delivers_untyped for pipe in self.pipes):
            return True
        fewer = self.narrower.get(messages)
        if fewer is None:
            fewer = self.narrower[messages] = not messages.issuperset(
                self.messages
            ) or self._leaves_out(messages)
        return fewer

    def _leaves_out(self, messages: frozenset[Message]) -> bool:
        """Whether the service of the topic publishes more than these, imported here or not."""
        elsewhere = self.topic.elsewhere
        if elsewhere is None or not messages:
            return False  # of no message known here, all come as they are
        return not elsewhere.types.issubset(message.type for message in messages)

    def narrowed_events(self, messages: frozenset[Message]) -> bool:
        """Whether these types are fewer than those of the events."""
        return self.event_untyped or not messages.issuperset(self.event_messages)


class Clause(Record):
    """Edges with the same filter, and the types that they take."""

    edges: tuple[Subscription, ...]
    messages: frozenset[Message]
    everything: bool
    """No type is left out."""
    filter: dict[str, Any]

    @property
    def order(self) -> tuple[Message, ...]:
        """The types in the order of the file."""
        return tuple(dict.fromkeys(m for edge in self.edges for m in edge.messages))


def clauses_of(traffic: Traffic, edges: tuple[Subscription, ...]) -> list[Clause]:
    """Join edges that differ in nothing but the types they take."""
    groups: dict[str, list[Subscription]] = {}  # by what is written: True is not 1 here
    for edge in edges:
        groups.setdefault(repr(edge.filter or {}), []).append(edge)
    found = []
    for members in groups.values():
        filter_ = members[0].filter or {}
        messages = traffic.set_of(members)
        everything = any(edge.untyped for edge in members) or not (
            (traffic.direct and traffic.narrowed(messages))
            or (traffic.events and traffic.narrowed_events(messages))
        )
        found.append(
            Clause(edges=tuple(members), messages=messages, everything=everything, filter=filter_)
        )
    return found
