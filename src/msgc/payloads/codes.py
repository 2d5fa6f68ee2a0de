"""The codes of findings about the schema of a payload."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNSUPPORTED_KEYWORD = ROOM.code("MSG340", "schema-keyword-not-supported", "error")
UNKNOWN_KEYWORD = ROOM.code("MSG341", "unknown-schema-keyword", "info")
BAD_KEYWORD_VALUE = ROOM.code("MSG342", "bad-schema-keyword-value", "error")
REF_FILE_NOT_FOUND = ROOM.code("MSG343", "schema-file-not-found", "error")
REF_TARGET_NOT_FOUND = ROOM.code("MSG344", "schema-ref-target-not-found", "error")
REF_NOT_A_FILE = ROOM.code("MSG345", "schema-ref-not-a-file", "error")
REF_LOOP = ROOM.code("MSG346", "schema-ref-loop", "error")
NOT_AN_OBJECT = ROOM.code("MSG347", "message-not-an-object", "error")
BAD_PATTERN = ROOM.code("MSG348", "pattern-not-for-python", "error")
AMBIGUOUS_UNION = ROOM.code("MSG349", "union-without-tag", "info")
CONTRADICTION = ROOM.code("MSG350", "schema-contradiction", "error")
UNDECLARED_REQUIRED = ROOM.code("MSG351", "required-property-not-declared", "warning")
BAD_DEFAULT = ROOM.code("MSG352", "default-against-its-schema", "warning")
UNKNOWN_FORMAT = ROOM.code("MSG353", "unknown-format", "warning")
NO_TYPE = ROOM.code("MSG354", "schema-without-type", "warning")
TOO_DEEP = ROOM.code("MSG355", "schema-too-deep", "error")
RUNAWAY_PATTERN = ROOM.code("MSG356", "runaway-pattern", "error")
LARGE_PATTERN = ROOM.code("MSG370", "pattern-too-large", "error")
MISSPELT_KEYWORD = ROOM.code("MSG367", "misspelt-schema-keyword", "warning")
UNKNOWN_DIALECT = ROOM.code("MSG368", "unknown-schema-dialect", "warning")
ID_TWICE = ROOM.code("MSG369", "schema-id-twice", "error")
FOR_JSONSCHEMA = ROOM.code("MSG741", "schema-for-jsonschema", "info")
NOTHING_FITS = ROOM.code("MSG358", "schema-that-nothing-fits", "warning")
IDLE_KEYWORD = ROOM.code("MSG359", "keyword-without-effect", "warning")
REF_OUTSIDE = ROOM.code("MSG375", "schema-file-outside-repository", "error")
REF_NOT_REGULAR = ROOM.code("MSG376", "schema-file-not-regular", "error")
TOO_MANY_PARTS = ROOM.code("MSG377", "schema-of-too-many-parts", "error")
TOO_MANY_SCHEMAS = ROOM.code("MSG378", "too-many-schemas", "error")
NO_SUCH_FIELD = ROOM.code("MSG730", "field-for-python-not-found", "error")

CODES = (
    UNSUPPORTED_KEYWORD, UNKNOWN_KEYWORD, BAD_KEYWORD_VALUE, REF_FILE_NOT_FOUND,
    REF_TARGET_NOT_FOUND, REF_NOT_A_FILE, REF_LOOP, NOT_AN_OBJECT, BAD_PATTERN, AMBIGUOUS_UNION,
    CONTRADICTION, UNDECLARED_REQUIRED, BAD_DEFAULT, UNKNOWN_FORMAT, NO_TYPE, TOO_DEEP,
    RUNAWAY_PATTERN, LARGE_PATTERN, MISSPELT_KEYWORD, UNKNOWN_DIALECT, ID_TWICE, FOR_JSONSCHEMA,
    NOTHING_FITS, IDLE_KEYWORD, REF_OUTSIDE, REF_NOT_REGULAR,
    TOO_MANY_PARTS, TOO_MANY_SCHEMAS, NO_SUCH_FIELD,
)  # fmt: skip
