"""What a single call of `publish` may say beside the message: attributes, ids, a delay, a subject.

Imported by the first call that says any of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from math import ceil
from typing import Any

from ..correlation import NAME
from ..errors import RefusedError
from .texts import checked_token, checked_value
from .wire import Attributes

MOST_ATTRIBUTES = 10
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html;
SNS hands on no more than these to a queue that gets messages raw."""
_NAME = r"(?!(?i:aws|amazon)\.)(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)"
_OURS = frozenset({NAME, "traceparent", "tracestate", "baggage", "ExtendedPayloadSize"})
_LONGEST_DELAY = 900
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html"""


def check_names(method: str, given: Collection[str], known: Collection[str]) -> None:
    """Raise `TypeError` for an option that a publisher doesn't have, as Python itself would."""
    for name in given:
        if name not in known:
            text = f"{method}() got an unexpected keyword argument '{name}'"
            raise TypeError(text)


def parameters_of(options: Mapping[str, Any], *, fifo: bool) -> dict[str, Any]:
    """Return the parameters of AWS's call that options set; refuse what AWS would."""
    out: dict[str, Any] = {}
    for name, (parameter, checked) in _PARAMETERS.items():
        value = options.get(name)
        if value is not None:
            out[parameter] = checked(value)
    if fifo and "DelaySeconds" in out:
        text = "on a FIFO queue the delay is the queue's: no message has one of its own"
        raise RefusedError(text)
    if not fifo and "MessageDeduplicationId" in out:
        text = (
            "`deduplication_id` means nothing here: only FIFO queues and topics know it"
        )
        raise RefusedError(text)
    return out


def add_attributes(attributes: Attributes, options: Mapping[str, Any]) -> None:
    """Add the attributes that a call gives; refuse what AWS would, and those that are generated."""
    given: Mapping[str, Any] = options.get("attributes") or {}
    for name, value in given.items():
        if name in attributes or name in _OURS:
            text = f"`{name}` is an attribute that the publisher sends by itself"
            raise RefusedError(text)
        if not re.fullmatch(_NAME, name):
            text = f"`{name}` is no name of a message attribute"
            raise RefusedError(text)
        attributes[name] = _attribute(name, value)
    if len(attributes) > MOST_ATTRIBUTES:
        text = f"{len(attributes)} message attributes; a message has {MOST_ATTRIBUTES} at most"
        raise RefusedError(text)


def correlation_of(options: Mapping[str, Any]) -> str | None:
    """Return the correlation id that a call gives."""
    given: str | None = options.get(NAME)
    return None if given is None else checked_value(given, NAME)


def _attribute(name: str, value: object) -> dict[str, str]:
    """Return a value as SNS and SQS take it."""
    if isinstance(value, bool):
        return {"DataType": "String", "StringValue": "true" if value else "false"}
    if isinstance(value, str):
        return {"DataType": "String", "StringValue": checked_value(value, name)}
    text = str(value)
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", text, re.IGNORECASE):
        text = f"`{name}` is neither text nor a number nor true or false"
        raise RefusedError(text)
    return {"DataType": "Number", "StringValue": text}


def _seconds(delay: Any) -> int:
    """Return a delay, a number of seconds or a `timedelta`; a part of a second is a whole one."""
    seconds: Any = getattr(delay, "total_seconds", lambda: delay)()
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        text = f"`delay` is seconds or a timedelta, not {type(delay).__name__}"
        raise TypeError(text)
    if not 0 <= seconds <= _LONGEST_DELAY:
        text = f"`delay` is from 0 to {_LONGEST_DELAY} seconds, not {seconds}"
        raise RefusedError(text)
    return ceil(seconds)


def _subject(text: str) -> str:
    """https://docs.aws.amazon.com/sns/latest/api/API_Publish.html."""
    legal = text.isascii() and text.isprintable() and not text.startswith(" ")
    if not legal or not 1 <= len(text) < 100:
        message = "`subject` is 1 to 99 printable ASCII characters, the first no space"
        raise RefusedError(message)
    return text


_PARAMETERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "delay": ("DelaySeconds", _seconds),
    "group": ("MessageGroupId", lambda text: checked_token(text, "group")),
    "deduplication_id": (
        "MessageDeduplicationId", lambda text: checked_token(text, "deduplication_id"),
    ),
    "subject": ("Subject", _subject),
}  # fmt: skip
