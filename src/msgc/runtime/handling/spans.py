"""The span of OpenTelemetry in which a message is handled, where a program has loaded it."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..tracing import SCOPE, SYSTEMS, failure, measured

if TYPE_CHECKING:
    from .incoming import MessageContext
    from .protocols import Named


@contextmanager
def processing(handler: Named, context: MessageContext) -> Generator[None, None, None]:
    """Be the span in which a message is handled, of the trace in which it was published.

    The span of the invocation, if there is one, is linked.
    """
    trace = import_module("opentelemetry.trace")
    contexts = import_module("opentelemetry.context")
    around = trace.get_current_span().get_span_context()
    extracted = import_module("opentelemetry.propagate").extract(
        dict(context.attributes), contexts.get_current()
    )
    creation = trace.get_current_span(extracted).get_span_context()
    links = [trace.Link(around)] if around.is_valid and around != creation else []
    system, destination = _came_from(context)
    common = {
        "messaging.system": SYSTEMS[system],
        "messaging.operation.name": "process",
        "messaging.destination.name": destination,
        "messaging.consumer.group.name": handler.consumer,
    }
    attributes: dict[str, Any] = {**common, "messaging.operation.type": "process"}
    if context.message_id:
        attributes["messaging.message.id"] = context.message_id
    if context.correlation_id is not None:
        attributes["messaging.message.conversation_id"] = context.correlation_id
    begun = time.perf_counter()
    failed: dict[str, Any] = {}
    token = contexts.attach(extracted)
    try:
        with trace.get_tracer(SCOPE).start_as_current_span(
            f"process {destination}",
            kind=trace.SpanKind.CONSUMER,
            attributes=attributes,
            links=links,
        ) as span:
            try:
                yield
            except Exception as error:
                failed = failure(error)
                span.set_attributes(failed)
                raise
    finally:
        contexts.detach(token)
        measured(
            "process.duration", "consumed.messages", begun, 1, {**common, **failed}
        )


def _came_from(context: MessageContext) -> tuple[str, str]:
    """Return the service that brought a message here, and the name of its place."""
    for system, arn in (("sqs", context.queue_arn), ("sns", context.topic_arn)):
        if arn:
            return system, arn.rpartition(":")[2]
    event = context.event or {}
    return "events", str(event.get("source", ""))
