"""EventBridge pipes: one for each edge out of a queue or a stream that no function polls."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from msgc.diagnostics import Diagnostic
from msgc.links import codes
from msgc.links.edges import PipedEdge
from msgc.links.mechanisms import EventHead, MessageIds, Pipe
from msgc.links.model import Arrival
from msgc.links.record_patterns import record_patterns
from msgc.links.streams import PAYLOADS, stream_patterns
from msgc.sending.transformers import path_behind, pipe_template
from msgc.topology import ids
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.narrowing import is_fifo, kind_of
from msgc.topology.origins import Schedule, Stream

WHOLE, PAYLOAD, DETAIL = "$", "$.body", "$.body.detail"
"""What is handed on: a record, its body, or the detail of the event that the body is."""

_TYPE = "$.messageAttributes.message_type.stringValue"


def pipes(
    edges: tuple[PipedEdge, ...],
    at: Callable[[Queue], tuple[Arrival, ...]],
    diagnostics: list[Diagnostic],
) -> tuple[Pipe, ...]:
    """Return the pipes of all edges; `at` says what is in a queue."""
    found: list[Pipe] = []
    for each in edges:
        match each.origin:
            case Queue() as queue:
                found.append(_of_queue(each.edge, queue, at(queue), diagnostics))
            case Stream() as stream:
                found.append(_of_stream(each.edge, stream, diagnostics))
            case _:
                assert_never(each.origin)
    return tuple(found)


def arrival(edge: Subscription) -> Arrival:
    """Return what a pipe brings: the payload alone, or whatever a function answered."""
    return Arrival(
        envelopes=(),
        attributes=False,
        messages=edge.delivered,
        untyped=edge.delivers_untyped,
        edges=(edge,),
    )


def _of_queue(
    edge: Subscription,
    queue: Queue,
    arrivals: tuple[Arrival, ...],
    diagnostics: list[Diagnostic],
) -> Pipe:
    before = len(diagnostics)
    envelopes = {arrival.envelopes for arrival in arrivals}
    if len(envelopes) > 1 or any("sns" in envelope for envelope in envelopes):
        diagnostics.append(_unreadable(edge, "its payloads lie in several envelopes, or in SNS's"))
    is_event = envelopes == {("eventbridge",)}
    path = DETAIL if is_event else PAYLOAD
    named = all(arrival.attributes for arrival in arrivals)
    head = _head(edge, path, diagnostics, named=named, is_event=is_event)
    message_ids = _message_ids(edge, path, diagnostics)
    sound = len(diagnostics) == before
    return Pipe(
        edge=edge,
        origin=queue,
        target=edge.target,
        patterns=record_patterns(edge, arrivals, diagnostics) if sound else (),
        path=path,
        template=_template(edge, path, diagnostics, body_is_event=is_event),
        head=head,
        message_ids=message_ids,
        construct_id=ids.pipe(edge),
    )


def _of_stream(edge: Subscription, stream: Stream, diagnostics: list[Diagnostic]) -> Pipe:
    return Pipe(
        edge=edge,
        origin=stream,
        target=edge.target,
        patterns=stream_patterns(edge, stream, diagnostics),
        path=PAYLOADS[stream.service],
        template=_template(edge, PAYLOADS[stream.service], diagnostics, body_is_event=False),
        head=_head(edge, PAYLOADS[stream.service], diagnostics, named=False, is_event=False),
        message_ids=_message_ids(edge, PAYLOADS[stream.service], diagnostics),
        construct_id=ids.pipe(edge),
    )


def _template(
    edge: Subscription, path: str, diagnostics: list[Diagnostic], *, body_is_event: bool
) -> str | None:
    """Return the template of what the target gets: what the edge sends, or the payload alone."""
    if edge.send is not None:
        from msgc.sending.check import check_pipe  # noqa: PLC0415  # 2 ms, and few edges send

        diagnostics += check_pipe(edge, edge.send, body_is_event=body_is_event)
        return pipe_template(edge.send)
    return None if edge.enrich is not None or path == WHOLE else f"<{path}>"


def _head(
    edge: Subscription,
    path: str,
    diagnostics: list[Diagnostic],
    *,
    named: bool,
    is_event: bool,
) -> EventHead | None:
    """Return source and type for a bus; None elsewhere, and of what nothing is known.

    `path` is where the payload is in a record, and `named` if an attribute beside it says the type.
    """
    if not kind_of(edge.target).carries_events or edge.delivers_untyped:
        return None
    if is_event and edge.enrich is None and edge.send is None:
        return EventHead(source="$.body.source", type="$.body.detail-type")
    sources = list(dict.fromkeys(message.source for message in edge.delivered))
    if len(edge.delivered) == 1:
        return EventHead(source=sources[0], type=edge.delivered[0].type)
    if len(sources) == 1 and named:
        return EventHead(source=sources[0], type=_TYPE)
    if (told := _told_in(edge, path)) is not None:
        enveloped = all(message.envelope is not None for message in edge.delivered)
        source = f"{path}.source" if enveloped and len(sources) > 1 else sources[0]
        if enveloped or len(sources) == 1:
            return EventHead(source=source, type=told)
    diagnostics.append(_unreadable(edge, "nothing says which type each message has"))
    return None


def _told_in(edge: Subscription, path: str) -> str | None:
    """Return the path of a field that tells the type of all messages, if one does."""
    told = {message.told_by for message in edge.delivered}
    steps = next(iter(told)) if len(told) == 1 else ()
    return ".".join((path, *steps)) if steps and edge.send is None and edge.enrich is None else None


def _message_ids(edge: Subscription, path: str, diagnostics: list[Diagnostic]) -> MessageIds | None:
    """Return group and deduplication id of what goes to a FIFO queue: fields of the payload.

    https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeTargetSqsQueueParameters.html
    """
    if not is_fifo(edge.target):
        return None
    start = "$" if edge.enrich is not None else path
    groups = {m.group_by if edge.send else m.group_on_wire for m in edge.delivered}
    fields = next(iter(groups)) if len(groups) == 1 else None
    one = fields[0] if fields is not None and len(fields) == 1 else None
    group = None if edge.delivers_untyped or one is None else _id_path(edge, start, one)
    if group is None:
        diagnostics.append(
            codes.NO_GROUP_FOR_PIPE.at(
                edge.place("to"),
                f"the pipe `{edge.name}` can't tell the group of each message in a FIFO queue",
                help="give all messages that it brings the same `group_by`, one field; what `send`"
                " puts there is one whole placeholder",
            )
        )
        return None
    keys = {m.deduplicate_by if edge.send else m.deduplication_on_wire for m in edge.delivered}
    key = next(iter(keys)) if len(keys) == 1 else None
    return MessageIds(
        group=group, deduplication=None if key is None else _id_path(edge, start, key)
    )


def _id_path(edge: Subscription, start: str, field: tuple[str, ...]) -> str | None:
    """Return the path of a field of what arrives, in what the pipe makes it of."""
    return ".".join((start, *field)) if edge.send is None else path_behind(edge.send, field)


def _unreadable(edge: Subscription, why: str) -> Diagnostic:
    return codes.UNREADABLE_FOR_PIPE.at(
        edge.place("from"),
        f"the pipe `{edge.name}` can't read what is in `{edge.origin.name}`: {why}",
        help=_advice(edge),
    )


def _advice(edge: Subscription) -> str:
    match edge.origin:
        case Stream():
            return "say which field tells it: `discriminator: {field: ...}` on each of the messages"
        case Queue() | Topic() | Bus() | Schedule():
            return "give what it is to hand on a queue of its own, by way of `raw: true`"
        case _:
            assert_never(edge.origin)
