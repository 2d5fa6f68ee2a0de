"""The options of each kind of thing, and how the file would spell their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from msgc.describe.model import Thing
from msgc.record import Record
from msgc.routing.wording import reference
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.settings import ByArn, Pollers, Provided
from msgc.topology.units import DAY, duration, size


class Option(Record):
    """One option: its path in the file, and its value as the file would have it."""

    path: str
    value: Callable[[Any], str | None]
    """None: it has none, or it means nothing here."""
    field: str = ""
    """Of `Topology.reasons`, where that is another word."""


def options_of(thing: Thing) -> tuple[Option, ...]:
    """Return the options of a thing, in the order in which they are told."""
    return (*_own(thing), *_OF_ALL)


def _own(thing: Thing) -> tuple[Option, ...]:  # noqa: PLR0911  # one for each
    match thing:
        case Queue() | Topic() | Bus() if thing.imported is not None or thing.is_default:
            return _FOUND
        case Queue():
            return _QUEUE
        case Topic():
            return _TOPIC
        case Bus():
            return _BUS
        case Consumer():
            return _CONSUMER
        case Producer():
            return _PRODUCER
        case Message():
            return _MESSAGE
        case Subscription():
            return _SUBSCRIPTION
        case _:
            assert_never(thing)


def _seconds(field: str) -> Callable[[Any], str | None]:
    return lambda thing: duration(getattr(thing, field))


def _bytes(field: str) -> Callable[[Any], str | None]:
    return lambda thing: size(getattr(thing, field))


def _yes(field: str) -> Callable[[Any], str | None]:
    return lambda thing: _boolean(getattr(thing, field))


def _boolean(value: object) -> str:
    return "true" if value else "false"


def _text(field: str) -> Callable[[Any], str | None]:
    def value(thing: Any) -> str | None:
        found = getattr(thing, field)
        return None if found in {None, ""} else spelling(found)

    return value


def _days(days: int | None) -> str | None:
    if days is None:
        return None
    return duration(days * DAY) if days else "for ever"


def _dead_letter(queue: Queue) -> str:
    return "none" if queue.dead_letter is None else reference(queue.dead_letter.queue)


def _fifo(place: Queue | Topic) -> str:
    if place.fifo is None:
        return "false"
    return "per-group throughput" if place.fifo.per_group else "true"


def _of_function(field: str, shown: Callable[[Any], str]) -> Callable[[Any], str | None]:
    def value(consumer: Consumer) -> str | None:
        found = getattr(consumer.function, field, None)
        return None if found is None else shown(found)

    return value


def _concurrency(consumer: Consumer) -> str | None:
    match consumer.concurrency:
        case None:
            return None
        case Pollers(min=least, max=most):
            return f"{least} to {most} pollers"
        case most:
            return str(most)


def _of_retry(field: str, shown: Callable[[Any], str]) -> Callable[[Any], str | None]:
    def value(edge: Subscription) -> str | None:
        found = None if edge.retry is None else getattr(edge.retry, field)
        return None if found is None else shown(found)

    return value


def _edge_dead_letter(edge: Subscription) -> str | None:
    if "dead_letter" not in edge.way.options:
        return None
    return "none" if edge.dead_letter is None else reference(edge.dead_letter)


def _messages(edge: Subscription) -> str:
    return "any" if edge.untyped else ", ".join(message.name for message in edge.messages)


def _tags(thing: Thing) -> Iterator[str]:
    return (f"{key}={value}" for key, value in thing.tags.items())


def _found(place: Place) -> str:
    return "the account's own" if place.is_default else "exists already"


def _role(producer: Producer) -> str | None:
    if producer.outsider is not None:
        return None
    match producer.role:
        case None:
            return "a managed policy is exported for it"
        case Provided():
            return "handed over by the app"
        case ByArn(arn=arn):
            return spelling(arn)
        case _:
            assert_never(producer.role)


_NAME = Option(path="name", value=_text("physical_name"), field="physical_name")
_OF_ALL = (
    Option(path="was", value=_text("was")),
    Option(path="tags", value=lambda thing: ", ".join(_tags(thing)) or None),
)
_FOUND = (Option(path="import", value=_found),)
_QUEUE = (
    _NAME,
    Option(path="fifo", value=_fifo),
    Option(path="visibility", value=_seconds("visibility")),
    Option(path="retention", value=_seconds("retention")),
    Option(path="delay", value=_seconds("delay")),
    Option(path="max_size", value=_bytes("max_size")),
    Option(path="wait", value=_seconds("wait")),
    Option(path="dead_letter", value=_dead_letter),
    Option(
        path="dead_letter.after",
        value=lambda queue: None if queue.dead_letter is None else str(queue.dead_letter.after),
    ),
    Option(
        path="content_deduplication",
        value=lambda queue: _boolean(queue.content_deduplication) if queue.fifo else None,
    ),
)
_TOPIC = (
    _NAME,
    Option(path="fifo", value=_fifo),
    Option(path="max_size", value=_bytes("max_size")),
    Option(path="display_name", value=_text("display_name")),
    Option(path="archive.retention", value=lambda topic: _days(topic.archive_days)),
    Option(path="tracing", value=_yes("tracing")),
    Option(
        path="content_deduplication",
        value=lambda topic: _boolean(topic.content_deduplication) if topic.fifo else None,
    ),
)
_BUS = (
    _NAME,
    Option(path="archive.retention", value=lambda bus: _days(bus.archive_days)),
    Option(path="schemas", value=_yes("schemas")),
    Option(
        path="dead_letter",
        value=lambda bus: reference(bus.dead_letter) if bus.dead_letter else None,
    ),
    Option(path="log.level", value=lambda bus: bus.log.level if bus.log else None),
)
_CONSUMER = (
    Option(path="function.code", value=_of_function("code", str)),
    Option(path="function.handler", value=_of_function("handler", str)),
    Option(path="function.runtime", value=_of_function("runtime", str)),
    Option(path="function.timeout", value=_of_function("timeout", duration)),
    Option(path="function.memory", value=_of_function("memory", lambda mib: f"{mib} MiB")),
    Option(path="function.reserved", value=_of_function("reserved", str)),
    Option(path="function.retries", value=_of_function("retries", str)),
    Option(
        path="function.on_failure",
        value=lambda consumer: reference(consumer.on_failure) if consumer.on_failure else "none",
        field="on_failure",
    ),
    Option(path="batch.size", value=lambda consumer: str(consumer.batch_size)),
    Option(path="batch.window", value=_seconds("batch_window")),
    Option(path="concurrency.max", value=_concurrency),
    Option(path="partial_failures", value=_yes("partial_failures")),
)
_PRODUCER = (
    Option(path="role", value=_role),
    Option(path="stubs", value=_yes("stubs")),
)
_MESSAGE = (
    Option(path="type", value=_text("type")),
    Option(path="source", value=_text("source")),
    Option(
        path="group_by",
        value=lambda message: ", ".join(map(".".join, message.group_by or ())) or None,
    ),
    Option(
        path="deduplicate_by", value=lambda message: ".".join(message.deduplicate_by or ()) or None
    ),
    Option(
        path="envelope", value=lambda message: None if message.envelope is None else "cloudevents"
    ),
    Option(path="deprecated", value=_text("deprecated")),
)
_SUBSCRIPTION = (
    Option(path="messages", value=_messages),
    Option(path="raw", value=lambda edge: _boolean(edge.raw) if _may_be_raw(edge) else None),
    Option(path="retry.attempts", value=_of_retry("attempts", str)),
    Option(path="retry.max_age", value=_of_retry("max_age", duration)),
    Option(path="dead_letter", value=_edge_dead_letter),
    Option(path="enabled", value=_yes("enabled")),
)


def _may_be_raw(edge: Subscription) -> bool:
    return "raw" in edge.delivery.options
