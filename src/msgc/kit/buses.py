# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Buses and their archives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, Unpack, cast

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_eventschemas as eventschemas
from aws_cdk import aws_logs as logs
from constructs import IConstruct

from .base import Base
from .interfaces import Bus, Key, LogGroup, Queue
from .text import as_text

_EVENT: dict[str, Any] = {
    "account": {"type": "string"},
    "detail-type": {"type": "string"},
    "id": {"type": "string"},
    "region": {"type": "string"},
    "resources": {"type": "array", "items": {"type": "string"}},
    "source": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "version": {"type": "string"},
}
"""What every event has beside its `detail`."""


class BusSettings(TypedDict, total=False):
    """How a bus is made."""

    name: Required[str]
    """The bus's name in AWS."""
    description: str | None
    key: Key | None
    """With which it is encrypted; EventBridge's own if it is left out."""
    dead_letter: Queue | None
    """Gets what EventBridge can't process on the bus; it has to let the bus send."""
    log: Literal["ERROR", "INFO", "TRACE"] | None
    """What EventBridge logs; `bus_logs` says where to."""
    log_detail: bool | None
    """Whether events are in the log, and what targets answered."""
    address: str | None
    """The Systems Manager parameter in which others find the ARN."""
    removal: RemovalPolicy | None
    """What becomes of it when it is taken out or replaced, if not what becomes of all."""


class SchemaSettings(TypedDict, total=False):
    """What is published of a message."""

    name: Required[str]
    message: Required[str]
    """Its definition is what stands in an event's `detail`."""
    source: Required[str]
    detail_type: Required[str]
    definitions: Required[Mapping[str, Any]]
    """JSON Schema draft 4."""
    description: str | None


class Buses(Base):
    """Makes buses."""

    def bus(
        self, construct_id: str, **settings: Unpack[BusSettings]
    ) -> events.EventBus:
        """Make a bus."""
        bus = events.EventBus(
            self,
            construct_id,
            event_bus_name=settings["name"],
            description=settings.get("description"),
            log_config=_log_config(
                settings.get("log"), detail=bool(settings.get("log_detail"))
            ),
        )
        dead_letter, address = settings.get("dead_letter"), settings.get("address")
        # The L2 writes statements of its own into the policies of queue and key.
        made = cast("events.CfnEventBus", bus.node.default_child)
        if (key := settings.get("key")) is not None:
            made.kms_key_identifier = key.key_arn
        if dead_letter is not None:
            made.dead_letter_config = events.CfnEventBus.DeadLetterConfigProperty(
                arn=dead_letter.queue_arn
            )
        bus.apply_removal_policy(settings.get("removal") or self.removal)
        if address is not None:
            self.parameter(f"{construct_id}Parameter", address, bus.event_bus_arn)
        return bus

    def bus_logs(
        self,
        construct_id: str,
        bus: events.EventBus,
        group: LogGroup,
        *,
        name: str,
        levels: Sequence[str],
    ) -> logs.CfnDeliveryDestination:
        """Deliver what is logged about a bus to a log group, whose policy has to let it in.

        A bus has a type of logs for each level. One delivery waits for the other: CloudWatch Logs
        refuses two at once to one destination.
        """
        arn = Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=group.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        destination = logs.CfnDeliveryDestination(
            self, construct_id, name=name, destination_resource_arn=arn
        )
        before: IConstruct | None = self._log_writers
        for level in levels:
            source = logs.CfnDeliverySource(
                self,
                f"{construct_id}{level.capitalize()}Source",
                name=f"{name}-{level.lower()}",
                resource_arn=bus.event_bus_arn,
                log_type=f"{level}_LOGS",
            )
            delivery = logs.CfnDelivery(
                self,
                f"{construct_id}{level.capitalize()}Delivery",
                delivery_source_name=f"{name}-{level.lower()}",
                delivery_destination_arn=destination.attr_arn,
            )
            delivery.node.add_dependency(source)
            if before is not None:
                delivery.node.add_dependency(before)
            before = delivery
        return destination

    def schema_registry(
        self, construct_id: str, *, name: str, description: str
    ) -> eventschemas.CfnRegistry:
        """Make a registry, in which others find the schemas of a bus's messages."""
        return eventschemas.CfnRegistry(
            self, construct_id, registry_name=name, description=description
        )

    def schema(
        self,
        construct_id: str,
        registry: eventschemas.CfnRegistry,
        **settings: Unpack[SchemaSettings],
    ) -> eventschemas.CfnSchema:
        """Publish the schema of a message's events, in JSON Schema draft 4."""
        content = {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "title": settings["message"],
            "x-amazon-events-source": settings["source"],
            "x-amazon-events-detail-type": settings["detail_type"],
            "type": "object",
            "required": sorted([*_EVENT, "detail"]),
            "properties": {
                **_EVENT,
                "detail": {"$ref": f"#/definitions/{settings['message']}"},
            },
            "definitions": settings["definitions"],
        }
        return eventschemas.CfnSchema(
            self,
            construct_id,
            registry_name=registry.attr_registry_name,
            schema_name=settings["name"],
            type="JSONSchemaDraft4",
            content=as_text(content),
            description=settings.get("description"),
        )

    def archive(
        self,
        construct_id: str,
        bus: Bus,
        *,
        days: int | None = None,
        key: Key | None = None,
        removal: RemovalPolicy | None = None,
    ) -> events.CfnArchive:
        """Keep all events of a bus, for some days or for ever.

        L1, because the L2 wants a pattern: this archive leaves nothing out.
        """
        archive = events.CfnArchive(
            self,
            construct_id,
            source_arn=bus.event_bus_arn,
            retention_days=days,
            kms_key_identifier=None if key is None else key.key_arn,
        )
        archive.apply_removal_policy(removal or self.removal)
        return archive


def _log_config(
    level: Literal["ERROR", "INFO", "TRACE"] | None, *, detail: bool
) -> events.LogConfig | None:
    if level is None:
        return None
    return events.LogConfig(
        level=events.Level[level],
        include_detail=events.IncludeDetail.FULL
        if detail
        else events.IncludeDetail.NONE,
    )
