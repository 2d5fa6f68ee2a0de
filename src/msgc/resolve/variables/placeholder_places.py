"""Where a file may have placeholders such as `${region}`, and where `${` is no more than text.

Both are tables of the language's words by their place, as `messaging.schema.json` has them: a queue
that is called `endpoint`, or a header `secret`, is no word.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from msgc.kinds import KINDS

Path = tuple[str, ...]
ANY: Final = "*"
"""A name that users give."""
ITEM: Final = "[]"
"""The step of a path into a list."""
KEY: Final = "{}"
"""The last step to a key."""
ITSELF: Final = ""
"""The value, where it may be a text or a mapping."""

_Deep = Literal["here", "below"]
_HERE: Final[_Deep] = "here"
_BELOW: Final[_Deep] = "below"
"""Every text in a mapping or list."""

_ARN = {"arn": _HERE}
_FOUND = {**_ARN, "parameter": _HERE, "name": _HERE}
_ROLE = {"role": _ARN}
_TEXT_OR_BELOW = {ITSELF: _HERE, ANY: _BELOW, ITEM: _BELOW}
_SECRET = {"secret": {ITSELF: _HERE, "name": _HERE}}
_CONNECTION = {
    **_ARN,
    ITSELF: _HERE,
    "api_key": _SECRET,
    "basic": _SECRET,
    "oauth": {"endpoint": _HERE, "client_id": _HERE, "body": {ANY: _HERE}, **_SECRET},
}
_PLACES = dict.fromkeys(("queue", "topic", "bus"), _FOUND)
_ADDRESS = {ITSELF: _HERE, **_FOUND}
_TARGETS: dict[str, Any] = {
    **{kind.word: _ADDRESS for kind in KINDS.values() if not kind.section},
    **_PLACES,
    "api_destination": {**_ARN, "parameter": _HERE, "url": _HERE, "connection": _CONNECTION},
}
_QUEUE = {"queue": _FOUND}
_DEAD_LETTER = {"dead_letter": _QUEUE}
_KEY = {"encryption": {"key": _ARN}}
_LOG = {**_KEY, "log": {"log_group": _ADDRESS}}
_ALARMS = {"alarms": {"notify": {"topic": _FOUND}}}
_EDGE = {
    **_LOG,
    **_ALARMS,
    **_DEAD_LETTER,
    "from": {**_PLACES, "stream": _ARN},
    "to": {**_TARGETS, ITEM: _TARGETS},
    "send": {"body": _TEXT_OR_BELOW},
    "filter": {ANY: _BELOW},
    "pattern": {ANY: _BELOW},
}
_OTHERS = {ITEM: {ITSELF: _HERE, "org": _HERE, **_ARN}}
_PLACE = {
    **_KEY,
    **_ALARMS,
    "name": _HERE,
    "import": _FOUND,
    "allow": {"publish": _OTHERS, "subscribe": _OTHERS},
}
_FUNCTION = {
    **_ARN,
    **_ROLE,
    "layers": {ITEM: _HERE},
    "environment": {ANY: _HERE},
    "on_failure": _QUEUE,
}
_USES = {"publishes": {ITEM: _PLACES}, "reads": {ITEM: _QUEUE}}
_ENTRIES: dict[str, dict[str, Any]] = {
    "queues": {**_PLACE, **_DEAD_LETTER},
    "topics": _PLACE,
    "buses": {**_PLACE, **_LOG, **_DEAD_LETTER},
    "subscriptions": _EDGE,
    "consumers": {
        **_EDGE,
        **_USES,
        "function": _FUNCTION,
        "worker": _ROLE,
        "buffered": {**_KEY, **_ALARMS, **_DEAD_LETTER},
    },
    "producers": {**_USES, **_ARN, **_ROLE, "account": _HERE},
}
PLACES: dict[str, Any] = {
    **{section: {ANY: entry} for section, entry in _ENTRIES.items()},
    "defaults": _ENTRIES,
    "tests": {ITEM: {"publish": _PLACES}},
    **_ALARMS,
    "dashboard": {"name": _HERE},
    "large_messages": {**_KEY, "name": _HERE, "bucket": {"name": _HERE}},
}
"""Where placeholders may stand."""

_ABOUT = {"description": _HERE}
_MESSAGE = {
    **_ABOUT,
    "deprecated": _HERE,
    "schema": {ANY: _BELOW},
    "examples": {ITEM: _BELOW},
    "attributes": {ANY: _ABOUT},
}
_USER = {**_ABOUT, "publishes": {ITEM: _ABOUT}, "buffered": _ABOUT}
TEXTS: dict[str, Any] = {
    **_ABOUT,
    "messages": {ANY: _MESSAGE},
    **{section: {ANY: _ABOUT} for section in ("queues", "topics", "buses")},
    "subscriptions": {ANY: {**_ABOUT, "was": _HERE}},
    **{section: {ANY: _USER} for section in ("consumers", "producers")},
    "defaults": {"consumers": {"buffered": _ABOUT}},
    "stacks": {ANY: _ABOUT},
    "tests": {ITEM: {"name": _HERE, "publish": {"payload": {ANY: _BELOW}}}},
}
"""What is for people, or a payload or its schema: `${` is what it is."""


def stands_in(path: Path, places: dict[str, Any]) -> bool:
    """Whether a table has the place of a text."""
    here: Any = places
    for step in path:
        if here == _BELOW:
            return True
        if not isinstance(here, dict):
            return False
        here = here.get(step, None if step == ITEM else here.get(ANY))
    return here in (_HERE, _BELOW) or (isinstance(here, dict) and ITSELF in here)


def is_own_name(path: Path) -> bool:
    """Whether a text is what something of the stack's own is called in AWS."""
    is_place = path[2:] == ("name",) and path[0] in ("queues", "topics", "buses")
    return is_place or path in {("dashboard", "name"), ("large_messages", "name")}
