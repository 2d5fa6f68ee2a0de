"""What EventBridge Scheduler sends: one AWS::Scheduler::Schedule for each edge from a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Diagnostic
from msgc.links.edges import ScheduledEdge
from msgc.links.mechanisms import ScheduledSend
from msgc.links.model import Arrival
from msgc.runtime.publishing.texts import LONGEST_TOKEN, is_token
from msgc.sending import codes
from msgc.sending.transformers import schedule_input
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message
from msgc.topology.narrowing import is_fifo, kind_of
from msgc.tree import JsonValue


def scheduled_sends(
    edges: tuple[ScheduledEdge, ...], diagnostics: list[Diagnostic]
) -> tuple[ScheduledSend, ...]:
    """Return what all schedules send, in the order of the file."""
    found = []
    for each in edges:
        edge, send = each.edge, each.edge.send
        message = send.message if send is not None else None
        diagnostics += _ungrouped(edge, message)
        found.append(
            ScheduledSend(
                edge=edge,
                schedule=each.schedule,
                target=edge.target,
                input="{}" if send is None else schedule_input(send),
                head=message if kind_of(edge.target).carries_events else None,
                group=_group(edge, message) if is_fifo(edge.target) else None,
                dead_letter=edge.dead_letter,
                retry=edge.retry,
            )
        )
    return tuple(found)


def arrival(edge: Subscription) -> Arrival:
    """Return what arrives by a schedule: the message that it sends, and nothing around it."""
    return Arrival(
        envelopes=(),
        attributes=False,
        messages=edge.delivered,
        untyped=edge.delivers_untyped,
        edges=(edge,),
    )


def _group(edge: Subscription, message: Message | None) -> str | None:
    """Return the message group of what is sent to a FIFO queue, where the body has it."""
    written = edge.send.written if edge.send is not None else None
    if message is None or message.group_by is None or not isinstance(written, dict):
        return None
    texts = [_constant(written, path) for path in message.group_by]
    group = "#".join(text for text in texts if text is not None)
    return group if None not in texts and is_token(group) else None


def _constant(body: JsonValue, path: tuple[str, ...]) -> str | None:
    """Return the text of a field that has no placeholder."""
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    if isinstance(body, bool) or not isinstance(body, str | int):
        return None
    return None if "<" in str(body) else str(body)


def _ungrouped(edge: Subscription, message: Message | None) -> Iterator[Diagnostic]:
    """Yield a finding about a message for a FIFO queue in which no group stands."""
    if message is None or not is_fifo(edge.target) or _group(edge, message) is not None:
        return
    if message.group_by is None:
        text = f"`{message.name}` has no `group_by`, and a FIFO queue wants a group"
        yield codes.SEND_MISMATCH.at(
            edge.place("send", "message"), text, help="name the field: `group_by: order_id`"
        )
        return
    field = "#".join(".".join(path) for path in message.group_by)
    yield codes.SEND_MISMATCH.at(
        edge.place("send", "body", *message.group_by[0]),
        f"`{field}` is the message group, which a schedule says as a constant",
        help=f"write a text of 1 to {LONGEST_TOKEN} ASCII letters, digits and punctuation marks",
    )
