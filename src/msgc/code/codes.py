"""The codes of findings about the code that messaging.yaml names."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

MISSING_CODE_FOLDER = ROOM.code("MSG621", "missing-code-folder", "error")
MISSING_HANDLER = ROOM.code("MSG622", "missing-handler", "error")
UNREADABLE_HANDLER = ROOM.code("MSG623", "unreadable-handler", "error")
MISSING_PACKAGE = ROOM.code("MSG742", "missing-package", "warning")
IDLE_PACKAGES = ROOM.code("MSG743", "packages-without-effect", "error")

CODES = (MISSING_CODE_FOLDER, MISSING_HANDLER, UNREADABLE_HANDLER, MISSING_PACKAGE, IDLE_PACKAGES)
