# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Buses and their archives."""

from __future__ import annotations

from typing import Required, TypedDict, Unpack, cast

from aws_cdk import aws_events as events
from aws_cdk import aws_sqs as sqs

from .base import Base
from .interfaces import Bus


class BusSettings(TypedDict, total=False):
    """How a bus is made."""

    name: Required[str]
    """The bus's name in AWS."""
    description: str
    dead_letter: sqs.Queue
    """Gets what EventBridge can't process on the bus; it has to let the bus send."""
    address: str
    """The Systems Manager parameter in which others find the ARN."""


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
        )
        if (
            "dead_letter" in settings
        ):  # the L2 writes a statement of its own into the policy
            made = cast("events.CfnEventBus", bus.node.default_child)
            made.dead_letter_config = events.CfnEventBus.DeadLetterConfigProperty(
                arn=settings["dead_letter"].queue_arn
            )
        if "address" in settings:
            self.parameter(
                f"{construct_id}Parameter", settings["address"], bus.event_bus_arn
            )
        return bus

    def archive(
        self, construct_id: str, bus: Bus, *, days: int | None = None
    ) -> events.CfnArchive:
        """Keep all events of a bus, for some days or for ever.

        L1, because the L2 wants a pattern: this archive leaves nothing out.
        """
        return events.CfnArchive(
            self, construct_id, source_arn=bus.event_bus_arn, retention_days=days
        )
