"""Names of ends that the file doesn't declare, where two would have the same one."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN, settle
from msgc.topology import ids, names
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Outside
from msgc.topology.narrowing import as_outside, identity


def outside_names(derivation: Derivation) -> None:
    """Tell ends whose addresses end in one name apart by a digest of the whole address."""
    edges = (as_outside(edge.target) for edge in derivation.edges)
    loggers: tuple[Bus | Subscription, ...] = (*derivation.buses.values(), *derivation.edges)
    logs = (each.log.group for each in loggers if each.log is not None)
    alike: dict[str, list[Outside]] = {}
    for end in (*edges, *logs):
        if end is not None and end.tag is OPEN:
            alike.setdefault(ids.outside_attribute(end, ""), []).append(end)
    for ends in alike.values():
        is_shared = len({identity(end) for end in ends}) > 1
        for end in ends:
            tag = names.digest(repr(identity(end))).lower() if is_shared else ""
            if end.tag is OPEN:
                settle(end, tag=tag)
