"""`Router`: sends one message through the links, and notes why edges don't take it.

What is asked of a message is what the fakes of generated packages ask
(`msgc.runtime.testing.routes`): the compiled filter, on the message as it looks at that point of
its way.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, assert_never

from msgc.links.mechanisms import (
    EventRule,
    EventSourceMapping,
    Link,
    LongPoll,
    Pipe,
    ScheduledSend,
    SnsSubscription,
    StreamMapping,
)
from msgc.links.model import Links
from msgc.links.outgoing import Outgoing
from msgc.record import Record
from msgc.routing.publishing import sent_of
from msgc.routing.results import Refusal
from msgc.runtime.matching.matching import Pattern
from msgc.runtime.matching.policies import attribute_values
from msgc.runtime.testing import events
from msgc.runtime.testing.parcels import Parcel
from msgc.runtime.testing.routes import Piped, Polled, Ruled, Subscribed
from msgc.runtime.testing.sent import Scheduled
from msgc.runtime.testing.templates import fill
from msgc.runtime.testing.transformed import Remade, Transformed
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Place, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.origins import Schedule


class Arrived(Record):
    """How a message comes to a receiver: the edges that it takes, the last one leading there."""

    receiver: End
    edges: tuple[Subscription, ...]


class Route(Record):
    """Where a message goes from the place that it is published to."""

    start: Place | Schedule
    arrived: tuple[Arrived, ...]
    """In the order in which it arrives; one receiver may be reached by several."""
    refused: dict[Subscription, Callable[[], Refusal]]
    """The edges that said no, and what tells why: most are never asked."""
    reached: frozenset[Place | Schedule | Consumer | Subscription]
    """Everything with a name that the message comes to: places, consumers, edges."""

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why each edge that said no did so; those to several targets of one say it once."""
        told = [tell() for tell in self.refused.values()]
        once = {(no.edge.key, no.span, no.reason): no for no in reversed(told)}
        return tuple(reversed(once.values()))


def off_the_way(topology: Topology, route: Route) -> tuple[Subscription, ...]:
    """Return the edges that a message doesn't come to, so that they had nothing to say."""
    asked = route.reached | route.refused.keys()
    every = (
        edge
        for edge in topology.subscriptions.values()
        if edge not in asked and not edge.way.is_timed
    )
    return tuple(edge for edge in every if not edge.index)  # of several targets, the first


class Router:
    """The edges of a service, ready for any number of messages."""

    def __init__(self, links: Links) -> None:
        """Compile nothing yet: most messages meet few filters."""
        self._outgoing = Outgoing(links)
        self._listed: dict[Span, list[Subscription]] = {}
        """By the place of a subscription with a list of targets the edges to all of them.

        What comes to one of its targets has come by the subscription. A poll may have its name.
        """
        for edge in links.topology.subscriptions.values():
            if edge.index is not None:
                self._listed.setdefault(edge.key, []).append(edge)
        self._patterns: dict[int, tuple[Pattern, dict[str, Any]]] = {}

    def route(self, start: Place | Schedule, parcel: Parcel) -> Route:
        """Return where a message goes, or what a schedule sends.

        A place that the message comes to twice in the same form is left only once, so that
        cycles and forks have an end.
        """
        arrived: list[Arrived] = []
        refused: dict[Subscription, Callable[[], Refusal]] = {}
        reached: set[Place | Schedule | Consumer | Subscription] = {start}
        todo: deque[tuple[Place | Schedule, Parcel, tuple[Subscription, ...]]]
        todo = deque([(start, parcel, ())])
        left: set[tuple[Place | Schedule, Hashable]] = set()
        while todo:
            place, here, path = todo.popleft()
            form = (place, _form(here))
            if form in left:
                continue
            left.add(form)
            for step in self._outgoing.of(place):
                taken = self._taken(step, here, refused)
                if taken and path and step.is_forward:
                    refused[taken[0]] = partial(_hop, taken[0], path[-1])
                    continue
                if not taken:
                    continue
                reached.update(*(self._listed.get(edge.key, (edge,)) for edge in taken))
                target, way = step.target, (*path, taken[0])
                asked = [each for each in (taken[0].asks,) if each is not None]
                reached.update(asked)
                arrived += (Arrived(receiver=each, edges=way) for each in (*asked, target))
                match target:
                    case Queue() | Topic() | Bus():
                        reached.add(target)
                        todo.extend((target, beyond, way) for beyond in _beyond(step, here))
                    case Consumer():
                        reached.add(target)
                    case Outside():
                        pass
                    case _:
                        assert_never(target)
        return Route(
            start=start,
            arrived=tuple(arrived),
            refused=refused,
            reached=frozenset(reached),
        )

    def _taken(
        self, step: Link, parcel: Parcel, refused: dict[Subscription, Callable[[], Refusal]]
    ) -> list[Subscription]:
        """Return the edges of a step that take a message, and note why the others don't."""
        taken: list[Subscription] = []
        for edges, patterns, seen in _questions(step, parcel):
            compiled = [self._compiled(pattern) for pattern in patterns or ()]
            passes = patterns is None or any(pattern.matches(seen) for pattern in compiled)
            for edge in edges:
                if passes and edge.enabled:
                    taken.append(edge)
                else:
                    refused.setdefault(edge, partial(_why, edge, compiled, seen, parcel))
        return taken

    def _compiled(self, pattern: dict[str, Any]) -> Pattern:
        found = self._patterns.get(id(pattern))
        if found is None:  # the pattern is kept beside, so that its id stays its own
            found = self._patterns[id(pattern)] = (Pattern(pattern), pattern)
        return found[0]


