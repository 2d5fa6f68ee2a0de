"""Lambda entry points of functions that aren't invoked by a queue alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import UnreadableError
from . import envelopes
from .handlers import EntryPoint, Handler, SqsHandler, payloads_of, records_of
from .incoming import Incoming, MessageContext, object_in
from .running import Result

if TYPE_CHECKING:
    from ..protocols import BatchResponse, LambdaContext
    from .streams import StreamHandler

M = TypeVar("M")

_EVENTBRIDGE, _DIRECT = "EventBridge", "a message alone"


class SnsHandler(Handler[M, Result]):
    """Handles what a topic invokes a function with; a failure is raised, and Lambda tries again."""

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle the notification of an SNS event."""
        for record in records_of(event, self.consumer):
            self.record(record, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record of an SNS event."""
        read = envelopes.from_sns if self._large is None else self._large.from_sns
        self._handle(read(record, lambda_context))


class EventBridgeHandler(Handler[M, Result]):
    """Handles what a rule invokes a function with; a failure is raised, and Lambda tries again."""

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle an event."""
        self.record(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle an event, under the name that all handlers have."""
        self._handle(envelopes.from_eventbridge(record, lambda_context))


class PipeHandler(Handler[M, Result]):
    """Handles what a pipe hands on; after a failure the whole batch comes again."""

    def __call__(
        self,
        event: Sequence[Mapping[str, Any]],
        context: LambdaContext | None = None,
    ) -> None:
        """Handle a batch."""
        for record in payloads_of(event, self.consumer):
            self.record(record, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one payload."""
        context = MessageContext(record=record, lambda_context=lambda_context)
        self._handle(Incoming(dict(object_in(record)), context))


class DirectHandler(Handler[M, Result]):
    """Handles a message that comes alone, as a rule or a schedule makes it; a failure is raised."""

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle a message."""
        self.record(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle a message, under the name that all handlers have."""
        context = MessageContext(
            message_id=getattr(lambda_context, "aws_request_id", ""),
            record=record,
            lambda_context=lambda_context,
        )
        self._handle(Incoming(dict(object_in(record)), context))


class MixedHandler(EntryPoint[M, Result]):
    """Handles what reaches a function by several services, each as its own handler does."""

    def __init__(
        self,
        *,
        sqs: SqsHandler[M, Result] | None = None,
        kinesis: StreamHandler[M, Result] | None = None,
        dynamodb: StreamHandler[M, Result] | None = None,
        sns: SnsHandler[M, Result] | None = None,
        eventbridge: EventBridgeHandler[M, Result] | None = None,
        pipe: PipeHandler[M, Result] | None = None,
        direct: DirectHandler[M, Result] | None = None,
    ) -> None:
        handlers = {
            "aws:sqs": sqs,
            "aws:kinesis": kinesis,
            "aws:dynamodb": dynamodb,
            "aws:sns": sns,
            _EVENTBRIDGE: eventbridge,
            _DIRECT: direct,
        }
        self._handlers = {key: each for key, each in handlers.items() if each}
        self._pipe = pipe
        first = next(iter(self._handlers.values()))  # of a pipe there's one at most
        super().__init__(first.fn, first.consumer, first.service)

    def __call__(
        self,
        event: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        context: LambdaContext | None = None,
    ) -> BatchResponse | None:
        """Handle what Lambda was invoked with."""
        if not isinstance(event, Mapping):
            if self._pipe is None:
                message = f"`{self.consumer}` isn't invoked by a pipe"
                raise UnreadableError(message)
            self._pipe(event, context)
            return None
        records = event.get("Records")
        return self._handler(records[0] if records else event)(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record, or an event."""
        self._handler(record).record(record, lambda_context)

    def _handler(
        self, record: Mapping[str, Any]
    ) -> (
        SqsHandler[M, Result]
        | StreamHandler[M, Result]
        | SnsHandler[M, Result]
        | EventBridgeHandler[M, Result]
        | DirectHandler[M, Result]
    ):
        origin = record.get("eventSource") or record.get("EventSource")
        if origin is None:
            is_event = "detail-type" in record and _EVENTBRIDGE in self._handlers
            alone = _DIRECT in self._handlers and not is_event
            origin = _DIRECT if alone else _EVENTBRIDGE
        if origin not in self._handlers:
            message = f"`{self.consumer}` isn't invoked by {origin}"
            raise UnreadableError(message)
        return self._handlers[origin]
