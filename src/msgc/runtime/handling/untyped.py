"""Messages of no known type, for consumers that take anything."""

from __future__ import annotations

from typing import Any

from ..codec.records import dataclass
from .incoming import Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class UntypedMessage:
    """A message as it came: a JSON object, and what it says about its type."""

    type: str | None
    """EventBridge's `detail-type`, or the attribute `message_type`."""
    source: str | None
    """EventBridge's `source`."""
    body: dict[str, Any]
    """The payload, as JSON has it."""

    @classmethod
    def of(cls, incoming: Incoming) -> UntypedMessage:
        """Return what arrived, whatever it is."""
        return cls(type=incoming.type, source=incoming.source, body=incoming.body)
