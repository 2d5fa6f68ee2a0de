"""Event source mappings on streams, and what the records of streams are like."""

from __future__ import annotations

from typing import Any

from msgc.diagnostics import Diagnostic, did_you_mean
from msgc.filtering.on_wire import wire_filters
from msgc.links import codes
from msgc.links.edges import StreamEdge
from msgc.links.mechanisms import StreamMapping
from msgc.links.model import Arrival
from msgc.topology import ids
from msgc.topology.edges import Subscription
from msgc.topology.origins import Stream

PAYLOADS = {"dynamodb": "$", "kinesis": "$.data"}
"""Where in a record the payload is: of a change to a table, the record is all that there is."""

_RECORD = (
    "eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb",
    "eventSourceARN", "userIdentity",
)  # fmt: skip
"""https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html"""
_CHANGES = ("INSERT", "MODIFY", "REMOVE")


def stream_mappings(
    edges: tuple[StreamEdge, ...], diagnostics: list[Diagnostic]
) -> tuple[StreamMapping, ...]:
    """Return the event source mappings on streams, in the order of the file."""
    return tuple(
        StreamMapping(
            edge=each.edge,
            stream=each.stream,
            consumer=each.consumer,
            patterns=stream_patterns(each.edge, each.stream, diagnostics),
            construct_id=ids.stream_mapping(each.edge, each.consumer),
        )
        for each in edges
    )


def arrival(edge: Subscription) -> Arrival:
    """Return what a record of a stream brings to a function."""
    return Arrival(
        envelopes=(),
        attributes=False,
        messages=edge.delivered,
        untyped=edge.delivers_untyped,
        edges=(edge,),
    )


def stream_patterns(
    edge: Subscription, stream: Stream, diagnostics: list[Diagnostic]
) -> tuple[dict[str, Any], ...]:
    """Return the filter as its reader needs it: about `data`, or about a table's whole record."""
    if not edge.filter:
        return ()
    if stream.service == "kinesis":
        return tuple({"data": each} for each in wire_filters(edge.filter, edge.messages))
    diagnostics += _unknown(edge, edge.filter)
    return (edge.filter,)


def _unknown(edge: Subscription, written: dict[str, Any]) -> list[Diagnostic]:
    """Return findings about what no record of a table's stream has."""
    found = [
        codes.NOT_IN_RECORD.at(
            edge.place("filter", field),
            f"a record of a table's stream has no `{field}`",
            help=did_you_mean(field, list(_RECORD))
            or "filters start at the record: `eventName`, or `dynamodb: {NewImage: {...}}`",
        )
        for field in written
        if field not in _RECORD and field != "$or"
    ]
    names = written.get("eventName")
    found += [
        codes.NOT_IN_RECORD.at(
            edge.place("filter", "eventName", index),
            f"no record of a table's stream has the `eventName` `{name}`",
            help="it is `INSERT`, `MODIFY` or `REMOVE`",
        )
        for index, name in enumerate(names if isinstance(names, list) else ())
        if isinstance(name, str) and name not in _CHANGES
    ]
    return found
