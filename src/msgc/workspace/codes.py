"""The codes of findings about other files: those imported from, and those of the workspace."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNKNOWN_IMPORT = ROOM.code("MSG379", "unknown-import", "error")
IMPORT_OUTSIDE = ROOM.code("MSG810", "import-outside-repository", "error")
IMPORT_CYCLE = ROOM.code("MSG811", "import-cycle", "error")
BROKEN_IMPORT = ROOM.code("MSG812", "broken-import", "error")
SAME_SERVICE = ROOM.code("MSG813", "same-service", "error")
UNUSABLE_PART = ROOM.code("MSG814", "unusable-part", "error")
OTHER_VERSION = ROOM.code("MSG815", "other-version", "error")
OTHER_ENVIRONMENTS = ROOM.code("MSG820", "other-environments", "error")
FOREIGN_ADDRESS = ROOM.code("MSG816", "foreign-address", "error")
BARE_PUBLISHER = ROOM.code("MSG817", "bare-publisher", "error")
NAME_TAKEN = ROOM.code("MSG818", "name-taken", "error")
CIRCULAR_DEPLOYMENT = ROOM.code("MSG819", "circular-deployment", "warning")
TWO_FILES = ROOM.code("MSG677", "two-messaging-files", "error")

CODES = (
    UNKNOWN_IMPORT, IMPORT_OUTSIDE, IMPORT_CYCLE, BROKEN_IMPORT, SAME_SERVICE, UNUSABLE_PART,
    OTHER_VERSION, FOREIGN_ADDRESS, OTHER_ENVIRONMENTS,
    BARE_PUBLISHER, NAME_TAKEN, CIRCULAR_DEPLOYMENT, TWO_FILES,
)  # fmt: skip

OF_SEVERAL = (NAME_TAKEN, CIRCULAR_DEPLOYMENT)
"""Those that are found in several services together, and that a comment may ignore."""
