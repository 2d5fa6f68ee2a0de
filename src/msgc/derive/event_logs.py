"""Log groups of buses and pipes that log and name none."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.kinds import KINDS
from msgc.record import OPEN, settle
from msgc.topology.deferred import Known
from msgc.topology.ends import Outside

_KIND = KINDS["log_group"]


def event_logs(derivation: Derivation) -> None:
    """Let a bus or a pipe log to a group of its own; AWS's services begin their names so.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
    """
    for bus in derivation.buses.values():
        if bus.log is not None and bus.log.group is OPEN:
            name = f"/aws/vendedlogs/events/event-bus/{bus.physical_name}"
            alone = name.removesuffix(derivation.suffix) if derivation.suffix else name
            settle(bus.log, group=Outside(kind=_KIND, text=Known(name, alone)))
            derivation.reasons[bus, "log.log_group"] = "the bus has one to itself"
    for edge in derivation.edges:
        if edge.log is not None and edge.log.group is OPEN:
            name = f"{derivation.service}-{edge.built_as}{derivation.suffix}"
            name = f"/aws/vendedlogs/pipes/{name}"
            alone = name.removesuffix(derivation.suffix) if derivation.suffix else name
            settle(edge.log, group=Outside(kind=_KIND, text=Known(name, alone)))
            derivation.reasons[edge, "log.log_group"] = "the pipe has one to itself"
