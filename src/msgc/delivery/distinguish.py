"""Whether a handler can tell what it got: nothing may be left to guess at run time."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery import codes
from msgc.delivery.plan import Arrival, Reception
from msgc.diagnostics import Diagnostic, Label
from msgc.source import Span
from msgc.topology.model import Message


def indistinguishable(receptions: tuple[Reception, ...]) -> Iterator[Diagnostic]:
    """Yield one finding for each reception where two kinds of messages look the same.

    Envelopes are seen from outside, and so is the attribute with the type; an event says its
    source and type. What says nothing has to be of one kind.
    """
    for reception in receptions:
        silent: dict[tuple[str, ...], list[tuple[Message | None, Arrival]]] = {}
        for arrival in reception.arrivals:
            if not _says_its_type(reception, arrival):
                kinds = silent.setdefault(arrival.envelopes, [])
                known = {kind for kind, _ in kinds}
                arriving = (*arrival.messages, *((None,) if arrival.untyped else ()))
                kinds += [(kind, arrival) for kind in arriving if kind not in known]
        for kinds in silent.values():
            if len(kinds) > 1:
                yield _report(reception, *kinds[:2])
                break


def _says_its_type(reception: Reception, arrival: Arrival) -> bool:
    is_event = reception.service == "eventbridge" or "eventbridge" in arrival.envelopes
    return is_event or arrival.attributes


def _report(
    reception: Reception,
    one: tuple[Message | None, Arrival],
    other: tuple[Message | None, Arrival],
) -> Diagnostic:
    consumer = reception.consumer
    return codes.INDISTINGUISHABLE.at(
        _place(reception, other[1]),
        f"`{consumer.name}` can't tell {_named(*other)} from {_named(*one)}",
        help="give them a queue each, or let one of them come by a bus",
        labels=(
            Label(span=_place(reception, one[1]), message=f"{_named(*one)} comes here"),
            Label(span=consumer.key, message="the consumer"),
        ),
    )


def _place(reception: Reception, arrival: Arrival) -> Span:
    return arrival.edges[0].key if arrival.edges else reception.consumer.key


def _named(message: Message | None, arrival: Arrival) -> str:
    what = f"`{message.name}`" if message is not None else "messages of any type"
    return f"{what} (`{arrival.edges[0].name}`)" if arrival.edges else what
