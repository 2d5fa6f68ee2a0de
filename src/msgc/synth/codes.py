"""The codes of findings on the way from a generated stack to a cloud assembly."""

from __future__ import annotations

from msgc.diagnostics import Room

ROOM = Room(__file__)

CDK_MISSING = ROOM.code("MSG850", "cdk-missing", "error")
NODE_MISSING = ROOM.code("MSG851", "node-missing", "error")
STACK_MISSING = ROOM.code("MSG852", "stack-not-built", "error")
STACK_OUT_OF_DATE = ROOM.code("MSG853", "stack-out-of-date", "warning")
STACK_FAILED = ROOM.code("MSG854", "stack-failed", "error")
SYNTH_TIMEOUT = ROOM.code("MSG855", "synth-timeout", "error")
TEMPLATE_INVALID = ROOM.code("MSG856", "template-invalid", "error")
TEMPLATE_WARNING = ROOM.code("MSG857", "template-warning", "warning")
PLACEHOLDERS = ROOM.code("MSG858", "placeholders", "info")

CODES = (
    CDK_MISSING,
    NODE_MISSING,
    STACK_MISSING,
    STACK_OUT_OF_DATE,
    STACK_FAILED,
    SYNTH_TIMEOUT,
    TEMPLATE_INVALID,
    TEMPLATE_WARNING,
    PLACEHOLDERS,
)
