"""The codes of findings about the shape of a messaging.yaml."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNKNOWN_KEY = ROOM.code("MSG201", "unknown-key", "error")
NOT_SUPPORTED_YET = ROOM.code("MSG202", "not-supported-yet", "error")
MISSING_KEY = ROOM.code("MSG203", "missing-key", "error")
WRONG_TYPE = ROOM.code("MSG204", "wrong-type", "error")
UNKNOWN_VALUE = ROOM.code("MSG205", "unknown-value", "error")
BAD_NAME = ROOM.code("MSG206", "bad-name", "error")
BAD_FORMAT = ROOM.code("MSG207", "bad-format", "error")
BAD_DURATION = ROOM.code("MSG208", "bad-duration", "error")
BAD_SIZE = ROOM.code("MSG209", "bad-size", "error")
OUT_OF_RANGE = ROOM.code("MSG210", "out-of-range", "error")
CONFLICTING_KEYS = ROOM.code("MSG211", "conflicting-keys", "error")
DUPLICATE_ITEM = ROOM.code("MSG212", "duplicate-item", "error")
NO_VALUE = ROOM.code("MSG213", "no-value", "error")

CODES = (
    UNKNOWN_KEY, NOT_SUPPORTED_YET, MISSING_KEY, WRONG_TYPE, UNKNOWN_VALUE, BAD_NAME, BAD_FORMAT,
    BAD_DURATION, BAD_SIZE, OUT_OF_RANGE, CONFLICTING_KEYS, DUPLICATE_ITEM, NO_VALUE,
)  # fmt: skip
