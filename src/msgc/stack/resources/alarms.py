"""Plan CloudWatch alarms: on queues, topics, functions, rules and pipes that the stack has.

All look at one minute, the shortest time for which AWS's services count, and where there is no data
there is nothing to tell: EventBridge counts failures only if there are some, and SQS stops to
count for a queue that nobody uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from msgc.links.mechanisms import EventRule, Pipe
from msgc.record import Record
from msgc.stack.arns import arn, function_path, place_handle
from msgc.stack.model import Handle, Resource, Stack, Watched
from msgc.stack.tagging import dead_letters
from msgc.stack.values import Attribute, Path, Value
from msgc.topology import ids, names
from msgc.topology.alarms import Alarms, Threshold, alarms_of
from msgc.topology.declared import Declared
from msgc.topology.ends import Bus, Consumer, Queue
from msgc.topology.model import Topology
from msgc.topology.settings import GivenFunction, MadeFunction, Worker
from msgc.topology.units import MINUTE

LEAST_AGE = 5 * MINUTE
"""What is waited for at least, where the file doesn't say."""


class Metric(Record):
    """What CloudWatch counts for a resource."""

    namespace: str
    name: str
    statistic: Literal["Maximum", "Sum"]
    dimension: str


_OLDEST = Metric(
    namespace="AWS/SQS", name="ApproximateAgeOfOldestMessage", statistic="Maximum",
    dimension="QueueName",
)  # fmt: skip
_WAITING = Metric(
    namespace="AWS/SQS", name="ApproximateNumberOfMessagesVisible", statistic="Maximum",
    dimension="QueueName",
)  # fmt: skip
"""Not `NumberOfMessagesSent`, which leaves out what SQS itself moves to a dead-letter queue:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""
_UNDELIVERED = Metric(
    namespace="AWS/SNS", name="NumberOfNotificationsFailed", statistic="Sum", dimension="TopicName"
)
_GIVEN_UP = Metric(
    namespace="AWS/Events", name="FailedInvocations", statistic="Sum", dimension="RuleName"
)
"""Of a rule on a bus of its own, the dimensions are `EventBusName` and `RuleName`:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""
_FAILED = Metric(
    namespace="AWS/EventBridge/Pipes", name="ExecutionFailed", statistic="Sum",
    dimension="PipeName",
)  # fmt: skip
_ERRORS = Metric(namespace="AWS/Lambda", name="Errors", statistic="Sum", dimension="FunctionName")
_THROTTLES = Metric(
    namespace="AWS/Lambda", name="Throttles", statistic="Sum", dimension="FunctionName"
)


class _Subject(Record):
    """Something of which CloudWatch counts something."""

    path: Path
    handle: str
    declared: Declared
    asked_by: tuple[Declared, ...]
    settings: Alarms
    more: dict[str, Value] = {}  # noqa: RUF012  # a record's default
    """Dimensions before that of its name."""


def watched(stack: Stack) -> Iterator[Watched]:
    """Yield all alarms of a stack, in the order of the file."""
    topology = stack.links.topology
    owners, catches = dead_letters(topology), catching(topology)
    for queue in topology.queues.values():
        if queue.imported is None:
            yield from _of_queue(topology, queue, owners.get(queue, queue), queue in catches)
    for topic in topology.topics.values():
        if topic.imported is None:
            of = _subject(topology, (ids.place(topic),), place_handle(topic), topic)
            yield from _counted(of, "failures", _UNDELIVERED,
                                f"messages of {topic.name} can't be delivered")  # fmt: skip
    for consumer in topology.consumers.values():
        yield from _of_consumer(topology, consumer)
    for rule in stack.links.rules:
        yield from _of_rule(topology, stack, rule[0])
    for pipe in stack.links.pipes:
        yield from _of_pipe(topology, stack, pipe)


def _subject(
    topology: Topology, path: Path, handle: str, *asked_by: Declared, **more: Value
) -> _Subject:
    """Return something that is watched; the last of those who ask is what it is made for."""
    return _Subject(
        path=path,
        handle=handle,
        declared=asked_by[-1],
        asked_by=asked_by,
        settings=alarms_of(topology, *(each.node for each in asked_by)),
        more=more,
    )


def catching(topology: Topology) -> set[Queue]:
    """Return the queues that take what others could not process or deliver."""
    found: set[Queue | Literal[False] | None] = {
        *(queue.dead_letter.queue for queue in topology.queues.values() if queue.dead_letter),
        *(edge.dead_letter for edge in topology.subscriptions.values()),
        *(consumer.on_failure for consumer in topology.consumers.values()),
        *(bus.dead_letter for bus in topology.buses.values()),
    }
    return {queue for queue in found if queue}


