"""Write a consumer's module: how it reads what arrives, and its handler's decorator."""

from __future__ import annotations

from typing import assert_never

from msgc.artifact import Artifact
from msgc.emit.python_writer import call, string
from msgc.emit.stubs.handling.dispatch import Reading, reading_of
from msgc.emit.stubs.handling.large_messages import write_large
from msgc.emit.stubs.handling.workers import queue_variables, write_program, write_worker
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.stub_writer import StubWriter, described, grouped, tuple_of
from msgc.links.model import Links, Service, Trigger
from msgc.topology import names
from msgc.topology.ends import Consumer
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.names import snake
from msgc.topology.settings import Large, argument_in

_TAKEN = (
    "AnswerHandler", "Callable", "DirectHandler", "EventBridgeHandler", "Incoming",
    "DynamoDbStore", "KinesisHandler", "LARGE", "LargeMessages", "Message",
    "MessageContext", "MixedHandler", "Once",
    "PipeHandler", "Result", "SnsHandler", "SqsHandler", "TableHandler", "TypeAlias", "Unpack",
    "UntypedMessage", "Worker", "WorkerHandler", "WorkerOptions",
)  # fmt: skip

_BATCHES = frozenset({"sqs", "kinesis", "dynamodb"})
"""Whose events are batches, of which a function may say what failed."""


def consumer_artifacts(folder: str, links: Links) -> tuple[Artifact, ...]:
    """Return a module for every consumer that something reaches."""
    return tuple(
        Artifact(
            path=f"{folder}/consumers/{snake(consumer.name)}.py",
            text=_consumer(links, consumer, triggers),
        )
        for consumer, triggers in triggers_of(links).items()
    )


def triggers_of(links: Links) -> dict[Consumer, tuple[Trigger, ...]]:
    """Return what reaches each consumer."""
    found: dict[Consumer, tuple[Trigger, ...]] = {}
    for trigger in links.triggers:
        found[trigger.consumer] = (*found.get(trigger.consumer, ()), trigger)
    return found


def messages_of(links: Links, consumer: Consumer) -> list[str]:
    """Return the names of the classes that a consumer's handler gets."""
    readings = _readings(triggers_of(links)[consumer])
    found = [message.name for message in _unique(readings)]
    untyped = any(reading.untyped for reading in readings.values())
    return [*found, "UntypedMessage"] if untyped else found


def takes_untyped(links: Links) -> bool:
    """Whether a consumer gets messages of no known type."""
    every = triggers_of(links).values()
    return any(reading.untyped for some in every for reading in _readings(some).values())


def _consumer(links: Links, consumer: Consumer, triggers: tuple[Trigger, ...]) -> str:
    topology = links.topology
    about = f"Handling what reaches the consumer `{consumer.name}`."
    writer = StubWriter(about, location_of(topology.build), taken=_TAKEN)
    readings = _readings(triggers)
    messages = _unique(readings)
    members = [writer.message(message) for message in messages]
    if any(reading.untyped for reading in readings.values()):
        members.append(writer.runtime("handling.untyped", "UntypedMessage"))
    writer.use("typing", "TypeAlias")
    writer.use("collections.abc", "Callable")
    writer.runtime("handling.incoming", "MessageContext")
    writer.alias("Message", members)
    writer.docstring(f"What `{consumer.name}` has to handle.")
    if consumer.remembers is not None:
        _once(writer, topology, triggers, messages)
    large = _large(links, consumer)
    if large:
        write_large(writer, large)
    _handler(writer, topology.service, readings, triggers, is_large=bool(large))
    if consumer.worker is not None:
        write_worker(writer, consumer, queue_variables(links, triggers))
    for service, reading in readings.items():
        name = _reader(service, readings)
        writer.lines(["", ""])
        reading.write(writer, name, is_large=bool(large))
    if consumer.worker is not None:
        write_program(writer, consumer)
    return writer.render()


def _once(
    writer: StubWriter,
    topology: Topology,
    triggers: tuple[Trigger, ...],
    messages: list[Message],
) -> None:
    """Write where it is remembered which messages were handled, and by which fields."""
    consumer = triggers[0].consumer
    assert consumer.remembers is not None  # noqa: S101  # who calls this has looked
    argument = argument_in(consumer.remembers.table.address)
    store = call(
        f"{writer.runtime('handling.dynamodb', 'DynamoDbStore')}(",
        [
            f"variable={string(names.claim_variable(topology.built_as, argument))}",
            f"expires={grouped(consumer.remembers.expires)}",
            f"in_progress={grouped(_longest(triggers))}",
        ],
        writer.room - 4,
    )
    fields = [
        f"{string(each.name)}: {tuple_of('', [string(step) for step in each.deduplicate_by], 80)}"
        for each in messages
        if each.deduplicate_by
    ]
    arguments = [store, *([call("{", fields, writer.room - 4, "}")] if fields else [])]
    head = f"ONCE = {writer.runtime('handling.idempotency', 'Once')}("
    writer.line()
    writer.text(call(head, arguments, writer.room))
    writer.docstring("What it remembers of the messages that it has handled.")


