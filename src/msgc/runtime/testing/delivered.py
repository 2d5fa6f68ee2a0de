"""Invoking handlers as Lambda does, and what becomes of the messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..handling.reports import FAILURES

if TYPE_CHECKING:
    from ..protocols import LambdaContext


class Delivered:
    """What became of the published messages on their way to a handler."""

    __slots__ = ("errors", "failed", "filtered_out", "handled")

    def __init__(
        self, handled: int, failed: int, filtered_out: int, errors: list[Exception]
    ) -> None:
        self.handled = handled
        self.failed = failed
        """They would come again, and end in the dead-letter queue."""
        self.filtered_out = filtered_out
        self.errors = errors
        """What the handler raised. Of a batch that it handles itself, as Powertools'
        BatchProcessor does, its failures have no errors here."""

    def __repr__(self) -> str:
        return (
            f"Delivered(handled={self.handled}, failed={self.failed}, "
            f"filtered_out={self.filtered_out}, errors={self.errors!r})"
        )

    def raise_errors(self) -> Delivered:
        """Raise what the handler raised, if anything: several of it as an `ExceptionGroup`."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            message = f"{self.failed} messages failed"
            raise ExceptionGroup(message, self.errors)
        if self.failed:
            message = f"{self.failed} messages failed"
            raise AssertionError(message)
        return self


def invoke(
    handler: Callable[..., Any],
    event: dict[str, Any] | list[Any],
    context: LambdaContext,
    errors: list[Exception],
) -> int:
    """Invoke a handler and return how many messages of the event failed."""
    collecting = FAILURES.set(errors)
    try:
        response: dict[str, Any] | list[Any] | None = handler(event, context)
    except Exception as error:  # noqa: BLE001  # Lambda would try all of it again
        errors.append(error)
        return size_of(event)
    finally:
        FAILURES.reset(collecting)
    # What answers returns a list.
    return len(response["batchItemFailures"]) if isinstance(response, dict) else 0


def size_of(event: dict[str, Any] | list[Any]) -> int:
    """Return how many messages a function is invoked with."""
    if isinstance(event, list):  # of a pipe
        return len(event)
    return len(event.get("Records", (event,)))