def _of_queue(
    topology: Topology,
    queue: Queue,
    owner: Declared,
    catches: bool,  # noqa: FBT001
) -> Iterator[Watched]:
    of = _subject(topology, (ids.place(queue),), place_handle(queue), owner)
    if catches:
        yield from _counted(of, "dead_letters", _WAITING, f"{_failed(queue, owner)} {queue.name}")
        if queue is not owner or not queue.is_declared:
            return
    at = of.settings.at
    age = at.get("age")
    if age is not None and (age.said is not None or not catches):
        least = age.value or default_age(queue)
        yield _alarm(of, "age", _OLDEST, age.replace(value=least),
                     f"the oldest message in {queue.name} waits too long")  # fmt: skip
    depth = at.get("depth")
    if depth is not None and (depth.said is not None or not catches):
        what = f"too many messages wait in {queue.name}"
        yield from _counted(of, "depth", _WAITING, what)


def _failed(queue: Queue, owner: Declared) -> str:
    if queue is not owner:
        return f"messages that {owner.name} could not process are in"
    return f"messages that could not be {'handled' if queue.is_declared else 'delivered'} are in"


def default_age(queue: Queue) -> int:
    """Return for how many seconds the oldest message of a queue may wait, if nobody says.

    Twice the visibility: what fails once comes back. Long before SQS deletes it.
    """
    wait = max(LEAST_AGE, 2 * queue.visibility) + queue.delay
    return max(min(wait, queue.retention // 4), 1)


def _of_consumer(topology: Topology, consumer: Consumer) -> Iterator[Watched]:
    match consumer.function:
        case MadeFunction() | GivenFunction():
            path = function_path(consumer)
            of = _subject(topology, path, f"{names.snake(consumer.name)}_function", consumer)
            yield from _counted(of, "errors", _ERRORS, f"the function of {consumer.name} fails")
            what = f"the function of {consumer.name} is throttled"
            yield from _counted(of, "throttles", _THROTTLES, what)
        case Worker():
            return  # which Lambda doesn't know
        case _:
            assert_never(consumer.function)


def _of_rule(topology: Topology, stack: Stack, rule: EventRule) -> Iterator[Watched]:
    path = (rule.construct_id,)
    if path not in stack.items_by_path:
        return  # another account makes it
    more = bus_dimension(rule.bus)
    handle = names.snake(f"{rule.edge.name}-rule")
    of = _subject(topology, path, handle, rule.bus, rule.edge, **more)
    what = f"EventBridge gives up what {rule.edge.name} sends"
    yield from _counted(of, "failures", _GIVEN_UP, what)


def bus_dimension(bus: Bus) -> dict[str, Value]:
    """Return what CloudWatch tells the rules of a bus by, beside their names."""
    if bus.is_default:
        return {}
    return {"EventBusName": Attribute(of=(ids.place(bus),), name="Name")}


def _of_pipe(topology: Topology, stack: Stack, pipe: Pipe) -> Iterator[Watched]:
    path = (pipe.construct_id,)
    if path in stack.items_by_path:
        of = _subject(topology, path, names.snake(f"{pipe.edge.name}-pipe"), pipe.edge)
        yield from _counted(of, "failures", _FAILED, f"the pipe {pipe.edge.name} fails")


def _counted(of: _Subject, word: str, metric: Metric, what: str) -> Iterator[Watched]:
    """Yield the alarm on a count, if there is a number for it."""
    threshold = of.settings.at.get(word)
    if threshold is not None:
        yield _alarm(of, word, metric, threshold, what)


def _alarm(of: _Subject, word: str, metric: Metric, at: Threshold, what: str) -> Watched:
    settings = of.settings
    dimensions: dict[str, Value] = {
        **of.more, metric.dimension: Attribute(of=of.path, name="Name")
    }  # fmt: skip
    properties: dict[str, Value] = {
        "AlarmDescription": f"{what[:1].upper()}{what[1:]}.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": tuple({"Name": key, "Value": dimensions[key]} for key in dimensions),
        "EvaluationPeriods": 1,
        "MetricName": metric.name,
        "Namespace": metric.namespace,
        "Period": MINUTE,
        "Statistic": metric.statistic,
        "Threshold": at.value,
        "TreatMissingData": "notBreaching",
    }
    if settings.notify is not None:
        told = (arn(settings.notify),)
        properties["AlarmActions"] = told
        if settings.ok:
            properties["OKActions"] = told
    alarm = Resource(
        path=(f"{of.path[0]}{names.pascal(word.replace('_', '-'))}Alarm",),
        type="AWS::CloudWatch::Alarm",
        properties=properties,
        declared=of.declared,
        handle=Handle(name=f"{of.handle}_{word}_alarm"),
        variant=word,
    )
    return Watched(
        alarm=alarm,
        option=word,
        value=at.value,
        said=at.said,
        notify=settings.notify,
        notified_at=settings.notified_at,
        asked_by=of.asked_by,
    )
