"""The codes of findings about attributes, filters of mappings, and types that look the same."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

TOO_MANY_ATTRIBUTES = ROOM.code("MSG404", "too-many-attributes", "error")
INDISTINGUISHABLE = ROOM.code("MSG406", "indistinguishable-messages", "error")
MIXED_DISCRIMINATORS = ROOM.code("MSG365", "mixed-discriminators", "error")
POLL_FILTER_IN_ENVELOPE = ROOM.code("MSG407", "poll-filter-in-envelope", "error")
NOT_IN_RECORD = ROOM.code("MSG335", "not-in-record", "error")
NO_GROUP_FOR_PIPE = ROOM.code("MSG338", "no-group-for-pipe", "error")
UNREADABLE_FOR_PIPE = ROOM.code("MSG334", "unreadable-for-pipe", "error")
NOT_IN_EVENT = ROOM.code("MSG319", "not-in-event", "error")


CODES = (
    TOO_MANY_ATTRIBUTES,
    INDISTINGUISHABLE,
    MIXED_DISCRIMINATORS,
    POLL_FILTER_IN_ENVELOPE,
    UNREADABLE_FOR_PIPE,
    NOT_IN_RECORD,
    NO_GROUP_FOR_PIPE,
    NOT_IN_EVENT,
)
