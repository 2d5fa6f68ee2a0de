"""AWS's ranges for durations and sizes, each with its source.

Plain numbers have their ranges in the JSON Schema, where editors show them; durations and sizes are
text there, and what is counted differently from one edge to the next can't be said there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Topic
from msgc.topology.units import DAY, HOUR, KIB, MIB

_QUEUE = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
)
_TOPIC = "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html"
_ARCHIVE = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html"
_HTTP = "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html"
_RULE = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html"
_POLL = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
_PIPE = "https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html"
_FUNCTION = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"


class Range(Record):
    """What a service takes for one option: from `least` to `most`, both included."""

    of: Literal["queue", "topic", "consumer", "subscription"]
    path: tuple[str, ...]
    """The option's place in the declaration."""
    value: Callable[[Any], int | None]
    """Reads it from a declaration of that kind; None where it isn't there."""
    least: int
    most: int
    unit: Literal["seconds", "bytes", "times"]
    service: str
    source: str


def _rule_age(edge: Subscription) -> int | None:
    is_rule = "retry.max_age" in edge.way.options and not edge.way.reader
    return edge.retry.max_age if edge.retry and is_rule else None


def _rule_attempts(edge: Subscription) -> int | None:
    is_rule = "retry" in edge.way.options and not edge.way.reader
    return edge.retry.attempts if edge.retry and is_rule else None


def _record_age(edge: Subscription) -> int | None:
    return edge.retry.max_age if edge.retry and edge.way.reader else None


def _gathering(edge: Subscription) -> int | None:
    return edge.reading.window if edge.reading and edge.poller is None else None


def _archived(topic: Topic) -> int | None:
    return None if topic.archive_days is None else topic.archive_days * DAY


def _least_delay(of: Topic | Subscription) -> int | None:
    return None if of.http_policy is None else of.http_policy.min_delay_target


def _most_delay(of: Topic | Subscription) -> int | None:
    return None if of.http_policy is None else of.http_policy.max_delay_target


def _http_attempts(edge: Subscription) -> int | None:
    return edge.retry.attempts if edge.retry and "retry" in edge.delivery.options else None


_POSTING: tuple[Literal["topic", "subscription"], ...] = ("topic", "subscription")

RANGES = (
    Range(
        of="queue", path=("visibility",), value=lambda queue: queue.visibility,
        least=0, most=12 * HOUR, unit="seconds", service="SQS", source=_QUEUE,
    ),
    Range(
        of="queue", path=("retention",), value=lambda queue: queue.retention,
        least=60, most=14 * DAY, unit="seconds", service="SQS", source=_QUEUE,
    ),
    Range(
        of="queue", path=("delay",), value=lambda queue: queue.delay,
        least=0, most=900, unit="seconds", service="SQS", source=_QUEUE,
    ),
    Range(
        of="queue", path=("wait",), value=lambda queue: queue.wait,
        least=0, most=20, unit="seconds", service="SQS", source=_QUEUE,
    ),
    Range(
        of="queue", path=("max_size",), value=lambda queue: queue.max_size,
        least=KIB, most=MIB, unit="bytes", service="SQS", source=_QUEUE,
    ),
    Range(
        of="topic", path=("max_size",), value=lambda topic: topic.max_size,
        least=KIB, most=MIB, unit="bytes", service="SNS", source=_TOPIC,
    ),
    Range(
        of="topic", path=("archive", "retention"), value=_archived,
        least=DAY, most=365 * DAY, unit="seconds", service="SNS", source=_ARCHIVE,
    ),
    *(
        Range(
            of=of, path=("delivery", word), value=value,
            least=1, most=HOUR, unit="seconds", service="SNS", source=_HTTP,
        )
        for of in _POSTING
        for word, value in (("min_delay_target", _least_delay), ("max_delay_target", _most_delay))
    ),
    Range(
        of="consumer", path=("batch", "window"), value=lambda consumer: consumer.batch_window,
        least=0, most=300, unit="seconds", service="Lambda", source=_POLL,
    ),
    Range(
        of="consumer", path=("function", "timeout"),
        value=lambda consumer: consumer.function.timeout,
        least=1, most=900, unit="seconds", service="Lambda", source=_FUNCTION,
    ),
    Range(
        of="subscription", path=("retry", "max_age"), value=_rule_age,
        least=60, most=DAY, unit="seconds", service="EventBridge", source=_RULE,
    ),
    Range(
        of="subscription", path=("retry", "attempts"), value=_rule_attempts,
        least=0, most=185, unit="times", service="EventBridge", source=_RULE,
    ),
    Range(
        of="subscription", path=("retry", "max_age"), value=_record_age,
        least=60, most=7 * DAY, unit="seconds", service="AWS", source=_POLL,
    ),
    Range(
        of="subscription", path=("batch", "window"), value=_gathering,
        least=0, most=300, unit="seconds", service="EventBridge", source=_PIPE,
    ),
    Range(
        of="subscription", path=("retry", "attempts"), value=_http_attempts,
        least=0, most=100, unit="times", service="SNS", source=_HTTP,
    ),
)  # fmt: skip
