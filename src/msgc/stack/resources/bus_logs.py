"""Plan how the logs of buses come to their log groups: sources, destinations, deliveries.

A bus with a `LogConfig` logs nothing by itself: CloudWatch Logs delivers what it has of each type.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterator

from msgc.stack.arns import arn, bare_log_group_arn
from msgc.stack.model import Item, Resource
from msgc.stack.resources.outside import log_policy_path
from msgc.stack.values import Attribute, Path
from msgc.topology import ids
from msgc.topology.ends import Bus, EventLog
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN

LEVELS = ("error", "info", "trace")
"""Each has the ones before it: what a level logs comes in as many types of logs."""
LONGEST_NAME = 60
"""Characters in the name of a delivery's source or destination, letters, digits, `-` and `_`.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
"""


def bus_logs(topology: Topology) -> Iterator[Item]:
    """Yield what brings the logs of each bus to its log group."""
    for bus in topology.buses.values():
        if bus.log is not None:
            stack = MAIN if topology.placement is None else topology.placement.place(bus)
            yield from _deliveries(bus, bus.log, log_policy_path(stack))


def _deliveries(bus: Bus, log: EventLog, policy: Path) -> Iterator[Item]:
    """Yield a destination, and a source and a delivery for each type of logs.

    One delivery waits for the other: CloudWatch Logs refuses two at once to one destination.
    """
    destination: Path = (ids.bus_logs(bus),)
    name = delivery_name(bus)
    yield Resource(
        path=destination,
        type="AWS::Logs::DeliveryDestination",
        properties={
            "Name": name,
            "DestinationResourceArn": bare_log_group_arn(log.group),
        },
        declared=bus,
    )
    before = policy
    for level in LEVELS[: LEVELS.index(log.level) + 1]:
        source: Path = (f"{ids.bus_logs(bus)}{level.capitalize()}Source",)
        delivery: Path = (f"{ids.bus_logs(bus)}{level.capitalize()}Delivery",)
        yield Resource(
            path=source,
            type="AWS::Logs::DeliverySource",
            properties={
                "Name": f"{name}-{level}",
                "ResourceArn": arn(bus),
                "LogType": f"{level.upper()}_LOGS",
            },
            declared=bus,
            by=destination,
        )
        yield Resource(
            path=delivery,
            type="AWS::Logs::Delivery",
            properties={
                "DeliverySourceName": f"{name}-{level}",
                "DeliveryDestinationArn": Attribute(of=destination, name="Arn"),
            },
            declared=bus,
            by=destination,
            depends_on=(before, source),
        )
        before = delivery


def delivery_name(bus: Bus) -> str:
    """Return what the deliveries of a bus are called: by its own name, cut where it is too long."""
    name = bus.physical_name.replace(".", "-")
    most = LONGEST_NAME - len("-trace")
    if name == bus.physical_name and len(name) <= most:
        return name
    return f"{name[: most - 9]}-{crc32(bus.physical_name.encode()):08x}"
