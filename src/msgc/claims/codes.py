"""The codes of findings about output folders."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

OUTSIDE_PROJECT = ROOM.code("MSG801", "output-outside-project", "error")
UNWRITABLE = ROOM.code("MSG803", "unwritable-output", "error")
COLLIDING_OUTPUT = ROOM.code("MSG804", "colliding-output", "error")
UNIMPORTABLE_OUTPUT = ROOM.code("MSG620", "unimportable-output", "error")
LEFT_OVER = ROOM.code("MSG687", "left-over-output", "warning")

CODES = (OUTSIDE_PROJECT, UNWRITABLE, COLLIDING_OUTPUT, UNIMPORTABLE_OUTPUT, LEFT_OVER)
