"""Filters about what is in a queue, as patterns about SQS's records."""

from __future__ import annotations

from typing import Any

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering.on_wire import wire_filters
from msgc.links import codes
from msgc.links.model import Arrival
from msgc.topology.edges import Subscription


def record_patterns(
    edge: Subscription, arrivals: tuple[Arrival, ...], diagnostics: list[Diagnostic]
) -> tuple[dict[str, Any], ...]:
    """Return the filter as its reader needs it: about `body`, once for each shape of a body.

    Several patterns are alternatives; a payload and an event around one are told apart by the
    event's detail-type, so that a filter with `exists: false` doesn't let all events through.
    """
    if not edge.filter:
        return ()
    wrapped = next((arrival for arrival in arrivals if "sns" in arrival.envelopes), None)
    if wrapped is not None:
        labels = tuple(
            Label(span=e.place("raw"), message=f"`{e.name}` doesn't deliver raw")
            for e in wrapped.edges[:1]
        )
        diagnostics.append(
            codes.POLL_FILTER_IN_ENVELOPE.at(
                edge.place("filter"),
                f"the filter of `{edge.name}` can't look into SNS's envelope, "
                f"and {edge.way.reader} deletes what its filter doesn't match",
                help="write `raw: true` there, so that the queue gets the bare message; or filter"
                " on the subscription instead",
                labels=labels,
            )
        )
        return ()
    events = [a for a in arrivals if a.envelopes == ("eventbridge",)]
    payloads = [a for a in arrivals if a.envelopes != ("eventbridge",)]
    in_events = _about_payloads(edge, events) if events else ()
    bare = _about_payloads(edge, payloads) if payloads or not events else ()
    if not bare:
        return tuple({"body": {"detail": each}} for each in in_events)
    if not in_events:
        return tuple({"body": each} for each in bare)
    return (
        *({"body": {"detail-type": [{"exists": False}], **each}} for each in bare),
        *({"body": {"detail-type": [{"exists": True}], "detail": each}} for each in in_events),
    )


def _about_payloads(edge: Subscription, arrivals: list[Arrival]) -> tuple[dict[str, Any], ...]:
    """Return the filter about what arrives, in an envelope or not."""
    come = [message for arrival in arrivals for message in arrival.messages]
    return wire_filters(edge.filter or {}, come or edge.messages)
