"""The codes of findings about filters."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

NO_TYPE_TO_FILTER_ON = ROOM.code("MSG401", "no-type-to-filter-on", "error")
NOT_ON_ATTRIBUTES = ROOM.code("MSG402", "not-on-attributes", "error")
MIXED_SUBSCRIPTIONS = ROOM.code("MSG403", "mixed-subscriptions", "error")
UNKNOWN_FILTER_FIELD = ROOM.code("MSG405", "unknown-filter-field", "error")
IMPOSSIBLE_VALUE = ROOM.code("MSG408", "impossible-filter-value", "error")
INSIDE_VALUE = ROOM.code("MSG409", "filter-inside-value", "error")
NEVER_MATCHES = ROOM.code("MSG410", "filter-never-matches", "error")
MESSAGE_NEVER_PASSES = ROOM.code("MSG411", "message-never-passes", "warning")
DEAD_BRANCH = ROOM.code("MSG412", "branch-never-matches", "warning")
ALWAYS_MATCHES = ROOM.code("MSG413", "clause-always-matches", "warning")
MATCHES_EVERYTHING = ROOM.code("MSG414", "filter-matches-everything", "warning")
OVERLAPPING = ROOM.code("MSG415", "overlapping-subscriptions", "warning")
WITHOUT_EFFECT = ROOM.code("MSG416", "subscription-without-effect", "warning")
BOUND_AT_LIMIT = ROOM.code("MSG360", "bound-at-limit", "error")
ROUNDED_BOUND = ROOM.code("MSG361", "rounded-bound", "warning")

CODES = (
    NO_TYPE_TO_FILTER_ON,
    NOT_ON_ATTRIBUTES,
    MIXED_SUBSCRIPTIONS,
    UNKNOWN_FILTER_FIELD,
    IMPOSSIBLE_VALUE,
    INSIDE_VALUE,
    NEVER_MATCHES,
    MESSAGE_NEVER_PASSES,
    DEAD_BRANCH,
    ALWAYS_MATCHES,
    MATCHES_EVERYTHING,
    OVERLAPPING,
    WITHOUT_EFFECT,
    BOUND_AT_LIMIT,
    ROUNDED_BOUND,
)
