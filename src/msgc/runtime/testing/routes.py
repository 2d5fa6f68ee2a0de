"""The ways from a place to a consumer: filters, envelopes, and what the function is invoked with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from ..matching import matching, policies
from ..publishing.fields import token
from . import events
from .parcels import Event, Parcel


class Subscribed:
    """Through a topic: the filter policy, and SNS's envelope unless delivery is raw."""

    fifo = per_group = False
    max_receives = 0

    def __init__(
        self,
        topic: str,
        *,
        policy: dict[str, Any] | None = None,
        scope: Literal["MessageAttributes", "MessageBody"] = "MessageAttributes",
        raw: bool = False,
    ) -> None:
        self._topic = events.arn("sns", topic)
        self._policy = policy
        self._scope: Literal["MessageAttributes", "MessageBody"] = scope
        self._raw = raw

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return what leaves the topic by this subscription; None if it is filtered out."""
        message = parcel.as_message()
        passes = policies.matches_policy(
            self._policy,
            self._scope,
            body=message.body,
            attributes=dict(message.attributes),
        )
        if not passes or self._raw:
            return message if passes else None
        return Parcel(
            message_id=parcel.message_id,
            body=json.dumps(self._envelope(message)),
            system=parcel.system,
        )

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return what a subscribed function is invoked with."""
        return [
            events.notification_event(json.loads(parcel.body)) for parcel in parcels
        ]

    def _envelope(self, message: Parcel) -> Event:
        return events.notification(
            message.body,
            message.attributes,
            topic=self._topic,
            message_id=message.message_id,
        )


class Ruled:
    """Through a bus: the rule's pattern, and the field that is the group in a FIFO queue."""

    fifo = per_group = False
    max_receives = 0

    def __init__(
        self, pattern: dict[str, Any], *, group: tuple[str, ...] | None = None
    ) -> None:
        self._pattern = pattern
        self._group = group

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return the event if it matches."""
        if not matching.matches(self._pattern, parcel.event):
            return None
        found = token((parcel.event or {}).get("detail", {}), self._group)
        if found is None:
            return parcel
        return Parcel(
            message_id=parcel.message_id,
            event=parcel.event,
            system={"MessageGroupId": found},
        )

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return what the rule's function is invoked with."""
        return [parcel.event for parcel in parcels if parcel.event is not None]


class Polled:
    """Through a queue: the event source's filters, and batches."""

    def __init__(
        self,
        queue: str,
        *,
        patterns: tuple[dict[str, Any], ...] = (),
        batch_size: int = 10,
        per_group: bool = False,
        max_receives: int = 0,
    ) -> None:
        self.fifo = queue.endswith(".fifo")
        self.per_group = per_group
        self.max_receives = max_receives
        self._queue = queue
        self._patterns = patterns
        self._batch_size = batch_size

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return what Lambda doesn't drop."""
        message = parcel.as_message()
        seen = {**self._record(message), "body": _json(message.body)}
        if self._patterns and not any(
            matching.matches(p, seen) for p in self._patterns
        ):
            return None
        return message

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return the batches that the function is invoked with."""
        records = [self._record(parcel) for parcel in parcels]
        size = self._batch_size
        return [
            {"Records": records[i : i + size]} for i in range(0, len(records), size)
        ]

    def _record(self, parcel: Parcel) -> Event:
        return events.record(
            parcel.body,
            parcel.attributes,
            queue=self._queue,
            message_id=parcel.message_id,
            system=parcel.system,
        )


class Piped(Polled):
    """Out of a queue by a pipe: its filters, and then the payload alone, or an event with it."""

    def __init__(
        self,
        queue: str,
        *,
        patterns: tuple[dict[str, Any], ...] = (),
        payload: str = "$.body",
        batch_size: int = 10,
        head: tuple[str, str] | None = None,
        group: str = "",
        deduplication: str = "",
    ) -> None:
        super().__init__(queue, patterns=patterns, batch_size=batch_size)
        self._payload = payload
        self._head = head
        """Source and type of the event, as texts or as JSON paths."""
        self._ids = {
            "MessageGroupId": group,
            "MessageDeduplicationId": deduplication,
        }

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return what the target gets."""
        record = self._read(parcel)
        if record is None:
            return None
        return self._handed_on(parcel, record, self._made(record))

    def invoke(self, parcels: list[Parcel]) -> list[Any]:
        """Return what the pipe's function is invoked with: the payloads of each batch."""
        payloads = [json.loads(parcel.body) for parcel in parcels]
        size = self._batch_size
        return [payloads[i : i + size] for i in range(0, len(payloads), size)]

    def _read(self, parcel: Parcel) -> Event | None:
        """Return the record that comes out of the queue; None if a filter says no."""
        message = super().take(parcel)
        if message is None:
            return None
        return {**self._record(message), "body": _json(message.body)}

    def _handed_on(self, parcel: Parcel, record: Any, payload: Any) -> Parcel:
        """Return a payload as it arrives, with what paths find in what it is made of."""
        if self._head is None:
            system = {
                name: str(_found(record, at)) for name, at in self._ids.items() if at
            }
            return Parcel(
                message_id=parcel.message_id, body=json.dumps(payload), system=system
            )
        source, type_ = (_found(record, text) for text in self._head)
        event = events.envelope(source, type_, payload)
        return Parcel(message_id=parcel.message_id, event=event)

    def _made(self, record: Event) -> Any:
        """Return what is handed on of a record."""
        return _found(record, self._payload)


def _found(record: Event, text: str) -> Any:
    """Return what a JSON path finds in a record, or a text that is none."""
    start, *steps = text.split(".")
    if start != "$":
        return text
    found: Any = record
    for step in steps:
        found = found.get(step) if isinstance(found, Mapping) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return found  # pyright: ignore[reportUnknownVariableType]


class Hop(Protocol):
    """One step on a path."""

    @property
    def fifo(self) -> bool:
        """Whether it is out of a FIFO queue."""
        ...

    @property
    def per_group(self) -> bool:
        """Whether a deduplication id is one only within its group there."""
        ...

    @property
    def max_receives(self) -> int:
        """How often a message comes out of a queue before it is a dead letter; 0: no such queue."""
        ...

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return what comes out of it; None if a filter says no."""
        ...

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return what a function is invoked with that is behind it."""
        ...


Path = tuple[Hop, ...]
"""From the place that is published to, to a consumer's function."""


def arrive(path: Path, parcel: Parcel) -> Parcel | None:
    """Return what arrives at the end of a path; None if a filter says no."""
    for hop in path:
        taken = hop.take(parcel)
        if taken is None:
            return None
        parcel = taken
    return parcel


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
