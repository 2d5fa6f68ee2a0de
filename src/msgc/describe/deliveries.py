"""How often SNS, EventBridge and Lambda try again, and where goes what they give up on."""

from __future__ import annotations

from msgc.describe.model import Row, Step
from msgc.describe.wording import span_of_time, vertex
from msgc.links.mechanisms import EventRule, ScheduledSend, SnsSubscription
from msgc.record import Record
from msgc.routing.wording import reference
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Queue
from msgc.topology.origins import Stream
from msgc.topology.settings import HttpPolicy, delays
from msgc.topology.units import DAY, HOUR, MINUTE

_SNS = "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html"
_EVENTBRIDGE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"
_SCHEDULER = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html"
_LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html"
_STREAMS = "https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html"


class _Tries(Record):
    """How often SNS tries, and for how long."""

    tries: str
    seconds: int


_BY_AWS = _Tries(tries="100,015", seconds=23 * DAY)
"""Of what AWS runs itself: queues, functions, Firehose."""
_OF_PEOPLE = _Tries(tries="50", seconds=6 * HOUR)
"""Of mail and text messages."""
_TRIES = {
    "sqs": _BY_AWS, "lambda": _BY_AWS, "firehose": _BY_AWS,
    "email": _OF_PEOPLE, "email-json": _OF_PEOPLE, "sms": _OF_PEOPLE,
}  # fmt: skip
"""By SNS's protocol; HTTP endpoints have a policy. All others are tried as those of AWS."""

_DEFAULT_RETRIES = 3
"""Of an HTTP endpoint without a policy."""
_ATTEMPTS, _MAX_AGE = 185, DAY
"""Of EventBridge's and Scheduler's retries, unless the file says otherwise."""
_ASYNCHRONOUS = 2
"""Retries of an asynchronous invocation, unless the file says otherwise."""
_WAITS = (0, MINUTE, 2 * MINUTE)
"""Before each try of an asynchronous invocation."""


def by_sns(made: SnsSubscription) -> Row:
    """Return how a topic delivers to one endpoint."""
    tried = _TRIES.get(made.protocol, _BY_AWS)
    if made.protocol in {"http", "https"}:
        tried = _http(made.http_policy or HttpPolicy())
    text = (
        f"SNS tries {tried.tries} times, over {span_of_time(tried.seconds)};"
        f" what it can't deliver {_ends(made.dead_letter)}"
    )
    why = "an endpoint that is gone or refuses access isn't tried again"
    data = {
        "seconds": tried.seconds,
        "reaches": _reached(made.dead_letter),
        "source": _SNS,
    }
    return Row(
        name=f"{reference(made.topic)} -> {vertex(made.target)}", text=text, why=why, data=data
    )


def _http(policy: HttpPolicy) -> _Tries:
    """Return the tries of an HTTP endpoint: at once, at the least delay, backing off, at the most.

    While it backs off, the delay is counted as the longest that it may be.
    """
    retries = _DEFAULT_RETRIES if policy.num_retries is None else policy.num_retries
    least, most = delays(policy)
    at_once = policy.num_no_delay_retries or 0
    early = policy.num_min_delay_retries or 0
    late = max(0, retries - at_once - early)
    seconds = min(HOUR, early * least + late * most)
    return _Tries(tries=f"{retries + 1}", seconds=seconds)


def by_eventbridge(made: EventRule | ScheduledSend) -> Row:
    """Return how a rule or a schedule delivers to a target."""
    edge, retry = made.edge, made.retry
    attempts = _ATTEMPTS if retry is None or retry.attempts is None else retry.attempts
    age = _MAX_AGE if retry is None or retry.max_age is None else retry.max_age
    sender = "Scheduler" if edge.way.is_timed else "EventBridge"
    text = (
        f"{sender} tries again {attempts} times, until it is {span_of_time(age)} old, backing off"
        f" with jitter; what it can't deliver {_ends(made.dead_letter)}"
    )
    why = "as the file has it" if retry is not None else "AWS's own default"
    source = _SCHEDULER if edge.way.is_timed else _EVENTBRIDGE
    data = {"seconds": age, "reaches": _reached(made.dead_letter), "source": source}
    return Row(name=f"{reference(edge)} -> {vertex(made.target)}", text=text, why=why, data=data)


def invoked(consumer: Consumer) -> Row:
    """Return what becomes of an asynchronous invocation that fails."""
    written = consumer.function.retries
    retries = _ASYNCHRONOUS if written is None else written
    seconds = sum(_WAITS[: retries + 1])
    target = consumer.on_failure
    text = (
        f"what its function fails to handle is tried {retries + 1} times, and"
        f" {_ends(target)} after {span_of_time(seconds)}"
    )
    why = f"{'AWS default' if written is None else 'as the file has it'}: {retries} retries"
    if consumer.made is None:
        why += ", unless whoever made the function set it up otherwise"
    steps = [
        Step(seconds=sum(_WAITS[: number + 1]), text=f"try {number + 1} of {retries + 1}")
        for number in range(retries + 1)
    ]
    data = {"seconds": seconds, "reaches": _reached(target), "source": _LAMBDA}
    timeout = consumer.function.timeout
    if timeout:
        why += f"; each may take up to {timeout} s besides"
    name = f"{reference(consumer)}, asynchronously"
    return Row(name=name, text=text, why=why, steps=tuple(steps), data=data)


def from_stream(edge: Subscription, stream: Stream) -> Row:
    """Return what becomes of a batch of a stream that fails: what comes after it waits."""
    retry = edge.retry
    attempts = None if retry is None else retry.attempts
    age = None if retry is None else retry.max_age
    until = [
        *([f"{attempts} times"] if attempts is not None else []),
        *([f"until it is {span_of_time(age)} old"] if age is not None else []),
    ]
    kept = "24 h" if stream.service == "dynamodb" else "24 h, unless the stream keeps more"
    tried = " or ".join(until) or f"until its records expire ({kept})"
    halves = ", in halves" if edge.reading is not None and edge.reading.bisect else ""
    text = (
        f"a batch that fails is tried again{halves} {tried}, and its shard waits; then it is"
        f" skipped{_noted(edge.dead_letter)}"
    )
    data = {"seconds": age, "reaches": _reached(edge.dead_letter), "source": _STREAMS}
    why = "as the file has it" if until else "AWS's own default"
    return Row(name=vertex(stream), text=text, why=why, data=data)


def _ends(target: Queue | None) -> str:
    return "is lost" if target is None else f"goes to `{target.name}`"


def _noted(target: Queue | None) -> str:
    """Return where AWS says which records were skipped; the records themselves are in no note."""
    return "" if target is None else f", and a note of where it was goes to `{target.name}`"


def _reached(target: Queue | None) -> str | None:
    return None if target is None else reference(target)
