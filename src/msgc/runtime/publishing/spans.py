"""The span of OpenTelemetry in which messages are published, where a program has loaded it."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..tracing import SCOPE, SYSTEMS, failure, measured

if TYPE_CHECKING:
    from .around import Publishing


@contextmanager
def sending(call: Publishing) -> Generator[None, None, None]:
    """Be the span in which messages are published; they carry its context along."""
    trace = import_module("opentelemetry.trace")
    destination = call.address.rpartition(":")[2].rpartition("/")[2]
    common = {
        "messaging.system": SYSTEMS[call.service],
        "messaging.operation.name": "publish",
        "messaging.destination.name": destination,
    }
    attributes: dict[str, Any] = {**common, "messaging.operation.type": "send"}
    if call.many:
        attributes["messaging.batch.message_count"] = len(call.messages)
    if call.correlation_id is not None:
        attributes["messaging.message.conversation_id"] = call.correlation_id
    begun = time.perf_counter()
    failed: dict[str, Any] = {}
    with trace.get_tracer(SCOPE).start_as_current_span(
        f"publish {destination}", kind=trace.SpanKind.PRODUCER, attributes=attributes
    ) as span:
        try:
            yield
        except Exception as error:
            failed = failure(error)
            span.set_attributes(failed)
            raise
        else:
            if call.message_ids and not call.many:
                span.set_attribute("messaging.message.id", call.message_ids[0])
        finally:
            measured("operation.duration", "sent.messages", begun, len(call.messages),
                      {**common, **failed})  # fmt: skip
