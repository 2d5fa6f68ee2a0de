"""Fold grants into who may send to each queue, and write to log groups.

Policies have at most a few thousand characters: what too many sources have in common is named in
their place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.record import Record
from msgc.stack.iam.grant import EVENTS, SNS, Grant
from msgc.stack.iam.link_grants import sns_services
from msgc.topology import names
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.origins import Stream
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket, written_arn

NAMED_IN_QUEUES = 20
"""Sources of one service that a queue's policy names one by one: it has at most 8192 bytes."""
NAMED_IN_LOGS = 10
"""Rules that the policy of log groups names one by one: it has at most 5120 characters."""


class RulesOf(Record):
    """Any rule on a bus that isn't imported, where a policy would be too large that names each."""

    bus: Bus


class TopicsNamed(Record):
    """Any topic of the stack's account whose name starts so, for the same reason."""

    prefix: str


Source = Topic | Bus | EventRule | RulesOf | TopicsNamed


class Sender(Record):
    """A service that a queue's policy lets in, for these sources."""

    principals: tuple[str, ...]
    """`events.amazonaws.com`; of SNS there are more for topics in opt-in Regions."""
    sources: tuple[Source, ...]
    """Sorted by name: topics and buses by their own, rules by their edge's; buses before rules."""
    elsewhere: bool = False
    """Some topic is imported by its ARN, perhaps from another Region than the stack's."""


def senders(topology: Topology, granted: Iterable[Grant]) -> dict[Queue, tuple[Sender, ...]]:
    """Return who may send to each queue: SNS first; CloudFormation lets a queue have one policy."""
    topics: dict[Queue, dict[Topic, None]] = {}
    rules: dict[Queue, dict[EventRule, None]] = {}
    buses: dict[Queue, list[Bus]] = {}
    services: dict[Queue, set[str]] = {}
    for grant in granted:
        if grant.source is None or grant.may != "send":
            continue
        queue = _queue(grant)
        match grant.source:
            case Topic() as topic:
                topics.setdefault(queue, {})[topic] = None
                services.setdefault(queue, set()).update(sns_services(topic))
            case EventRule() as rule:
                rules.setdefault(queue, {})[rule] = None
            case Bus() as bus:
                buses.setdefault(queue, []).append(bus)
            case _:
                assert_never(grant.source)
    found: dict[Queue, tuple[Sender, ...]] = {}
    for queue in topology.queues.values():
        if queue.imported is not None:
            continue  # its policy is its owner's
        let_in: list[Sender] = []
        if queue in topics:
            let_in.append(sns_sender(topology, topics[queue], services[queue], NAMED_IN_QUEUES))
        if queue in rules or queue in buses:
            by_edge = _by_edge(rules.get(queue, ()))
            sources = _folded(by_edge) if len(by_edge) > NAMED_IN_QUEUES else tuple(by_edge)
            themselves = sorted(buses.get(queue, ()), key=lambda bus: bus.built_as)
            let_in.append(Sender(principals=(EVENTS,), sources=(*themselves, *sources)))
        found[queue] = tuple(let_in)
    return found


def _queue(grant: Grant) -> Queue:
    """Return the queue that a grant lets a service send to: no other policy is folded here."""
    match grant.on:
        case Queue():
            return grant.on
        case (
            Topic()
            | Bus()
            | Consumer()
            | Outside()
            | Stream()
            | GivenFunction()
            | ClaimTable()
            | PayloadBucket()
            | Key()
            | str()
        ):
            raise AssertionError(grant)
        case _:
            assert_never(grant.on)


def log_writers(granted: Iterable[Grant]) -> tuple[EventRule | RulesOf, ...]:
    """Return the rules that write to log groups, as the one policy of all groups names them."""
    writers = _by_edge({_rule(grant): None for grant in granted if grant.may == "log"})
    return _folded(writers) if len(writers) > NAMED_IN_LOGS else tuple(writers)


def _rule(grant: Grant) -> EventRule:
    """Return the rule that writes: topics write to no log group."""
    match grant.source:
        case EventRule():
            return grant.source
        case Topic() | Bus() | None:
            raise AssertionError(grant)
        case _:
            assert_never(grant.source)


def _by_edge(rules: Iterable[EventRule]) -> list[EventRule]:
    """Return rules by name, each once: for every target there is one."""
    once = {rule.edge.built_as: rule for rule in rules}
    return [once[name] for name in sorted(once)]


def sns_sender(
    topology: Topology, topics: Iterable[Topic], services: set[str], most: int
) -> Sender:
    """Return SNS as a sender: of more topics than `most`, those of the stack by their prefix.

    What is imported is named in any case: other accounts have topics that nobody let in.
    """
    by_name = sorted(topics, key=lambda topic: topic.built_as)
    prefix = names.physical(topology.built_as, "")
    others = [t for t in by_name if t.imported or not t.physical_name.startswith(prefix)]
    sources: tuple[Source, ...] = tuple(by_name)
    if len(by_name) > most and len(others) < len(by_name):
        sources = (TopicsNamed(prefix=prefix), *others)
    return Sender(
        principals=(SNS, *sorted(services - {SNS})),
        sources=sources,
        elsewhere=any(written_arn(topic.imported) is not None for topic in by_name),
    )


def _folded(rules: list[EventRule]) -> tuple[EventRule | RulesOf, ...]:
    """Return the buses of rules, for the rules on them.

    Rules on imported buses are named in any case: on another account's bus, others have rules too,
    and the ARNs of all have the account of the bus, which a parameter may hide.
    """
    buses = sorted(
        {rule.bus for rule in rules if not rule.bus.imported}, key=lambda bus: bus.built_as
    )
    return (*(RulesOf(bus=bus) for bus in buses), *(rule for rule in rules if rule.bus.imported))
