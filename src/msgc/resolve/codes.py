"""The codes of findings about names and what they refer to."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

UNKNOWN_NAME = ROOM.code("MSG301", "unknown-name", "error")
DUPLICATE_NAME = ROOM.code("MSG302", "duplicate-name", "error")
MESSAGE_NOT_HERE = ROOM.code("MSG303", "message-not-here", "error")
UNKNOWN_FIELD = ROOM.code("MSG304", "unknown-field", "error")
UNUSABLE_FIELD = ROOM.code("MSG305", "unusable-field", "error")
INVALID_EXAMPLE = ROOM.code("MSG306", "invalid-example", "error")
IMPOSSIBLE_EDGE = ROOM.code("MSG307", "impossible-edge", "error")
OPTION_NOT_HERE = ROOM.code("MSG308", "option-not-here", "error")
AMBIGUOUS_END = ROOM.code("MSG309", "ambiguous-end", "error")
FILTER_AND_PATTERN = ROOM.code("MSG310", "filter-and-pattern", "error")
DEAD_LETTER_CYCLE = ROOM.code("MSG311", "dead-letter-cycle", "error")
UNKNOWN_EXAMPLE = ROOM.code("MSG312", "unknown-example", "error")
TEST_OF_NOTHING = ROOM.code("MSG313", "test-of-nothing", "error")
TOO_MANY_TARGETS = ROOM.code("MSG314", "too-many-targets", "error")
REPEATED_TARGET = ROOM.code("MSG315", "repeated-target", "error")
SECRET_IN_FILE = ROOM.code("MSG316", "secret-in-file", "error")
HTTP_PARAMETER = ROOM.code("MSG317", "bad-http-parameter", "error")
MIXED_RATES = ROOM.code("MSG318", "mixed-rates", "error")
BAD_PLACEHOLDER = ROOM.code("MSG328", "bad-placeholder", "error")
UNTYPED_SEND = ROOM.code("MSG329", "untyped-send", "error")
BAD_SCHEDULE = ROOM.code("MSG332", "bad-schedule", "error")
NEVER_FIRES = ROOM.code("MSG333", "never-fires", "error")
SEND_REQUIRED = ROOM.code("MSG373", "send-required", "error")
PLACEHOLDER = ROOM.code("MSG320", "placeholder", "error")
SCHEDULE_OVER = ROOM.code("MSG339", "schedule-over", "warning")
ANSWERS_NOTHING = ROOM.code("MSG336", "answers-nothing", "error")
ANSWERS_NOBODY = ROOM.code("MSG337", "answers-nobody", "error")
DEFAULT_BUS = ROOM.code("MSG321", "default-bus-renamed", "error")
UNKNOWN_INPUT = ROOM.code("MSG322", "unknown-input", "error")
RESERVED_INPUT = ROOM.code("MSG323", "reserved-input", "error")
ONE_PLACE_TWICE = ROOM.code("MSG324", "one-place-twice", "error")
ARGUMENT_TAKEN = ROOM.code("MSG325", "argument-taken", "error")
SERVICE_CANT_PUBLISH = ROOM.code("MSG362", "service-cant-publish", "error")
PLACED_TWICE = ROOM.code("MSG534", "placed-twice", "error")
NOT_PLACED = ROOM.code("MSG535", "not-placed", "error")
STACK_NAME_TAKEN = ROOM.code("MSG536", "stack-name-taken", "error")
POLICY_ELSEWHERE = ROOM.code("MSG363", "policy-elsewhere", "error")
ATTRIBUTE_CLASH = ROOM.code("MSG364", "attribute-clash", "error")
READ_TWICE = ROOM.code("MSG366", "read-twice", "error")
WAS_STILL_EXISTS = ROOM.code("MSG550", "was-still-exists", "error")
TWO_HEIRS = ROOM.code("MSG551", "two-heirs", "error")
WAS_ITSELF = ROOM.code("MSG552", "was-itself", "error")
NO_FORMER_NAME = ROOM.code("MSG553", "no-former-name", "error")
TWO_REPLACEMENTS = ROOM.code("MSG554", "two-replacements", "error")
REPLACEMENT_CHAIN = ROOM.code("MSG555", "replacement-chain", "error")
REPLACED_STILL_USED = ROOM.code("MSG556", "replaced-still-used", "error")
CANT_REPLACE = ROOM.code("MSG557", "cant-replace", "error")
NOT_ON_BOTH = ROOM.code("MSG558", "not-on-both", "error")

NOT_IN_ENVIRONMENT = ROOM.code("MSG326", "not-in-environment", "error")
ENVIRONMENT_CHANGES = ROOM.code("MSG327", "environment-changes", "error")
ENVIRONMENTS_CLASH = ROOM.code("MSG357", "environments-clash", "error")
BUCKET_NAME_TOO_LONG = ROOM.code("MSG725", "bucket-name-too-long", "error")
ENVELOPE_OF_AWS = ROOM.code("MSG720", "envelope-of-aws", "error")
NO_EVENT_ID = ROOM.code("MSG722", "no-event-id", "error")
SOURCE_NO_URI = ROOM.code("MSG721", "source-no-uri", "error")
SCHEMA_FOLDER = ROOM.code("MSG740", "no-schemas-in-folder", "warning")
KEYWORD_AS_ANNOTATION = ROOM.code("MSG744", "keyword-as-annotation", "error")

CODES = (
    UNKNOWN_NAME,
    DUPLICATE_NAME,
    MESSAGE_NOT_HERE,
    UNKNOWN_FIELD,
    UNUSABLE_FIELD,
    INVALID_EXAMPLE,
    IMPOSSIBLE_EDGE,
    OPTION_NOT_HERE,
    AMBIGUOUS_END,
    FILTER_AND_PATTERN,
    DEAD_LETTER_CYCLE,
    UNKNOWN_EXAMPLE,
    TEST_OF_NOTHING,
    TOO_MANY_TARGETS,
    REPEATED_TARGET,
    SECRET_IN_FILE,
    HTTP_PARAMETER,
    MIXED_RATES,
    PLACEHOLDER,
    BAD_PLACEHOLDER,
    UNTYPED_SEND,
    BAD_SCHEDULE,
    NEVER_FIRES,
    SEND_REQUIRED,
    DEFAULT_BUS,
    UNKNOWN_INPUT,
    RESERVED_INPUT,
    ONE_PLACE_TWICE,
    ARGUMENT_TAKEN,
    SERVICE_CANT_PUBLISH,
    POLICY_ELSEWHERE,
    PLACED_TWICE,
    NOT_PLACED,
    STACK_NAME_TAKEN,
    ATTRIBUTE_CLASH,
    ANSWERS_NOTHING,
    ANSWERS_NOBODY,
    SCHEDULE_OVER,
    READ_TWICE,
    WAS_STILL_EXISTS,
    TWO_HEIRS,
    WAS_ITSELF,
    NO_FORMER_NAME,
    TWO_REPLACEMENTS,
    REPLACEMENT_CHAIN,
    REPLACED_STILL_USED,
    CANT_REPLACE,
    NOT_ON_BOTH,
    NOT_IN_ENVIRONMENT,
    ENVIRONMENT_CHANGES,
    ENVIRONMENTS_CLASH,
    BUCKET_NAME_TOO_LONG,
    ENVELOPE_OF_AWS,
    SOURCE_NO_URI,
    NO_EVENT_ID,
    SCHEMA_FOLDER,
    KEYWORD_AS_ANNOTATION,
)
