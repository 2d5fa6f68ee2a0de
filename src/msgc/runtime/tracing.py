"""What the spans and metrics of OpenTelemetry around publishing and handling have in common.

They follow the semantic conventions for messaging:
https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

SCOPE = __name__.partition("._runtime")[0]
"""The package whose spans they are."""
SYSTEMS = {"events": "aws.eventbridge", "sns": "aws.sns", "sqs": "aws_sqs"}
"""By boto3's name for a service that of the conventions, as far as these have one."""
_COUNTERS = {
    "messaging.client.sent.messages": "Messages that were published, or should have been.",
    "messaging.client.consumed.messages": "Messages that a handler was given.",
}
_DURATIONS = {
    "messaging.client.operation.duration": "How long publishing took.",
    "messaging.process.duration": "How long handling a message took.",
}
_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
"""Seconds, as the conventions advise."""


class _Instruments:
    """The metrics, by their names; made on first use."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}

    def record(self, name: str, value: float, attributes: dict[str, Any]) -> None:
        """Add a count or a duration."""
        instrument = self.made.get(name)
        if instrument is None:
            meter = import_module("opentelemetry.metrics").get_meter(SCOPE)
            instrument = self.made[name] = (
                meter.create_counter(name, "{message}", _COUNTERS[name])
                if name in _COUNTERS
                else meter.create_histogram(
                    name,
                    "s",
                    _DURATIONS[name],
                    explicit_bucket_boundaries_advisory=_BOUNDS,
                )
            )
        if name in _COUNTERS:
            instrument.add(value, attributes)
        else:
            instrument.record(value, attributes)


INSTRUMENTS = _Instruments()


def measured(
    duration: str, counter: str, begun: float, count: int, attributes: dict[str, Any]
) -> None:
    """Record how long something took, and how many messages it was about."""
    prefix = "messaging." if duration.startswith("process") else "messaging.client."
    INSTRUMENTS.record(f"{prefix}{duration}", time.perf_counter() - begun, attributes)
    INSTRUMENTS.record(f"messaging.client.{counter}", count, attributes)


def failure(error: Exception) -> dict[str, Any]:
    """Return what the conventions call an error: AWS's code, or else the class."""
    failed: Any = getattr(error, "failed", None)
    return {"error.type": failed[0].code if failed else type(error).__qualname__}
