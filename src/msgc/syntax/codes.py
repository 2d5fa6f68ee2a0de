"""What can be wrong with a file before anybody asks what it means."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

FILE_UNREADABLE = ROOM.code("MSG101", "file-unreadable", "error")
FILE_TOO_LARGE = ROOM.code("MSG102", "file-too-large", "error")
NOT_TEXT = ROOM.code("MSG103", "not-text", "error")
EMPTY_FILE = ROOM.code("MSG104", "empty-file", "error")
NOT_YAML = ROOM.code("MSG105", "not-yaml", "error")
TAB_INDENTATION = ROOM.code("MSG106", "tab-indentation", "error")
DUPLICATE_KEY = ROOM.code("MSG107", "duplicate-key", "error")
TOP_LEVEL_NOT_MAPPING = ROOM.code("MSG108", "top-level-not-mapping", "error")
BAD_TAG = ROOM.code("MSG109", "bad-tag", "error")
KEY_NOT_TEXT = ROOM.code("MSG110", "key-not-text", "error")
SEVERAL_DOCUMENTS = ROOM.code("MSG111", "several-documents", "error")
UNKNOWN_ALIAS = ROOM.code("MSG112", "unknown-alias", "error")
ALIAS_EXPLOSION = ROOM.code("MSG113", "alias-explosion", "error")
TOO_DEEP = ROOM.code("MSG114", "too-deep", "error")
UNQUOTED_COMMA = ROOM.code("MSG115", "unquoted-comma", "error")
BAD_MERGE_KEY = ROOM.code("MSG116", "bad-merge-key", "error")
NOT_JSON = ROOM.code("MSG117", "not-json", "error")
MALFORMED_IGNORE = ROOM.code("MSG118", "malformed-ignore", "warning")
NOT_REGULAR = ROOM.code("MSG119", "not-a-regular-file", "error")
LINK_OUT = ROOM.code("MSG120", "link-out-of-repository", "error")
TOO_MANY_VALUES = ROOM.code("MSG121", "too-many-values", "error")

CODES = (
    FILE_UNREADABLE, FILE_TOO_LARGE, NOT_TEXT, EMPTY_FILE, NOT_YAML, TAB_INDENTATION,
    DUPLICATE_KEY, TOP_LEVEL_NOT_MAPPING, BAD_TAG, KEY_NOT_TEXT, SEVERAL_DOCUMENTS,
    UNKNOWN_ALIAS, ALIAS_EXPLOSION, TOO_DEEP, UNQUOTED_COMMA, BAD_MERGE_KEY, NOT_JSON,
    MALFORMED_IGNORE, NOT_REGULAR, LINK_OUT, TOO_MANY_VALUES,
)  # fmt: skip
