"""Queue policies: who may send to which queue, and which queues may use it for dead letters."""

from __future__ import annotations

from msgc.delivery.plan import QueuePolicy, Rule, Sender, TopicSubscription
from msgc.topology.graph import Graph
from msgc.topology.model import Queue, Topic, Topology


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
            senders=_senders(topics.get(queue, {}), events.get(queue, {})),
            redrive_sources=graph.poisoned_from(queue),
        )
        for queue in topology.queues.values()
    )


def _senders(topics: dict[Topic, None], rules: dict[Rule, None]) -> tuple[Sender, ...]:
    senders = []
    if topics:
        by_name = sorted(topics, key=lambda topic: topic.name)
        senders.append(Sender(service="sns.amazonaws.com", sources=tuple(by_name)))
    if rules:
        by_edge = sorted(rules, key=lambda rule: rule.edge.name)
        senders.append(Sender(service="events.amazonaws.com", sources=tuple(by_edge)))
    return tuple(senders)
