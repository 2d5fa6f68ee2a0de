"""The codes of findings about patterns."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

EMPTY_PATTERN = ROOM.code("MSG380", "empty-pattern", "error")
VALUE_NOT_IN_LIST = ROOM.code("MSG381", "value-not-in-list", "error")
EMPTY_LIST = ROOM.code("MSG382", "empty-list-of-values", "error")
UNKNOWN_OPERATOR = ROOM.code("MSG383", "unknown-operator", "error")
ONE_OPERATOR = ROOM.code("MSG384", "several-operators", "error")
WRONG_OPERAND = ROOM.code("MSG385", "wrong-operand", "error")
BAD_NUMERIC = ROOM.code("MSG386", "bad-numeric-range", "error")
BAD_WILDCARD = ROOM.code("MSG387", "bad-wildcard", "error")
BAD_NETWORK = ROOM.code("MSG388", "bad-network", "error")
BAD_OR = ROOM.code("MSG389", "bad-or", "error")
NOT_A_VALUE = ROOM.code("MSG390", "not-a-value", "error")
RECENT_OPERATOR = ROOM.code("MSG391", "recent-operator", "warning")
OPERATOR_NOT_HERE = ROOM.code("MSG392", "operator-not-here", "error")
NESTED_ATTRIBUTE = ROOM.code("MSG393", "nested-attribute", "error")
EVENT_FIELD_IS_TEXT = ROOM.code("MSG394", "event-field-is-text", "error")
TOO_MANY_COMBINATIONS = ROOM.code("MSG395", "too-many-combinations", "error")
TOO_MANY_KEYS = ROOM.code("MSG396", "too-many-keys", "error")
MANY_FIELDS = ROOM.code("MSG397", "many-fields", "warning")
REPLACED_FIELD = ROOM.code("MSG398", "replaced-field", "warning")
UNKNOWN_EVENT_FIELD = ROOM.code("MSG399", "unknown-event-field", "error")

CODES = (
    EMPTY_PATTERN,
    VALUE_NOT_IN_LIST,
    EMPTY_LIST,
    UNKNOWN_OPERATOR,
    ONE_OPERATOR,
    WRONG_OPERAND,
    BAD_NUMERIC,
    BAD_WILDCARD,
    BAD_NETWORK,
    BAD_OR,
    NOT_A_VALUE,
    RECENT_OPERATOR,
    OPERATOR_NOT_HERE,
    NESTED_ATTRIBUTE,
    EVENT_FIELD_IS_TEXT,
    TOO_MANY_COMBINATIONS,
    TOO_MANY_KEYS,
    MANY_FIELDS,
    REPLACED_FIELD,
    UNKNOWN_EVENT_FIELD,
)
