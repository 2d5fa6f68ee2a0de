"""Lambda entry points of functions that pipes ask: each payload gets an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..codec.codec import encode
from .handlers import EntryPoint, Read, payloads_of
from .incoming import Incoming, MessageContext, object_in
from .running import caller_of, checked

if TYPE_CHECKING:
    from ..protocols import Envelope, LambdaContext

M = TypeVar("M")
A = TypeVar("A")


class AnswerHandler(EntryPoint[M, Any], Generic[M, A]):
    """Answers a pipe about a batch of payloads, one by one; after a failure all come again.

    What is answered is checked against its schema, as what is published is.
    """

    def __init__(
        self,
        fn: Callable[[M, MessageContext], A],
        read: Read[M],
        *,
        consumer: str,
        service: str = "",
    ) -> None:
        if isinstance(fn, EntryPoint):
            message = f"`{fn.__name__}` is the handler of `{fn.consumer}` already"
            raise TypeError(message)
        super().__init__(checked(fn), consumer, service)
        self._read = read
        self._call = caller_of(fn)

    def __call__(
        self,
        event: Sequence[Mapping[str, Any]],
        context: LambdaContext | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a batch, in its order."""
        return [
            self.record(record, context) for record in payloads_of(event, self.consumer)
        ]

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> dict[str, Any]:
        """Answer one payload."""
        context = MessageContext(
            record=record,
            lambda_context=lambda_context,
            consumer=self.consumer,
            service=self.service,
        )
        answer: Any = self._call(
            self._read(Incoming(dict(object_in(record)), context)), context
        )
        payload = encode(answer)
        envelope: Envelope | None = answer.__envelope__
        if envelope is None:
            return payload
        source, type_ = answer.__source__, answer.__type__
        return envelope.around(payload, type_=type_, source=source)
