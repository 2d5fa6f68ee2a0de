"""Who may send to which queue or log group, and which queues may use another for dead letters."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.delivery.plan import (
    QueuePolicy,
    Rule,
    RulesOf,
    Sender,
    Source,
    TopicsNamed,
    TopicSubscription,
)
from msgc.topology import names
from msgc.topology.graph import Graph
from msgc.topology.model import ByArn, LogGroup, Queue, Topic, Topology
from msgc.topology.regions import opt_in_region

NAMED_IN_QUEUES = 20
"""Sources of one service that a queue's policy names one by one: it has at most 8192 bytes."""
NAMED_IN_LOGS = 10
"""Rules that the policy of log groups names one by one: it has at most 5120 characters."""


def queue_policies(
    topology: Topology,
    graph: Graph,
    subscriptions: tuple[TopicSubscription, ...],
    rules: tuple[Rule, ...],
) -> tuple[QueuePolicy, ...]:
    """Return the policy of every queue; CloudFormation lets a queue have no second one."""
    topics: dict[Queue, dict[Topic, None]] = {}
    for subscription in subscriptions:
        for receiver in (subscription.target, subscription.dead_letter):
            if isinstance(receiver, Queue):
                topics.setdefault(receiver, {})[subscription.topic] = None
    events: dict[Queue, dict[Rule, None]] = {}
    for rule in rules:
        for queue in (rule.target, rule.dead_letter):
            if isinstance(queue, Queue):
                events.setdefault(queue, {})[rule] = None
    return tuple(
        QueuePolicy(
            queue=queue,
            senders=_senders(topology, topics.get(queue, {}), events.get(queue, {})),
            redrive_sources=tuple(sorted(graph.poisoned_from(queue), key=lambda each: each.name)),
        )
        for queue in topology.queues.values()
    )


def log_writers(rules: tuple[Rule, ...]) -> tuple[Rule | RulesOf, ...]:
    """Return the rules that write to log groups, as the one policy of all groups names them."""
    writers = sorted(
        (rule for rule in rules if isinstance(rule.target, LogGroup)),
        key=lambda rule: rule.edge.name,
    )
    return _folded(writers) if len(writers) > NAMED_IN_LOGS else tuple(writers)


def sns_principals(topics: Iterable[Topic]) -> tuple[str, ...]:
    """Return as whom SNS delivers from these topics: from an opt-in Region under its name too.

    Where the topic and its subscriber are in one Region, it is `sns.amazonaws.com` everywhere.
    """
    arns = (topic.imported.arn for topic in topics if isinstance(topic.imported, ByArn))
    regions = sorted({region for region in map(opt_in_region, arns) if region is not None})
    return ("sns.amazonaws.com", *(f"sns.{region}.amazonaws.com" for region in regions))


def _senders(
    topology: Topology, topics: dict[Topic, None], rules: dict[Rule, None]
) -> tuple[Sender, ...]:
    senders = []
    if topics:
        by_name = sorted(topics, key=lambda topic: topic.name)
        senders.append(
            Sender(
                principals=sns_principals(by_name),
                sources=_topics(topology, by_name),
                elsewhere=any(isinstance(topic.imported, ByArn) for topic in by_name),
            )
        )
    if rules:
        by_edge = sorted(rules, key=lambda rule: rule.edge.name)
        sources = _folded(by_edge) if len(by_edge) > NAMED_IN_QUEUES else tuple(by_edge)
        senders.append(Sender(principals=("events.amazonaws.com",), sources=sources))
    return tuple(senders)


def _topics(topology: Topology, topics: list[Topic]) -> tuple[Source, ...]:
    """Return the sources for topics: of too many, those of the stack by the prefix they share.

    What is imported is named in any case: other accounts have topics that nobody let in.
    """
    prefix = names.physical(topology.service, "")
    if len(topics) <= NAMED_IN_QUEUES:
        return tuple(topics)
    others = [t for t in topics if t.imported or not t.physical_name.startswith(prefix)]
    if len(others) == len(topics):
        return tuple(topics)
    return (TopicsNamed(prefix=prefix), *others)


def _folded(rules: list[Rule]) -> tuple[Rule | RulesOf, ...]:
    """Return the buses of rules, for the rules on them.

    Rules on imported buses are named in any case: on another account's bus, others have rules too,
    and the ARNs of all have the account of the bus, which a parameter may hide.
    """
    buses = sorted({rule.bus for rule in rules if not rule.bus.imported}, key=lambda bus: bus.name)
    return (*(RulesOf(bus=bus) for bus in buses), *(rule for rule in rules if rule.bus.imported))
