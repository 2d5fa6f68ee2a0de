"""What SNS and SQS have in common: a body, message attributes, groups, and batches."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from ..codec import codec
from . import wire
from .publisher import NOTHING, Entry, M_contra, Publisher


class AttributedPublisher(Publisher[M_contra]):
    """Publishes messages whose type and filtered fields go as message attributes."""

    _body: ClassVar[str]
    """What the service calls the body."""

    def _entry(
        self,
        message: Any,
        options: Mapping[str, Any] = NOTHING,
        given: Mapping[str, object] = NOTHING,
    ) -> Entry:
        how, envelope = self._wire(message), message.__envelope__
        payload: dict[str, Any] = {}
        body = ""
        if envelope is not None:
            payload = codec.encode(message)
        elif how.reads_payload:
            payload = codec.encode(message)
            body = codec.write(payload)
        else:
            body = codec.encode_text(message)
        attributes = wire.attributes(how, message.__type__, payload)
        if given:
            attributes.update(how.given(message, given))
        parameters: dict[str, Any] = {self._body: body, "MessageAttributes": attributes}
        said: Mapping[str, Any] = self._said(options, attributes) if options else {}
        grouped = "MessageGroupId" in said
        parameters |= how.grouping(message, payload, fifo=self.fifo, grouped=grouped)
        parameters |= said
        headers = wire.headers(self._correlation(options))
        if envelope is not None:
            body = parameters[self._body] = self._enveloped(
                message, payload, parameters, headers
            )
        wire.add_headers(attributes, headers)
        size = wire.size(body) + wire.size_of_attributes(attributes)
        size += wire.size(said.get("Subject", ""))
        group = parameters.get("MessageGroupId") if self.fifo else None
        entry = Entry(message, parameters, size, group)
        packed: Entry = how.packed(entry, self, self._body)
        self._check_size(message, packed.size)
        return packed

    def _enveloped(
        self,
        message: Any,
        payload: dict[str, Any],
        parameters: dict[str, Any],
        headers: Mapping[str, str],
    ) -> str:
        """Return the body of a message whose payload lies in an envelope.

        No two of those are equal, so that AWS can't compare bodies for FIFO: payloads are.
        """
        envelope = message.__envelope__
        event = envelope.around(
            payload,
            type_=message.__type__,
            source=message.__source__,
            headers=headers,
            id_=parameters.get("MessageDeduplicationId"),
        )
        if self.fifo and "MessageDeduplicationId" not in parameters:
            parameters["MessageDeduplicationId"] = envelope.digest(payload)
        return codec.write(event)

    def _said(
        self, options: Mapping[str, Any], attributes: wire.Attributes
    ) -> dict[str, Any]:
        """Add the attributes that a call says, and return its parameters."""
        from .options import add_attributes, parameters_of  # 2 ms, for those

        add_attributes(attributes, options)
        return parameters_of(options, fifo=self.fifo)

    def _deliver_one(self, entry: Entry) -> None:
        self._get_ready()
        try:
            entry.prepare()
            entry.message_id = self._call(entry.parameters)["MessageId"]
        except Exception as error:
            from .failures import Failure, error_of  # 2 ms, for what fails

            entry.failure = Failure.of(error)
            raise error_of([entry]) from error

    def _send(self, entries: list[Entry]) -> None:
        from .sending import send_batch  # as whoever comes here does anyway

        ready = [entry for entry in entries if self._is_ready(entry)]
        if ready:
            send_batch(ready, self._call_batch)

    @staticmethod
    def _is_ready(entry: Entry) -> bool:
        """Prepare an entry; note why, if that fails: the others go without it."""
        try:
            entry.prepare()
        except Exception as error:  # noqa: BLE001  # botocore's, or any stand-in's
            from .failures import Failure  # as sending does anyway

            entry.failure = Failure.of(error)
        return entry.failure is None

    @abstractmethod
    def _call(self, parameters: dict[str, Any]) -> Any:
        """Send one message."""

    @abstractmethod
    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        """Send several messages."""
