"""Find edges between the same two ends that deliver a message twice, or add nothing.

Only what is certain is told: filters that let everything through, equal filters, and the examples
of a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import assert_never

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering import codes
from msgc.filtering.acceptance import Acceptance
from msgc.kinds import Way
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Origin, Outside, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology

_TRIED = 20
"""With more subscriptions between two places, examples aren't tried on all of them."""


def overlapping_edges(topology: Topology) -> Iterator[Diagnostic]:
    """Yield findings about edges between the same two ends: duplicates, and some without effect."""
    groups: dict[tuple[Origin, End, str], list[Subscription]] = {}
    for edge in topology.subscriptions.values():
        if edge.enabled:
            sent = "" if edge.send is None else repr((edge.send.message, edge.send.written))
            groups.setdefault((edge.origin, edge.target, sent), []).append(edge)
    acceptance = Acceptance()
    for (_, target, _), edges in groups.items():
        if len(edges) > 1:
            match edges[0].way:
                case Way.EVENT_RULE:
                    yield from _twice(edges, acceptance)
                case Way.SNS_SUBSCRIPTION:
                    yield from _joined(target, edges)
                case Way.EVENT_SOURCE_MAPPING | Way.LONG_POLL | Way.PIPE:
                    pass  # a message in a queue is read once
                case Way.STREAM_MAPPING | Way.STREAM_PIPE:
                    pass  # each reader begins where it is told to
                case Way.SCHEDULE:
                    pass  # each has an origin of its own
                case _:
                    assert_never(edges[0].way)


# --- buses --------------------------------------------------------------------------------------


def _twice(edges: list[Subscription], acceptance: Acceptance) -> Iterator[Diagnostic]:
    untyped = [edge for edge in edges if edge.untyped]
    everything = [edge for edge in untyped if not (edge.filter or edge.pattern)]
    told = set(everything[1:])
    for edge in everything[1:]:
        yield _arrives_twice("every message", edge, everything[0])
    by_message: dict[Message, list[Subscription]] = {}
    for edge in edges:
        for message in edge.messages:
            by_message.setdefault(message, []).append(edge)
    for message, named in by_message.items():
        for edge, other in _common(message, [*named, *untyped], acceptance):
            if edge not in told and acceptance.of(edge, message) != "never":
                told.add(edge)
                yield _arrives_twice(f"`{message.name}`", edge, other)


def _common(
    message: Message, edges: list[Subscription], acceptance: Acceptance
) -> Iterator[tuple[Subscription, Subscription]]:
    """Yield edges that take a message that another one certainly takes too, and that other one.

    That a `filter` lets everything through has been told, so it isn't looked for again.
    """
    always = [e for e in edges if not e.filter and acceptance.of(e, message) == "always"]
    if always:
        yield from _with_first([always[0], *(edge for edge in edges if edge is not always[0])])
    equal: dict[str, list[Subscription]] = {}
    for edge in edges:
        equal.setdefault(acceptance.written(edge), []).append(edge)
    for group in equal.values():
        yield from _with_first(group)
    if len(edges) <= _TRIED:
        for example in message.examples:
            yield from _with_first([edge for edge in edges if acceptance.matches(edge, example)])


def _with_first(edges: list[Subscription]) -> Iterator[tuple[Subscription, Subscription]]:
    for other in edges[1:]:
        yield other, edges[0]


def _arrives_twice(what: str, edge: Subscription, other: Subscription) -> Diagnostic:
    return codes.OVERLAPPING.at(
        edge.key,
        f"{what} can arrive twice: by `{other.name}` and by `{edge.name}`",
        help="join the two with `$or`, or make their filters exclude each other",
        labels=(Label(span=other.key, message="from the same bus to the same place"),),
    )


# --- topics -------------------------------------------------------------------------------------


def _joined(target: End, edges: list[Subscription]) -> Iterator[Diagnostic]:
    match target:
        case Queue() | Consumer():
            yield from _without_effect(edges)
        case Topic() | Bus() | Outside():
            pass  # two such ends are two subscriptions
        case _:
            assert_never(target)


def _without_effect(edges: list[Subscription]) -> Iterator[Diagnostic]:
    left = _Left(edges)
    found = []
    for edge in reversed(edges):
        covering = left.covering(edge)
        if covering:
            left.remove(edge)
            found.append((edge, covering))
    for edge, covering in reversed(found):
        names = " and ".join(f"`{other.name}`" for other in covering)
        yield codes.WITHOUT_EFFECT.at(
            edge.key,
            f"`{edge.name}` has no effect: {names} already take{'s' * (len(covering) == 1)} "
            "all that it takes",
            help=f"narrow {names}, or do without `{edge.name}`",
            labels=tuple(
                Label(span=other.key, message="from the same topic to the same endpoint")
                for other in covering
            ),
        )


class _Left:
    """The edges without a filter that may still have an effect, by the types that they take."""

    def __init__(self, edges: list[Subscription]) -> None:
        unfiltered = [edge for edge in edges if not edge.filter]
        self._untyped = {edge: None for edge in unfiltered if edge.untyped}
        self._order = {edge: number for number, edge in enumerate(edges)}
        self._takers: dict[Message, dict[Subscription, None]] = {}
        for edge in unfiltered:
            for message in edge.messages:
                self._takers.setdefault(message, {})[edge] = None

    def remove(self, edge: Subscription) -> None:
        """Take out an edge that has no effect itself, so that it counts as covering no other."""
        self._untyped.pop(edge, None)
        for message in edge.messages:
            self._takers.get(message, {}).pop(edge, None)

    def covering(self, edge: Subscription) -> tuple[Subscription, ...]:
        """Return the edges that take everything that this one takes; none, if they don't."""
        if edge.untyped or not edge.messages:
            return tuple(_first_other(edge, self._untyped))
        found: dict[Subscription, None] = {}
        for message in edge.messages:
            takers = (
                *_first_other(edge, self._takers.get(message, {})),
                *_first_other(edge, self._untyped),
            )
            if not takers:
                return ()
            found[min(takers, key=self._order.__getitem__)] = None
        return tuple(found)


def _first_other(edge: Subscription, edges: dict[Subscription, None]) -> Iterator[Subscription]:
    return islice((other for other in edges if other is not edge), 1)
