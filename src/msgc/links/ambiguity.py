"""Check that a handler can tell the types of its messages apart at run time."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Diagnostic, Label
from msgc.links import codes
from msgc.links.model import Arrival, Service, Trigger
from msgc.source import Span
from msgc.topology.ends import Consumer, Place
from msgc.topology.graph import Graph
from msgc.topology.messages import Message
from msgc.topology.model import Topology

_Kind = tuple[Message | None, Arrival]
"""A type, or anything at all, and one of the ways in which it comes."""


def indistinguishable(triggers: tuple[Trigger, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each way in which two types of messages arrive and look the same.

    An event says its source and type, and the attribute with the type says it for a payload.
    What says nothing has to be of one kind.
    """
    for trigger in _joined(triggers):
        clash = first_clash(trigger.service, trigger.arrivals)
        if clash is not None:
            yield _report(trigger, *clash)


def first_clash(service: Service, arrivals: tuple[Arrival, ...]) -> tuple[_Kind, _Kind] | None:
    """Return the first two types that look the same where they arrive, if there are any."""
    known: dict[tuple[str, ...], _Kind] = {}
    for arrival in arrivals:
        kinds = (*arrival.messages, *((None,) if arrival.untyped else ()))
        for kind in kinds:
            looks = _looks(service, arrival, kind)
            if known.setdefault(looks, (kind, arrival))[0] is not kind:
                return known[looks], (kind, arrival)
    return None


def _joined(triggers: tuple[Trigger, ...]) -> Iterator[Trigger]:
    """Yield what reaches a consumer by one service: all its queues are read into one function."""
    groups: dict[tuple[Consumer, Service], list[Trigger]] = {}
    for trigger in triggers:
        groups.setdefault((trigger.consumer, trigger.service), []).append(trigger)
    for group in groups.values():
        arrivals = tuple(arrival for trigger in group for arrival in trigger.arrivals)
        yield group[0] if len(group) == 1 else group[0].replace(queue=None, arrivals=arrivals)


def _looks(service: Service, arrival: Arrival, kind: Message | None) -> tuple[str, ...]:
    """Return what a handler sees of the type."""
    if service == "eventbridge" or "eventbridge" in arrival.envelopes:
        return ("event", kind.type, repr(kind.sources)) if kind else ("event",)
    if arrival.attributes:
        return ("attribute", kind.type) if kind else ("attribute",)
    if kind is not None and (kind.discriminator is not None or kind.envelope is not None):
        return ("told", kind.type)
    return ("nothing",)


def _report(
    trigger: Trigger,
    one: _Kind,
    other: _Kind,
) -> Diagnostic:
    consumer = trigger.consumer
    return codes.INDISTINGUISHABLE.at(
        _place(trigger, other[1]),
        f"`{consumer.name}` can't tell {_named(*other)} from {_named(*one)}",
        help=_advice(trigger),
        labels=(
            Label(span=_place(trigger, one[1]), message=f"{_named(*one)} comes here"),
            Label(span=consumer.key, message="the consumer"),
        ),
    )


def _advice(trigger: Trigger) -> str:
    each = "a queue" if trigger.queue is not None or trigger.service != "sqs" else "a consumer"
    return (
        f"give them {each} each, let one of them come by a bus, or say how they tell their type:"
        " `discriminator: {field: ...}`"
    )


def _place(trigger: Trigger, arrival: Arrival) -> Span:
    return arrival.edges[0].key if arrival.edges else trigger.consumer.key


def _named(message: Message | None, arrival: Arrival) -> str:
    what = f"`{message.name}`" if message is not None else "messages of any type"
    return f"{what} (`{arrival.edges[0].name}`)" if arrival.edges else what


def mixed_discriminators(topology: Topology, graph: Graph) -> Iterator[Diagnostic]:
    """Yield a finding for each queue or topic whose messages tell their type in different ways."""
    places: tuple[Place, ...] = (*topology.queues.values(), *topology.topics.values())
    for place in places:
        first: Message | None = None
        there = dict.fromkeys(place.messages)
        for edge in graph.subscriptions_to(place):
            if not edge.brings_events:
                there.update(dict.fromkeys(edge.delivered))
        for message in there:
            if message.discriminator is None:
                continue
            if first is None or first.discriminator is None:
                first = message
            elif first.discriminator.said != message.discriminator.said:
                yield codes.MIXED_DISCRIMINATORS.at(
                    message.place("discriminator"),
                    f"`{first.name}` and `{message.name}` are on `{place.name}`, and tell their"
                    " type in different ways",
                    help="write the same `discriminator` in both, or give each a place of its own",
                    labels=(
                        Label(
                            span=first.place("discriminator"),
                            message=f"`{first.discriminator.said}` here",
                        ),
                        Label(span=place.key, message="the place"),
                    ),
                )
                break
