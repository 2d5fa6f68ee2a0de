"""CloudEvents 1.0, structured in JSON: the envelope around payloads, put on and taken off.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .codec.checks import Found, kind_of
from .errors import RefusedError
from .json_text import write

if TYPE_CHECKING:
    from datetime import datetime

VERSION = "1.0"
CARRIED = {
    "correlation_id": "correlationid",
    "traceparent": "traceparent",
    "tracestate": "tracestate",
}
"""What goes along with any message, by the names of the correlation and tracing extensions:
https://github.com/cloudevents/spec/tree/main/cloudevents/extensions"""
_OPTIONAL = ("subject", "time", "datacontenttype", "dataschema")
_CORE = frozenset({"specversion", "id", "source", "type", *_OPTIONAL, "data"})

Path = tuple[str, ...]


class CloudEvents:
    """How the messages of one type become CloudEvents: what their attributes say, and from where.

    Paths are those of fields in the payload.
    """

    __slots__ = ("_data_schema", "_extensions", "_id", "_subject", "_time")

    def __init__(
        self,
        *,
        id: Path | None = None,  # as the attribute is called
        subject: Path | None = None,
        time: Path | None = None,
        extensions: Mapping[str, Path] | None = None,
        data_schema: str | None = None,
    ) -> None:
        self._id = id
        self._subject = subject
        self._time = time
        self._extensions = extensions or {}
        self._data_schema = data_schema

    def around(
        self,
        payload: dict[str, Any],
        *,
        type_: str,
        source: str,
        headers: Mapping[str, str] | None = None,
        id_: str | None = None,
    ) -> dict[str, Any]:
        """Return the event around a payload; `id_` is its id where no field of the payload is."""
        event: dict[str, Any] = {
            "specversion": VERSION,
            "id": self._id_of(payload) or id_ or _new_id(),
            "source": source,
            "type": type_,
            "time": _at(payload, self._time) or _now(),
            "datacontenttype": "application/json",
        }
        if self._data_schema is not None:
            event["dataschema"] = self._data_schema
        subject = _at(payload, self._subject)
        if subject not in {None, ""}:
            event["subject"] = str(subject)
        for name, path in self._extensions.items():
            value = _at(payload, path)
            if value is not None:
                event[name] = value
        for header, name in CARRIED.items():
            if headers and header in headers:
                event[name] = headers[header]
        event["data"] = payload
        return event

    def _id_of(self, payload: dict[str, Any]) -> str | None:
        if self._id is None:
            return None
        text = str(_at(payload, self._id))
        if not text:
            message = f"`{'.'.join(self._id)}` is empty, and it is the id of the event"
            raise RefusedError(message)
        return text

    carried = CARRIED

    @staticmethod
    def digest(payload: dict[str, Any]) -> str:
        """Return the SHA-256 of a payload, as SQS makes it of a body."""
        from hashlib import sha256  # 4 ms with OpenSSL

        return sha256(write(payload).encode()).hexdigest()

    @staticmethod
    def inside(event: Any, name: str) -> Any:
        """Return the payload in an event; raises `InvalidPayload` for what is no event."""
        opened(event, name)
        return event["data"]


class CloudEvent:
    """What a CloudEvent says around its payload."""

    __slots__ = ("_event", "extensions", "id", "source", "type")

    def __init__(self, event: Mapping[str, Any]) -> None:
        self._event = event
        self.id: str = event["id"]
        self.source: str = event["source"]
        self.type: str = event["type"]
        self.extensions: dict[str, Any] = {
            name: value
            for name, value in event.items()
            if name not in _CORE and value is not None
        }
        """What else it says, by the names of extension attributes."""

    def __repr__(self) -> str:
        return f"<CloudEvent {self.type} {self.id} of {self.source}>"

    @property
    def subject(self) -> str | None:
        """What it is about, in the terms of its source."""
        return self._event.get("subject")

    @property
    def data_schema(self) -> str | None:
        """The address of the payload's schema."""
        return self._event.get("dataschema")

    @property
    def time(self) -> datetime | None:
        """When it happened, by the clock of its source."""
        text = self._event.get("time")
        return None if text is None else _read_time(text)


def is_event(body: Any) -> bool:
    """Whether a body says that it is a CloudEvent: a payload has no such version and type."""
    return (
        isinstance(body, dict)
        and isinstance(body.get("specversion"), str)  # pyright: ignore[reportUnknownMemberType]
        and isinstance(body.get("type"), str)  # pyright: ignore[reportUnknownMemberType]
    )


def opened(event: Any, name: str) -> CloudEvent:
    """Return what an event says; raises `InvalidPayload` about the message `name`."""
    found: Found = []
    if not isinstance(event, dict):
        found.append((None, f"expected a CloudEvent, got {kind_of(event)}"))
    elif "specversion" not in event:
        found.append((None, "expected a CloudEvent, which has a `specversion`"))
    else:
        _check(event, found)  # pyright: ignore[reportUnknownArgumentType]
    if found:
        from .codec.violations import InvalidPayload, violations  # for what is wrong

        raise InvalidPayload(name, violations(found))
    return CloudEvent(event)  # pyright: ignore[reportUnknownArgumentType]


def _check(event: dict[str, Any], found: Found) -> None:
    """Add what is wrong with the attributes of an event; null stands for one that isn't there."""
    for name in ("specversion", "id", "source", "type"):
        value = event.get(name)
        if value is None:
            found.append(((None, name), "is required in a CloudEvent"))
        elif not isinstance(value, str):
            found.append(((None, name), f"expected a string, got {kind_of(value)}"))
        elif not value:
            found.append(((None, name), "is empty"))
        elif name == "specversion" and value != VERSION:
            found.append(((None, name), f'expected "{VERSION}"'))
    for name in _OPTIONAL:
        value = event.get(name)
        if value is not None and not isinstance(value, str):
            found.append(((None, name), f"expected a string, got {kind_of(value)}"))
    if isinstance(event.get("time"), str):
        _check_time(event["time"], found)
    _check_data(event, found)


def _check_data(event: dict[str, Any], found: Found) -> None:
    kind = event.get("datacontenttype")
    if isinstance(kind, str) and not _is_json(kind):
        found.append(((None, "datacontenttype"), "expected application/json"))
    elif event.get("data_base64") is not None:
        found.append(((None, "data_base64"), "is no JSON: expected `data`"))
    elif "data" not in event:
        found.append(((None, "data"), "is required"))


def _is_json(kind: str) -> bool:
    media = kind.partition(";")[0].strip().lower()
    return media == "application/json" or media.endswith(("/json", "+json"))


def _check_time(text: str, found: Found) -> None:
    try:
        _read_time(text)
    except (ValueError, OverflowError):
        found.append(((None, "time"), "is no date-time"))


def _read_time(text: str) -> datetime:
    from .codec.formats import format_of  # as a payload with times does

    moment: datetime = format_of("date-time").read(text)
    return moment


def _at(payload: Mapping[str, Any], path: Path | None) -> Any:
    value: Any = payload if path else None
    for step in path or ():
        value = value.get(step) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return value  # pyright: ignore[reportUnknownVariableType]


def _new_id() -> str:
    from uuid import uuid4  # 3 ms, where no field is the id

    return str(uuid4())


def _now() -> str:
    """Return the time, in UTC, as RFC 3339 has it."""
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{moment}.{nanoseconds // 1000:06}Z"
