"""The codes of routing: tests that fail, and messages that no publisher would send."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

TEST_FAILED = ROOM.code("MSG490", "test-failed", "error")
UNPUBLISHABLE = ROOM.code("MSG491", "unpublishable", "error")
UNREADABLE_PAYLOAD = ROOM.code("MSG492", "unreadable-payload", "warning")
NOT_AN_EVENT = ROOM.code("MSG493", "not-an-event", "error")

CODES = (TEST_FAILED, UNPUBLISHABLE, UNREADABLE_PAYLOAD, NOT_AN_EVENT)
