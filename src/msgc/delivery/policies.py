"""Who may send to which queue or log group, and which queues may use another for dead letters."""

from __future__ import annotations

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
from msgc.topology.model import LogGroup, Queue, Topic, Topology

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
            redrive_sources=graph.poisoned_from(queue),
        )
        for queue in topology.queues.values()
    )


def log_writers(rules: tuple[Rule, ...]) -> tuple[Rule | RulesOf, ...]:
    """Return the rules that write to log groups, as the one policy of all groups names them."""
    writers = [rule for rule in rules if isinstance(rule.target, LogGroup)]
    return _buses_of(writers) if len(writers) > NAMED_IN_LOGS else tuple(writers)


def _senders(
    topology: Topology, topics: dict[Topic, None], rules: dict[Rule, None]
) -> tuple[Sender, ...]:
    senders = []
    if topics:
        by_name = sorted(topics, key=lambda topic: topic.name)
        senders.append(Sender(service="sns.amazonaws.com", sources=_topics(topology, by_name)))
    if rules:
        by_edge = sorted(rules, key=lambda rule: rule.edge.name)
        sources = _buses_of(by_edge) if len(by_edge) > NAMED_IN_QUEUES else tuple(by_edge)
        senders.append(Sender(service="events.amazonaws.com", sources=sources))
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


def _buses_of(rules: list[Rule]) -> tuple[RulesOf, ...]:
    return tuple(RulesOf(bus=bus) for bus in dict.fromkeys(rule.bus for rule in rules))
