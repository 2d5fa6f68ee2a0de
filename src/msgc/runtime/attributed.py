"""What SNS and SQS have in common: a body, message attributes, groups, and batches."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from . import codec, wire
from .errors import RefusedError
from .publisher import Entry, M_contra, Publisher


class AttributedPublisher(Publisher[M_contra]):
    """Publishes messages whose type and filtered fields go as message attributes."""

    _body: ClassVar[str]
    """What the service calls the body."""

    def _entry(self, message: Any) -> Entry:
        how = self._wire(message)
        payload: dict[str, Any] = {}
        if how.plain:
            body = codec.encode_text(message)
        else:
            payload = codec.encode(message)
            body = codec.write(payload)
        attributes = wire.attributes(how, message.__type__, payload)
        size = wire.size(body) + wire.size_of_attributes(attributes)
        self._check_size(message, size)
        parameters: dict[str, Any] = {self._body: body, "MessageAttributes": attributes}
        group = wire.token(payload, how.group_by)
        if group is not None:
            parameters["MessageGroupId"] = group
        elif self.fifo:
            path = ".".join(how.group_by or ())
            text = f"{type(message).__name__} has no `{path}`, which is its group"
            raise RefusedError(text)
        if self.fifo:
            deduplication = wire.token(payload, how.deduplicate_by)
            if deduplication is not None:
                parameters["MessageDeduplicationId"] = deduplication
        return Entry(message, parameters, size, group if self.fifo else None)

    def _deliver_one(self, entry: Entry) -> None:
        self._get_ready()
        try:
            entry.message_id = self._call(entry.parameters)["MessageId"]
        except Exception as error:
            from .failures import Failure, error_of  # 2 ms, for what fails

            entry.failure = Failure.of(error)
            raise error_of([entry]) from error

    def _send(self, entries: list[Entry]) -> None:
        from .failures import Failure  # as sending several does anyway

        response = self._call_batch(
            [{"Id": str(i), **entry.parameters} for i, entry in enumerate(entries)]
        )
        for sent in response.get("Successful", ()):
            entries[int(sent["Id"])].message_id = sent["MessageId"]
        for failed in response.get("Failed", ()):
            entries[int(failed["Id"])].failure = Failure(
                failed["Code"],
                failed.get("Message") or "no reason given",
                retryable=not failed["SenderFault"],
            )
        for entry in entries:
            if entry.message_id is None and entry.failure is None:
                entry.failure = Failure("NoResult", "the answer says nothing about it")

    @abstractmethod
    def _call(self, parameters: dict[str, Any]) -> Any:
        """Send one message."""

    @abstractmethod
    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        """Send several messages."""
