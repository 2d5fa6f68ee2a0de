"""The codes of findings about what edges send in place of the original."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNKNOWN_PATH = ROOM.code("MSG330", "unknown-path", "error")
SEND_MISMATCH = ROOM.code("MSG331", "send-mismatch", "error")
UNESCAPED = ROOM.code("MSG371", "unescaped-placeholder", "warning")
SEND_TOO_LARGE = ROOM.code("MSG372", "send-too-large", "error")
MAY_NOT_FIT = ROOM.code("MSG374", "send-may-not-fit", "warning")

CODES = (
    UNKNOWN_PATH,
    SEND_MISMATCH,
    UNESCAPED,
    SEND_TOO_LARGE,
    MAY_NOT_FIT,
)
