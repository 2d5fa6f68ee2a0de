"""Invoking handlers as Lambda does, and what becomes of the messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from ..handling.reports import FAILURES, RETURNING

if TYPE_CHECKING:
    from ..protocols import LambdaContext
    from .parcels import Event, Parcel
    from .routes import Path


class Delivered:
    """What became of the published messages on their way to a handler."""

    __slots__ = (
        "dead_lettered",
        "deduplicated",
        "errors",
        "failed",
        "filtered_out",
        "handled",
    )

    def __init__(
        self,
        handled: int,
        failed: int,
        filtered_out: int,
        errors: list[Exception],
        *,
        deduplicated: int = 0,
        dead_lettered: int = 0,
    ) -> None:
        self.handled = handled
        """How many the handler has handled."""
        self.failed = failed
        """How many failed: they would come again, and end in the dead-letter queue, or are there."""
        self.dead_lettered = dead_lettered
        """How many of these did, with `redrive` or by `DeadLetter`: see `dead_letters_of` of the
        fake."""
        self.filtered_out = filtered_out
        """How many the filters on the way didn't let through."""
        self.deduplicated = deduplicated
        """FIFO dropped them: one with the same deduplication id came less than 5 minutes before."""
        self.errors = errors
        """What the handler raised. Of a batch that it handles itself, as Powertools'
        BatchProcessor does, its failures have no errors here."""

    def __repr__(self) -> str:
        return (
            f"Delivered(handled={self.handled}, failed={self.failed}, "
            f"filtered_out={self.filtered_out}, deduplicated={self.deduplicated}, "
            f"dead_lettered={self.dead_lettered}, errors={self.errors!r})"
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
) -> list[int]:
    """Invoke a handler, and return the places of the messages of the event that failed."""
    collecting = FAILURES.set(errors)
    try:
        response: dict[str, Any] | list[Any] | None = handler(event, context)
    except Exception as error:  # noqa: BLE001  # Lambda would try all of it again
        errors.append(error)
        return [*range(_size(event))]
    finally:
        FAILURES.reset(collecting)
    if not isinstance(response, dict) or not isinstance(event, dict):
        return []  # what answers returns a list
    failed = [each["itemIdentifier"] for each in response["batchItemFailures"]]
    places: list[int] = []
    for place, record in enumerate(event["Records"]):
        if record["messageId"] in failed:  # once for each time that it is told
            failed.remove(record["messageId"])
            places.append(place)
    return places


def _size(event: dict[str, Any] | list[Any]) -> int:
    """Return how many messages a function is invoked with."""
    if isinstance(event, list):  # of a pipe
        return len(event)
    return len(event.get("Records", (event,)))


class Ends:
    """How messages ended: why some failed, and which are dead letters."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.dead: list[Parcel] = []


class _Queue:
    """The queue that messages of an event are from: it does what handlers say of them."""

    def __init__(self, event: Event | list[Any], *, has_dead_letters: bool) -> None:
        self._records: list[Any] = (
            [] if isinstance(event, list) else event.get("Records", [])
        )
        self._has_dead_letters = has_dead_letters
        self.moved: list[int] = []
        """The places in the event of what has been moved to the dead-letter queue."""

    def hide(self, record: Mapping[str, Any], seconds: int) -> None:
        """Do nothing: what fails comes again when a test says so."""

    def move(self, record: Mapping[str, Any], why: str) -> None:
        """Put a message into the dead-letter queue."""
        if not self._has_dead_letters:
            message = "the queue has no dead-letter queue"
            raise LookupError(message)
        self.moved += [i for i, each in enumerate(self._records) if each is record][:1]


def deliver(
    handler: Callable[..., Any],
    path: Path,
    parcels: list[Parcel],
    context: LambdaContext,
    ends: Ends,
) -> list[Parcel]:
    """Invoke a handler with all that has come to the end of a path, and return what failed.

    What it moves to the dead-letter queue hasn't.
    """
    failed: list[Parcel] = []
    done = 0
    for event in path[-1].invoke(parcels):
        queue = _Queue(event, has_dead_letters=path[-1].max_receives > 0)
        returning = RETURNING.set(queue)
        try:
            places = invoke(handler, event, context, ends.errors)
        finally:
            RETURNING.reset(returning)
        failed += [parcels[done + i] for i in places]
        ends.dead += [parcels[done + i] for i in queue.moved]
        done += _size(event)
    return failed


def redeliver(
    handler: Callable[..., Any],
    path: Path,
    parcels: list[Parcel],
    context: LambdaContext,
    ends: Ends,
) -> None:
    """Deliver out of a queue until all is handled, or in the dead-letter queue."""
    for number in range(1, path[-1].max_receives + 1):
        received = [_received(parcel, number) for parcel in parcels]
        parcels = deliver(handler, path, received, context, ends)
    ends.dead += parcels


def _received(parcel: Parcel, number: int) -> Parcel:
    """Return a message as it is when it is received so many times."""
    found = copy(parcel)
    found.system = {**parcel.system, "ApproximateReceiveCount": str(number)}
    return found
