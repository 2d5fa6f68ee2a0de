"""Print schedules as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.printer import Printer, identifier, number
from msgc.emit.python_writer import string
from msgc.stack.model import Resource

_EMPTY = "{}"
"""What the kit sends by itself."""


def schedule(printer: Printer, made: Resource) -> Call:
    """Print a schedule."""
    properties: Any = made.properties
    target = properties["Target"]
    role = target["RoleArn"]  # a target that is handed over brings its own along
    retry, dead_letter = target.get("RetryPolicy", {}), target.get("DeadLetterConfig")
    head, group = target.get("EventBridgeParameters"), target.get("SqsParameters")
    return new(
        "self.schedule",
        identifier(made),
        string(properties["ScheduleExpression"]),
        to=printer.value(target["Arn"]),
        role=printer.known(role) if role.name == "Arn" else None,
        input=None if target["Input"] == _EMPTY else printer.value(target["Input"]),
        event=printer.value({"source": head["Source"], "detail_type": head["DetailType"]})
        if head
        else None,
        group=printer.value(group["MessageGroupId"]) if group else None,
        timezone=printer.option(made, "ScheduleExpressionTimezone"),
        window=number(properties["FlexibleTimeWindow"].get("MaximumWindowInMinutes")),
        start=printer.option(made, "StartDate"),
        end=printer.option(made, "EndDate"),
        description=printer.option(made, "Description"),
        state=printer.option(made, "State"),
        retries=number(retry.get("MaximumRetryAttempts")),
        max_age=number(retry.get("MaximumEventAgeInSeconds")),
        dead_letter=printer.known(dead_letter["Arn"]) if dead_letter else None,
    )
