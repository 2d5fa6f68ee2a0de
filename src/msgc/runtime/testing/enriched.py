"""The hop through a pipe that asks a function, and hands on what is answered: `enrich`."""

from __future__ import annotations

from typing import Any

from .answers import answer
from .parcels import Event, Parcel
from .routes import Piped
from .templates import fill
from .transformed import of_pipes


class Enriched(Piped):
    """Out of a queue by a pipe, which hands on what a function answers about each payload."""

    def __init__(
        self,
        queue: str,
        *,
        asks: str,
        send: Any = None,
        patterns: tuple[Event, ...] = (),
        payload: str = "$.body",
        batch_size: int = 10,
        head: tuple[str, str] | None = None,
        group: str = "",
        deduplication: str = "",
    ) -> None:
        super().__init__(
            queue,
            patterns=patterns,
            payload=payload,
            batch_size=batch_size,
            head=head,
            group=group,
            deduplication=deduplication,
        )
        self._asks = asks
        """A consumer's name, or the argument of a function that is handed over."""
        self._send = send
        """What is made of the answer; None: it is handed on as it is."""

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return what the target gets; None if a filter says no, or nothing is answered."""
        record = self._read(parcel)
        if record is None:
            return None
        found = answer(self._asks, self._made(record))
        if found is None:
            return None
        made = found
        if self._send is not None:
            made = fill(self._send, found, of_pipes(found, record["eventSourceARN"]))
        return self._handed_on(parcel, found, made)
