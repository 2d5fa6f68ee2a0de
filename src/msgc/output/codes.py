"""The codes of findings about files that msgc writes."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

FOREIGN_FILE = ROOM.code("MSG802", "foreign-file", "error")
OUT_OF_DATE = ROOM.code("MSG805", "output-out-of-date", "error")
OTHER_SERVICE = ROOM.code("MSG612", "output-of-another-service", "error")
OTHER_PROJECT = ROOM.code("MSG613", "output-in-another-project", "error")
OVERLAPPING_OUTPUT = ROOM.code("MSG614", "overlapping-output", "error")
NEWER_OUTPUT = ROOM.code("MSG616", "newer-shared-output", "error")
BUSY = ROOM.code("MSG615", "build-in-progress", "error")

CODES = (
    FOREIGN_FILE, OUT_OF_DATE, OTHER_SERVICE, OTHER_PROJECT, OVERLAPPING_OUTPUT, BUSY,
    NEWER_OUTPUT,
)  # fmt: skip
