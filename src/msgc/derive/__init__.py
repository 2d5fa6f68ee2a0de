"""Derive the defaults that a file leaves open: one module a default, in the order of one list."""

from __future__ import annotations

from msgc.derive.dead_letters import dead_letters
from msgc.derive.deduplication import deduplication
from msgc.derive.derivation import Derivation
from msgc.derive.event_logs import event_logs
from msgc.derive.flows import flows
from msgc.derive.outside_names import outside_names
from msgc.derive.physical_names import physical_names
from msgc.derive.retention import retention
from msgc.derive.undelivered import undelivered
from msgc.derive.visibility import visibility
from msgc.diagnostics import Outcome
from msgc.resolve.resolved import Resolved
from msgc.topology.model import Topology

STEPS = (
    dead_letters,
    undelivered,
    visibility,
    retention,
    physical_names,
    event_logs,
    outside_names,
    deduplication,
    flows,
)
"""In the order of dependence: which queues there are, what follows from them, what passes them."""


def derive(resolved: Resolved) -> Outcome[Topology]:
    """Return the topology with every default filled in, and what can't be derived.

    The records of `resolved` are completed in place: it is used up.
    """
    derivation = Derivation(resolved)
    for step in STEPS:
        step(derivation)
    derivation.report_missing_queues()
    return Outcome(derivation.topology(), tuple(derivation.diagnostics))
