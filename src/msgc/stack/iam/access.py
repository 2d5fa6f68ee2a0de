"""All rights of a stack: the grants of its edges, and the policies they fold into."""

from __future__ import annotations

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.links.model import Links
from msgc.record import Record
from msgc.stack.iam.grant import Grant
from msgc.stack.iam.grants import grants
from msgc.stack.iam.identity_policies import Right, identities
from msgc.stack.iam.resource_policies import RulesOf, Sender, log_writers, senders
from msgc.topology.ends import Publisher, Queue
from msgc.topology.model import Topology


class Access(Record):
    """All rights, by what they become part of."""

    grants: tuple[Grant, ...]
    """One for each right of each edge."""
    senders: dict[Queue, tuple[Sender, ...]]
    """Of every queue: who may send to it."""
    log_writers: tuple[EventRule | RulesOf, ...]
    """Which rules write to log groups."""
    identities: dict[Publisher, tuple[Right, ...]]
    deliveries: dict[SnsSubscription | EventRule | Pipe | ScheduledSend, tuple[Grant, ...]]
    """With what each subscription, rule, pipe and schedule delivers to its target."""


def access(topology: Topology, links: Links) -> Access:
    """Return who may do what."""
    granted = grants(topology, links)
    return Access(
        grants=granted,
        senders=senders(topology, granted),
        log_writers=log_writers(granted),
        identities=identities(granted),
        deliveries=_deliveries(granted),
    )


def _deliveries(
    granted: tuple[Grant, ...],
) -> dict[SnsSubscription | EventRule | Pipe | ScheduledSend, tuple[Grant, ...]]:
    found: dict[SnsSubscription | EventRule | Pipe | ScheduledSend, list[Grant]] = {}
    for grant in granted:
        if grant.edge is not None:
            found.setdefault(grant.edge, []).append(grant)
    return {edge: tuple(grants) for edge, grants in found.items()}
