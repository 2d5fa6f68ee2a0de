"""Plan the CloudWatch dashboard of a service: rows of graphs, in the order of its flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar, assert_never

from msgc.record import Record
from msgc.stack.arns import function_path
from msgc.stack.model import Existing, Handle, Resource, Stack
from msgc.stack.placement.located import located
from msgc.stack.resources.alarms import bus_dimension, catching
from msgc.stack.values import Attribute, Json, Path, Pseudo, Value
from msgc.topology import ids, names
from msgc.topology.dashboard import dashboard_of, name_of
from msgc.topology.ends import Consumer
from msgc.topology.placement import MAIN, in_ids
from msgc.topology.settings import GivenFunction, MadeFunction, Worker
from msgc.topology.units import MINUTE

WIDTH = 24
"""Columns of a dashboard."""
_HEIGHT = 6
_LINES = 20
"""In one graph; more of them nobody can tell apart."""
_ALARMS = 100
"""In one widget, as CloudWatch has it."""


class Graph(Record):
    """What a graph is called, and of which metric it is."""

    title: str
    metric: str
    statistic: Literal["Maximum", "Sum"] = "Sum"


class Sort(Record):
    """Things for which CloudWatch counts the same: a graph of each metric, side by side."""

    title: str
    namespace: str
    dimension: str
    graphs: tuple[Graph, ...]


TOPICS = Sort(
    title="Topics", namespace="AWS/SNS", dimension="TopicName",
    graphs=(
        Graph(title="published", metric="NumberOfMessagesPublished"),
        Graph(title="delivered", metric="NumberOfNotificationsDelivered"),
        Graph(title="not delivered", metric="NumberOfNotificationsFailed"),
    ),
)  # fmt: skip
RULES = Sort(
    title="Rules", namespace="AWS/Events", dimension="RuleName",
    graphs=(
        Graph(title="events matched", metric="TriggeredRules"),
        Graph(title="targets called", metric="Invocations"),
        Graph(title="given up", metric="FailedInvocations"),
        Graph(title="throttled", metric="ThrottledRules"),
    ),
)  # fmt: skip
_STANDING = (
    Graph(
        title="messages waiting", metric="ApproximateNumberOfMessagesVisible", statistic="Maximum"
    ),
    Graph(
        title="age of the oldest message", metric="ApproximateAgeOfOldestMessage",
        statistic="Maximum",
    ),
)  # fmt: skip
QUEUES = Sort(
    title="Queues", namespace="AWS/SQS", dimension="QueueName",
    graphs=(
        *_STANDING,
        Graph(
            title="messages in flight", metric="ApproximateNumberOfMessagesNotVisible",
            statistic="Maximum",
        ),
    ),
)  # fmt: skip
DEAD_LETTERS = Sort(
    title="Dead letters", namespace="AWS/SQS", dimension="QueueName", graphs=_STANDING
)
_LASTS = Graph(title="duration", metric="Duration", statistic="Maximum")
FUNCTIONS = Sort(
    title="Functions", namespace="AWS/Lambda", dimension="FunctionName",
    graphs=(
        Graph(title="invocations", metric="Invocations"),
        Graph(title="errors", metric="Errors"),
        _LASTS,
        Graph(title="throttles", metric="Throttles"),
    ),
)  # fmt: skip
STREAMS = Sort(
    title="Streams", namespace="AWS/Lambda", dimension="FunctionName",
    graphs=(Graph(title="age of the last record", metric="IteratorAge", statistic="Maximum"),),
)  # fmt: skip
PIPES = Sort(
    title="Pipes", namespace="AWS/EventBridge/Pipes", dimension="PipeName",
    graphs=(
        Graph(title="invocations", metric="Invocations"),
        Graph(title="failed", metric="ExecutionFailed"),
        _LASTS,
        Graph(title="throttled", metric="ExecutionThrottled"),
    ),
)  # fmt: skip
SCHEDULES = Sort(
    title="All schedules of the account", namespace="AWS/Scheduler", dimension="ScheduleGroup",
    graphs=(
        Graph(title="attempts", metric="InvocationAttemptCount"),
        Graph(title="errors of targets", metric="TargetErrorCount"),
        Graph(title="given up", metric="InvocationDroppedCount"),
    ),
)  # fmt: skip
"""By their group, which is the account's own: a group for each service would replace schedules.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
"""
ALARMS = "Alarms"
_T = TypeVar("_T")

_Row = tuple[Sort, tuple[dict[str, Value], ...]]
"""Graphs of what these dimensions tell apart, a line for each."""


def dashboard_in(stack: Stack, name: str = MAIN) -> Resource | None:
    """Return the dashboard that the file asks for; None if it doesn't, or nothing is counted.

    Each of several stacks has its own: metrics go by names that only their stack knows.
    """
    topology = stack.links.topology
    declared = dashboard_of(topology)
    widgets = tuple(_widgets(_Shown(stack, name))) if declared is not None else ()
    if declared is None or not widgets:
        return None
    body = Json(value={"widgets": widgets}, by_cdk=True, in_order=True)
    own = "" if name == MAIN else f"{name}-"
    return Resource(
        path=(f"{in_ids(name)}Dashboard",),
        type="AWS::CloudWatch::Dashboard",
        properties={"DashboardName": name_of(topology, declared, name), "DashboardBody": body},
        declared=declared,
        handle=Handle(name=names.snake(f"{own}messaging-dashboard")),
        stack=name,
    )


class _Shown:
    """What a dashboard shows: what lies in its stack."""

    def __init__(self, stack: Stack, name: str) -> None:
        self.links = stack.links
        self._stack = stack
        self._name = name
        self._where = located(stack.links.topology)

    def of(self, type_: str) -> tuple[Resource, ...]:
        """Return the resources of a type."""
        return tuple(each for each in self._stack.of(type_) if each.stack == self._name)

    def here(self, paths: Iterable[Path]) -> list[Path]:
        """Return what of this lies here; another account may make some of it."""
        return [path for path in paths if self._is_here(path)]

    def _is_here(self, path: Path) -> bool:
        item = self._stack.items_by_path.get(path)
        match item:
            case None:
                return False
            case Resource(stack=name):
                return name == self._name
            case Existing(declared=declared):
                return self._where.get(declared, MAIN) == self._name
            case _:
                assert_never(item)


def _widgets(stack: _Shown) -> Iterator[Value]:
    """Yield the widgets, one row below the other."""
    y = 0
    for alarms in _parts(stack.of("AWS::CloudWatch::Alarm"), _ALARMS):
        arns = tuple(Attribute(of=each.path, name="Arn") for each in alarms)
        place: dict[str, Value] = {"type": "alarm", "width": WIDTH, "height": 3, "x": 0, "y": y}
        yield {**place, "properties": {"title": ALARMS, "alarms": arns}}
        y += 3
    for sort, lines in _rows(stack):
        width = WIDTH // len(sort.graphs)
        for column, graph in enumerate(sort.graphs):
            size: dict[str, Value] = {
                "type": "metric",
                "width": width,
                "height": _HEIGHT,
                "x": column * width,
            }
            yield {**size, "y": y, "properties": _graph(sort, graph, lines)}
        y += _HEIGHT


def _graph(sort: Sort, graph: Graph, lines: tuple[dict[str, Value], ...]) -> dict[str, Value]:
    how: dict[str, Value] = {"period": MINUTE, "stat": graph.statistic}
    return {
        "view": "timeSeries",
        "title": f"{sort.title}: {graph.title}",
        "region": Pseudo(name="AWS::Region"),
        "metrics": tuple(
            (sort.namespace, graph.metric, *(each for pair in line.items() for each in pair), how)
            for line in lines
        ),
        "yAxis": {},
    }


def _rows(stack: _Shown) -> Iterator[_Row]:
    """Yield what is shown, in the order in which messages go."""
    topology = stack.links.topology
    topics = [(ids.place(each),) for each in topology.topics.values() if each.imported is None]
    yield from _in_rows(TOPICS, stack.here(topics))
    yield from _of_rules(stack)
    catches = catching(topology)
    queues = [each for each in topology.queues.values() if each.imported is None]
    working = stack.here((ids.place(each),) for each in queues if each not in catches)
    catching_ = stack.here((ids.place(each),) for each in queues if each in catches)
    yield from _in_rows(QUEUES, working)
    yield from _in_rows(DEAD_LETTERS, catching_)
    consumers = [each for each in topology.consumers.values() if _has_function(each)]
    yield from _in_rows(FUNCTIONS, stack.here(dict.fromkeys(map(function_path, consumers))))
    readers = [function_path(each.consumer) for each in stack.links.stream_mappings]
    yield from _in_rows(STREAMS, stack.here(dict.fromkeys(readers)))
    pipes = stack.here((each.construct_id,) for each in stack.links.pipes)
    yield from _in_rows(PIPES, pipes)
    if stack.of("AWS::Scheduler::Schedule"):
        yield SCHEDULES, ({SCHEDULES.dimension: "default"},)


def _of_rules(stack: _Shown) -> Iterator[_Row]:
    """Yield the rules, by their buses."""
    by_bus: dict[str, list[Path]] = {}
    buses = {}
    for rule in (each[0] for each in stack.links.rules):
        if stack.here([(rule.construct_id,)]):  # another account may make it
            buses[rule.bus.name] = rule.bus
            by_bus.setdefault(rule.bus.name, []).append((rule.construct_id,))
    for name, rules in by_bus.items():
        yield from _in_rows(RULES, rules, bus_dimension(buses[name]))


def _in_rows(
    sort: Sort, paths: Sequence[Path], more: dict[str, Value] | None = None
) -> Iterator[_Row]:
    for some in _parts(paths, _LINES):
        named = (Attribute(of=path, name="Name") for path in some)
        yield sort, tuple({**(more or {}), sort.dimension: name} for name in named)


def _parts(all_: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    return (all_[start : start + most] for start in range(0, len(all_), most))


def _has_function(consumer: Consumer) -> bool:
    match consumer.function:
        case MadeFunction() | GivenFunction():
            return True
        case Worker():
            return False
        case _:
            assert_never(consumer.function)
