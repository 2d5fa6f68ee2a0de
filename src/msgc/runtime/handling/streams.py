"""Lambda entry points of functions that read streams, of DynamoDB tables or of Kinesis."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .handlers import Handle, Handler, Read, records_of
from .incoming import Incoming, MessageContext, parsed
from .running import Result

if TYPE_CHECKING:
    from ..protocols import BatchResponse, LambdaContext
    from .idempotency import Once

M = TypeVar("M")


class StreamHandler(Handler[M, Result]):
    """Handles a batch of records in their order; a failure holds back what follows it."""

    number: ClassVar[tuple[str, str]]
    """Where in a record its number in the stream is."""

    def __init__(
        self,
        fn: Handle[M, Result],
        read: Read[M],
        *,
        consumer: str,
        service: str = "",
        partial_failures: bool = True,
        once: Once | None = None,
    ) -> None:
        super().__init__(fn, read, consumer=consumer, service=service, once=once)
        self._partial_failures = partial_failures

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> BatchResponse:
        """Handle what Lambda read, and say where it is to begin again."""
        for record in records_of(event, self.consumer):
            try:
                self.record(record, context)
            except Exception as error:
                if not self._partial_failures:
                    raise
                from .reports import report  # 10 ms with logging, for what fails

                part, name = self.number
                number = record[part][name]
                report(self, record, error, message_id=number)
                return {"batchItemFailures": [{"itemIdentifier": number}]}
        return {"batchItemFailures": []}

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record and raise what goes wrong."""
        context = MessageContext(
            message_id=record.get("eventID", ""),
            record=record,
            lambda_context=lambda_context,
        )
        self._handle(Incoming(self._body(record), context))

    def _body(self, record: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class KinesisHandler(StreamHandler[M, Result]):
    """Handles records of a Kinesis stream: the JSON that was put there."""

    number = ("kinesis", "sequenceNumber")

    def _body(self, record: Mapping[str, Any]) -> dict[str, Any]:
        return parsed(b64decode(record["kinesis"]["data"]))


class TableHandler(StreamHandler[M, Result]):
    """Handles records of a table's stream, each as it is: `eventName`, and items in `dynamodb`."""

    number = ("dynamodb", "SequenceNumber")

    def _body(self, record: Mapping[str, Any]) -> dict[str, Any]:
        return dict(record)