def _hop(edge: Subscription, before: Subscription) -> Refusal:
    from msgc.routing.reasons import second_hop  # noqa: PLC0415  # most are never asked

    return second_hop(edge, before)


def _why(edge: Subscription, patterns: list[Pattern], seen: Any, parcel: Parcel) -> Refusal:
    from msgc.routing.reasons import refusal  # noqa: PLC0415  # most are never asked

    return refusal(edge, patterns, seen, parcel)


_Question = tuple[tuple[Subscription, ...], tuple[dict[str, Any], ...] | None, Any]
"""Edges, the patterns one of which must match, if there are any, and what these look at."""


def _questions(step: Link, parcel: Parcel) -> list[_Question]:
    match step:
        case EventRule():
            return [((step.edge,), (step.pattern,), parcel.event)]
        case ScheduledSend():
            return [((step.edge,), None, None)]
        case EventSourceMapping() | LongPoll() | Pipe() | StreamMapping():
            seen: Any = {"body": _read(parcel.as_message().body)}
            return [((step.edge,), step.patterns or None, seen)]
        case SnsSubscription():
            if step.policy is None:
                return [(step.edges, None, None)]
            message = parcel.as_message()
            if step.policy.scope == "MessageAttributes":
                seen = attribute_values(dict(message.attributes))
            else:
                seen = _read(message.body)
            return [(share.edges, share.policies, seen) for share in step.policy.shares]
        case _:
            assert_never(step)


def _read(text: str) -> Any:
    """Return the JSON value of a body; of one that isn't JSON, none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _beyond(step: Link, parcel: Parcel) -> tuple[Parcel, ...]:
    """Return a message as it is when it has taken a step; nothing, if nobody knows what it is."""
    beyond: Parcel | None = None
    match step:
        case EventRule():
            send = step.edge.send
            rule = (
                Ruled(step.pattern) if send is None else Transformed(step.pattern, send=send.sent)
            )
            beyond = rule.take(parcel)
        case ScheduledSend():
            head = None if step.head is None else (step.head.source, step.head.type)
            beyond = Scheduled(head=head).take(parcel)
        case EventSourceMapping() | LongPoll():
            beyond = Polled(step.queue.physical_name).take(parcel)
        case StreamMapping():
            beyond = parcel  # nothing that this file publishes comes to a stream
        case Pipe() if step.edge.enrich is not None:
            return _answered(step, parcel)
        case Pipe():
            beyond = _piped(step).take(parcel)
        case SnsSubscription():
            beyond = Subscribed(step.topic.physical_name, raw=step.raw).take(parcel)
        case _:
            assert_never(step)
    return (beyond or parcel,)


def _piped(pipe: Pipe) -> Piped:
    """Return a pipe's hop."""
    head = (pipe.head.source, pipe.head.type) if pipe.head else None
    if pipe.edge.send is not None:
        return Remade(pipe.origin.name, send=pipe.edge.send.sent, head=head)
    return Piped(pipe.origin.name, payload=pipe.path, head=head)


def _answered(pipe: Pipe, parcel: Parcel) -> tuple[Parcel, ...]:
    """Return what comes out of a pipe that asks: by the answer's example, or of its type alone.

    Nothing, if the file doesn't say what is answered.
    """
    found = []
    for answer in pipe.edge.answered:
        made: Any = sent_of(answer, next(iter(answer.examples), {}))
        if pipe.edge.send is not None:
            made = fill(pipe.edge.send.sent, made, {})
        event = events.envelope(pipe.head.source, pipe.head.type, made) if pipe.head else None
        body = json.dumps(made) if event is None else ""
        found.append(Parcel(message_id=parcel.message_id, body=body, event=event))
    return tuple(found)


def _form(parcel: Parcel) -> Hashable:
    """Return what tells the forms of one message apart: an event, a body, a body with a cover."""
    return (parcel.event is None, parcel.body if parcel.event is None else "")
