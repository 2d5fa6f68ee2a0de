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
    envelopes = {arrival.envelopes for arrival in arrivals}
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
    messages = edge.messages or (m for arrival in arrivals for m in arrival.messages)
    filters = wire_filters(edge.filter, messages)
    if envelopes == {("eventbridge",)}:
        return tuple({"body": {"detail": each}} for each in filters)
    if ("eventbridge",) not in envelopes:
        return tuple({"body": each} for each in filters)
    return (
        *({"body": {"detail-type": [{"exists": False}], **each}} for each in filters),
        *({"body": {"detail-type": [{"exists": True}], "detail": each}} for each in filters),
    )
