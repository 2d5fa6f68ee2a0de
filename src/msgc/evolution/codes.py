"""The codes of findings about what an edit would take from a stack that is deployed."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNREADABLE = ROOM.code("MSG520", "unreadable-inventory", "error")
CONFLICT = ROOM.code("MSG521", "inventory-in-conflict", "error")
MISSING = ROOM.code("MSG522", "missing-inventory", "error")
UNKNOWN_KEY = ROOM.code("MSG523", "unknown-inventory-key", "error")
LOCKED = ROOM.code("MSG524", "locked-inventory", "error")
SERVICE_RENAMED = ROOM.code("MSG525", "service-renamed", "error")
LOSES_DATA = ROOM.code("MSG526", "edit-loses-data", "error")
UNPROTECTED = ROOM.code("MSG527", "edit-loses-unprotected-data", "warning")
NAME_TAKEN = ROOM.code("MSG528", "name-still-taken", "error")
REPLACES = ROOM.code("MSG529", "edit-removes-resource", "warning")
RETAINED = ROOM.code("MSG530", "retained-name-returns", "error")
ENVIRONMENT_GONE = ROOM.code("MSG532", "environment-gone", "error")
FIRST_ENVIRONMENTS = ROOM.code("MSG533", "first-environments", "error")
CHANGE_PLACES = ROOM.code("MSG560", "readers-change-places", "error")
GRANT_WITHDRAWN = ROOM.code("MSG562", "grant-withdrawn", "warning")
STOPS_DELIVERY = ROOM.code("MSG531", "edit-stops-delivery", "warning")
MOVES = ROOM.code("MSG540", "moves-between-stacks", "error")
NOT_SENT_YET = ROOM.code("MSG685", "attribute-not-sent-yet", "warning")
SCOPE_CHANGES = ROOM.code("MSG686", "filter-scope-changes", "info")

CODES = (
    UNREADABLE, CONFLICT, MISSING, UNKNOWN_KEY, LOCKED, SERVICE_RENAMED, LOSES_DATA, UNPROTECTED,
    NAME_TAKEN, REPLACES, RETAINED, STOPS_DELIVERY, ENVIRONMENT_GONE, NOT_SENT_YET, SCOPE_CHANGES,
    FIRST_ENVIRONMENTS, CHANGE_PLACES, MOVES, GRANT_WITHDRAWN,
)  # fmt: skip
