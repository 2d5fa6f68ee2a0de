"""Print alarms as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.printer import Printer, identifier
from msgc.stack.model import Resource
from msgc.stack.values import reference

_METRICS = {
    "ApproximateAgeOfOldestMessage": "oldest_message",
    "ApproximateNumberOfMessagesVisible": "waiting_messages",
    "NumberOfNotificationsFailed": "failed_deliveries",
    "FailedInvocations": "failed_invocations",
    "ExecutionFailed": "failed_executions",
    "Errors": "errors",
    "Throttles": "throttles",
}
"""The kit's functions for what CloudWatch counts."""


def alarm(printer: Printer, made: Resource) -> Call:
    """Print an alarm."""
    told: Any = made.properties.get("AlarmActions")
    return new(
        "self.alarm",
        identifier(made),
        metric(printer, made),
        at_least=printer.option(made, "Threshold"),
        description=printer.option(made, "AlarmDescription"),
        notify=printer.known(told[0]) if told else None,
        ok="True" if "OKActions" in made.properties else None,
    )


def metric(printer: Printer, made: Resource) -> Call:
    """Print what is counted: of the last dimension, within the others."""
    dimensions: Any = made.properties["Dimensions"]
    *within, of = (each["Value"] for each in dimensions)
    function = printer.out.kit(_METRICS[str(made.properties["MetricName"])])
    assert reference(of) is not None, made  # noqa: S101  # the plan refers to it
    return new(function, printer.known(of), *map(printer.value, within))
