"""Write the ways to consumers, hop by hop, along which fakes deliver."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.emit.python_writer import call, literal, string
from msgc.emit.stubs.writing.stub_writer import StubWriter, tuple_of
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
from msgc.links.pipes import PAYLOAD
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Queue
from msgc.topology.origins import Stream
from msgc.topology.settings import GivenFunction, argument_in

_ROUTES = "testing.routes"


def written_path(writer: StubWriter, way: tuple[Link, ...], consumer: Consumer, room: int) -> str:
    """Return the hops of a way to a consumer, as a tuple."""
    hops = [_hop(writer, step, room - 5) for step in way[:-1]]
    return tuple_of("", [*hops, _last(writer, way[-1], consumer, room - 5)], room)


def _last(writer: StubWriter, step: Link, consumer: Consumer, room: int) -> str:
    """Write the hop to a consumer, which may be the one that a pipe asks on its way."""
    match step:
        case Pipe() if step.edge.asks is consumer:
            payload = [] if step.path == PAYLOAD else [f"payload={string(step.path)}"]
            arguments = [*_taken_out(step, room), *payload]
            return call(f"{writer.runtime(_ROUTES, 'Piped')}(", arguments, room)
        case (
            SnsSubscription() | EventRule() | ScheduledSend() | EventSourceMapping()
            | StreamMapping() | LongPoll() | Pipe()
        ):  # fmt: skip
            return _hop(writer, step, room)
        case _:
            assert_never(step)


def _hop(  # noqa: C901, PLR0911, PLR0912  # one for each link
    writer: StubWriter, step: Link, room: int
) -> str:
    match step:
        case EventSourceMapping() | LongPoll():
            arguments = [string(step.queue.physical_name)]
            arguments += _patterns(step.patterns, room)
            if step.consumer.batch_size != 10:
                arguments.append(f"batch_size={step.consumer.batch_size}")
            if step.queue.fifo is not None and step.queue.fifo.per_group:
                arguments.append("per_group=True")
            if step.queue.dead_letter is not None:
                arguments.append(f"max_receives={step.queue.dead_letter.after}")
            return call(f"{writer.runtime(_ROUTES, 'Polled')}(", arguments, room)
        case ScheduledSend():
            made = writer.runtime("testing.sent", "Scheduled")
            head = step.head
            arguments = [f"head=({string(head.source)}, {string(head.type)})"] if head else []
            return call(f"{made}(", arguments, room)
        case EventRule():
            arguments = [literal(step.pattern, room - 5)]
            if step.group is not None:
                arguments.append(tuple_of("group=", [string(s) for s in step.group], room - 5))
            if step.edge.send is None:
                return call(f"{writer.runtime(_ROUTES, 'Ruled')}(", arguments, room)
            arguments.append(f"send={literal(step.edge.send.sent, room - 5 - len('send='))}")
            made = writer.runtime("testing.transformed", "Transformed")
            return call(f"{made}(", arguments, room)
        case SnsSubscription():
            arguments = [string(step.topic.physical_name)]
            if step.policy is not None:
                arguments.append(f"policy={literal(step.policy.policy, room - 5 - len('policy='))}")
                if step.policy.scope != "MessageAttributes":
                    arguments.append(f"scope={string(step.policy.scope)}")
            if step.raw:
                arguments.append("raw=True")
            return call(f"{writer.runtime(_ROUTES, 'Subscribed')}(", arguments, room)
        case StreamMapping():
            raise AssertionError(step)  # nothing that is published comes to a stream
        case Pipe():
            if step.edge.enrich is not None:
                made = writer.runtime("testing.enriched", "Enriched")
                return call(f"{made}(", _piped(step, room), room)
            if step.edge.send is None:
                return call(f"{writer.runtime(_ROUTES, 'Piped')}(", _piped(step, room), room)
            made = writer.runtime("testing.transformed", "Remade")
            return call(f"{made}(", _piped(step, room), room)
        case _:
            assert_never(step)


def _patterns(patterns: tuple[dict[str, Any], ...], room: int) -> list[str]:
    written = [literal(pattern, room - 9) for pattern in patterns]
    return [tuple_of("patterns=", written, room - 5)] if written else []


def _queue(pipe: Pipe) -> Queue:
    match pipe.origin:
        case Queue():
            return pipe.origin
        case Stream():
            raise AssertionError(pipe)  # nothing that is published comes to a stream
        case _:
            assert_never(pipe.origin)


def _taken_out(pipe: Pipe, room: int) -> list[str]:
    """Return of which queue a pipe takes what, in which batches."""
    arguments = [string(_queue(pipe).physical_name), *_patterns(pipe.patterns, room)]
    reading = pipe.edge.reading
    if reading is not None and reading.size not in {None, 10}:
        arguments.append(f"batch_size={reading.size}")
    return arguments


def _asked(edge: Subscription) -> str | None:
    """Return whom a pipe asks: a consumer, or a function by its argument."""
    match edge.enrich:
        case Consumer():
            return edge.enrich.name
        case GivenFunction():
            return argument_in(edge.enrich.address)
        case None:
            return None
        case _:
            assert_never(edge.enrich)


def _piped(pipe: Pipe, room: int) -> list[str]:
    arguments, asked = _taken_out(pipe, room), _asked(pipe.edge)
    if asked is not None:
        arguments.append(f"asks={string(asked)}")
    if pipe.edge.send is not None:
        arguments.append(f"send={literal(pipe.edge.send.sent, room - 5 - len('send='))}")
    if pipe.path != PAYLOAD and (pipe.edge.send is None or asked is not None):
        arguments.append(f"payload={string(pipe.path)}")
    if pipe.head is not None:
        head = [string(pipe.head.source), string(pipe.head.type)]
        arguments.append(tuple_of("head=", head, room - 5))
    if pipe.message_ids is not None:
        arguments.append(f"group={string(pipe.message_ids.group)}")
        if pipe.message_ids.deduplication is not None:
            arguments.append(f"deduplication={string(pipe.message_ids.deduplication)}")
    return arguments