_MAXIMUM = 900
"""Seconds that a function may run at most."""


_THROUGH_S3 = frozenset({"sqs", "sns"})
"""In whose events a message may be a pointer into S3."""


def _large(links: Links, consumer: Consumer) -> tuple[Large, ...]:
    """Return the messages that may come through S3."""
    if not links.topology.payload_buckets:
        return ()
    from msgc.links.large import arriving  # noqa: PLC0415  # few services have some

    return arriving(consumer, links)


def _longest(triggers: tuple[Trigger, ...]) -> int:
    """Return how many seconds a message may be under way: then nobody is handling it any more."""
    consumer = triggers[0].consumer
    if consumer.worker is not None:
        hidden = [each.queue.visibility for each in triggers if each.queue is not None]
        return max(hidden, default=_MAXIMUM)
    return consumer.function.timeout or _MAXIMUM


def _readings(triggers: tuple[Trigger, ...]) -> dict[Service, Reading]:
    """Return one reading for each kind of event: all queues are polled into the same function."""
    services = dict.fromkeys(trigger.service for trigger in triggers)
    return {
        service: reading_of(
            service, [a for r in triggers if r.service == service for a in r.arrivals]
        )
        for service in services
    }


def _unique(readings: dict[Service, Reading]) -> list[Message]:
    return list(dict.fromkeys(m for reading in readings.values() for m in reading.messages))


def _reader(service: Service, readings: dict[Service, Reading]) -> str:
    return "_read" if len(readings) == 1 else f"_read_{service}"


def _handler(
    writer: StubWriter,
    owner: str,
    readings: dict[Service, Reading],
    triggers: tuple[Trigger, ...],
    *,
    is_large: bool,
) -> None:
    consumer = triggers[0].consumer
    entry = _entry(writer, owner, readings, triggers, is_large=is_large)
    result = entry.partition("(")[0]
    writer.lines(["", ""])
    if consumer.answers is None:
        answer = writer.runtime("handling.running", "Result")
    else:
        answer = writer.message(consumer.answers)
    parameter = f"function: Callable[[Message, MessageContext], {answer}]"
    with writer.signature("def handler(", [parameter], f") -> {result}[Message, {answer}]:"):
        first = (
            "Make a function the Lambda entry point, `(event, context)`."
            if consumer.worker is None
            else "Make a function the handler of what the worker receives."
        )
        writer.docstring(described(first, consumer.description))
        writer.text(f"return {entry}")


def _entry(
    writer: StubWriter,
    owner: str,
    readings: dict[Service, Reading],
    triggers: tuple[Trigger, ...],
    *,
    is_large: bool,
) -> str:
    """Return what makes the entry point: one handler, or one for each AWS service."""
    room = writer.room - len("    return ")
    made = {
        service: (
            f"{_handler_class(writer, service, triggers[0].consumer)}(",
            [
                *_arguments(owner, service, _reader(service, readings), triggers),
                *(["large=LARGE"] if is_large and service in _THROUGH_S3 else []),
            ],
        )
        for service in readings
    }
    if len(made) == 1:
        return call(*next(iter(made.values())), room)
    head = f"{writer.runtime('handling.pushed', 'MixedHandler')}("
    flat = call(head, [f"{s}={call(*parts, 1000)}" for s, parts in made.items()], room)
    if "\n" not in flat:
        return flat
    inner = writer.room - 9
    parts = [call(f"{s}={start}", arguments, inner) for s, (start, arguments) in made.items()]
    return call(head, parts, room)


def _handler_class(  # noqa: PLR0911  # one for each service
    writer: StubWriter, service: Service, consumer: Consumer
) -> str:
    match service:
        case "sqs" if consumer.worker is not None:
            return writer.runtime("handling.workers", "WorkerHandler")
        case "sqs":
            return writer.runtime("handling.handlers", "SqsHandler")
        case "sns":
            return writer.runtime("handling.pushed", "SnsHandler")
        case "eventbridge":
            return writer.runtime("handling.pushed", "EventBridgeHandler")
        case "kinesis" | "dynamodb":
            name = "KinesisHandler" if service == "kinesis" else "TableHandler"
            return writer.runtime("handling.streams", name)
        case "enrichment":
            return writer.runtime("handling.answering", "AnswerHandler")
        case "pipe":
            return writer.runtime("handling.pushed", "PipeHandler")
        case "direct":
            return writer.runtime("handling.pushed", "DirectHandler")
        case _:
            assert_never(service)


def _arguments(
    owner: str, service: Service, reader: str, triggers: tuple[Trigger, ...]
) -> list[str]:
    consumer = triggers[0].consumer
    arguments = ["function", reader]
    arguments += [f"consumer={string(consumer.name)}", f"service={string(owner)}"]
    ordered = {r.queue.fifo is not None for r in triggers if r.queue is not None}
    if service == "sqs" and True in ordered:
        arguments.append("fifo=True")
        if False in ordered:
            arguments.append("standard=True")
    if service in _BATCHES and not consumer.partial_failures:
        arguments.append("partial_failures=False")
    if consumer.remembers is not None:
        arguments.append("once=ONCE")
    return arguments
