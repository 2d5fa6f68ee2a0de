"""The arguments of a stack's construct: what only the user's own app can hand over."""

from __future__ import annotations

from msgc.kinds import KINDS
from msgc.topology.ends import as_outside
from msgc.topology.model import Topology
from msgc.topology.settings import argument_in


def provided(topology: Topology) -> dict[str, str]:
    """Return the arguments of the construct, and which kind of resource each is."""
    found: dict[str, str] = {}
    for consumer in topology.consumers.values():
        argument = argument_in(consumer.address)
        if argument is not None:
            found[argument] = "function"
    for producer in topology.producers.values():
        argument = argument_in(producer.role)
        if argument is not None:
            found[argument] = "role"
    for subscription in topology.subscriptions.values():
        end = as_outside(subscription.target)
        argument = None if end is None else argument_in(end.address)
        if end is not None and argument is not None:
            found[argument] = end.kind.word
    return found


def importers() -> dict[str, tuple[str, ...]]:
    """Return by what a kind of end is found by its ARN: CDK's module and method, and that ARN."""
    return {
        kind.word: (kind.cdk.module, kind.cdk.importer, *kind.arn)
        for kind in KINDS.values()
        if kind.cdk is not None
    }
