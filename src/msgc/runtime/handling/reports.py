"""What is said of messages that failed in a batch, and what becomes of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from ..codec.violations import InvalidPayload
from ..errors import UnreadableError
from .verdicts import DeadLetter, Retry, Verdict

if TYPE_CHECKING:
    from ..protocols import BatchResponse
    from .handlers import Failed
    from .protocols import Named, Returning

FAILURES: ContextVar[list[Exception] | None] = ContextVar("FAILURES", default=None)
"""Where a fake that delivers a batch collects why messages of it failed."""
RETURNING: ContextVar[Returning | None] = ContextVar("RETURNING", default=None)
"""The queue of such a fake, which carries out what handlers say of messages."""
_LOGGER = logging.getLogger(f"{__package__}.handlers")


def answer(
    consumer: str, records: Sequence[Mapping[str, Any]], failed: Failed
) -> BatchResponse:
    """Return what tells Lambda which records have failed; raises if it can't be told of one."""
    try:
        names: list[str] = [records[place]["messageId"] for place in sorted(failed)]
    except (KeyError, TypeError):
        names = []
    if not names or not all(isinstance(name, str) and name for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]
        message = f"`{consumer}` was invoked with a record without a `messageId`"
        raise UnreadableError(message)
    return {"batchItemFailures": [{"itemIdentifier": name} for name in names]}


def is_settled(handler: Named, record: Mapping[str, Any], error: Exception) -> bool:
    """Log why a record failed, and do what its handler says; whether that was all there is to do."""
    if isinstance(error, DeadLetter):
        report(handler, record, error, level=logging.WARNING)
        return _moved(handler, record, error)
    report(handler, record, error)
    if isinstance(error, Retry):
        _hidden(handler.consumer, record, error)
    return False


def held_back(record: Mapping[str, Any], error: Exception) -> None:
    """Let a record of a FIFO group come again with the one that failed before it."""
    if isinstance(error, Retry):
        _hidden("its group", record, error)


def report(
    handler: Named,
    record: Mapping[str, Any],
    error: Exception,
    *,
    message_id: str | None = None,
    level: int = logging.ERROR,
) -> None:
    """Log why a record failed: one line, with fields for whoever reads JSON.

    What can't be read, and what a handler raises on purpose, has no traceback.
    """
    failures = FAILURES.get()
    if failures is not None:
        failures.append(error)
    facts = _facts(record)
    unreadable = isinstance(error, InvalidPayload | UnreadableError)
    expected = unreadable or isinstance(error, Verdict)
    _LOGGER.log(
        level,
        "%s: message %s %s: %s",
        handler.consumer,
        message_id or facts["message_id"],
        "can't be read" if unreadable else "failed",
        error,
        exc_info=None if expected else error,
        extra={
            "consumer": handler.consumer,
            "service": handler.service,
            "error_type": type(error).__name__,
            **facts,
            **({"message_id": message_id} if message_id else {}),
        },
    )


def _facts(record: Any) -> dict[str, Any]:
    """Return what else a record says of its message, as far as it can be read."""
    found: dict[str, Any] = {"message_id": ""}
    try:
        found["message_id"] = record["messageId"]
        system: dict[str, Any] = record.get("attributes") or {}
        given: dict[str, Any] = record.get("messageAttributes") or {}
        for name, attribute in (
            ("message_type", "message_type"),
            ("correlation_id",) * 2,
        ):
            if attribute in given:
                found[name] = given[attribute].get("stringValue")
        if "ApproximateReceiveCount" in system:
            found["receive_count"] = int(system["ApproximateReceiveCount"])
        if "SentTimestamp" in system:
            found["age"] = round(time.time() - int(system["SentTimestamp"]) / 1000, 3)
        if "MessageGroupId" in system:
            found["group"] = system["MessageGroupId"]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        pass  # it was no record of SQS
    return found


def _moved(handler: Named, record: Mapping[str, Any], verdict: DeadLetter) -> bool:
    try:
        _returning().move(record, verdict.why)
    except Exception:
        _LOGGER.exception(
            "%s: message %s can't be moved to the dead-letter queue, and comes again",
            handler.consumer,
            record.get("messageId"),
        )
        return False
    return True


def _hidden(consumer: str, record: Mapping[str, Any], verdict: Retry) -> None:
    if verdict.seconds is None:
        return
    try:
        _returning().hide(record, verdict.seconds)
    except Exception:
        _LOGGER.exception(
            "%s: message %s can't be hidden for %s s, and comes when its time is over",
            consumer,
            record.get("messageId"),
            verdict.seconds,
        )


def _returning() -> Returning:
    """Return what carries out a verdict: SQS, but for the queue of a fake."""
    fake = RETURNING.get()
    if fake is not None:
        return fake
    from . import returning  # which needs boto3

    return returning
