"""Where the emulator reads IAM differently from AWS: what a template's statements become for it.

Each row gives a publisher what AWS would give it and nothing more to do with other places; that
the generated template itself is right, is for the tests of templates.
"""

from __future__ import annotations

from typing import Any

# AWS authorises a batch as the single call; the emulator by the call's own name,
# which is no action in AWS.
_BATCH = {
    "sns:Publish": "sns:PublishBatch",
    "sqs:DeleteMessage": "sqs:DeleteMessageBatch",
    "sqs:SendMessage": "sqs:SendMessageBatch",
}

# The emulator doesn't know these keys of PutEvents and Subscribe: it takes one for no match.
_UNKNOWN_KEYS = {"events:source", "events:detail-type", "sns:Endpoint"}


def adapted(value: Any) -> Any:
    """The value with every policy statement in it as the emulator needs it."""
    if isinstance(value, list):
        return [adapted(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "Effect" in value and "Action" in value:
        return _statement(value)
    return {key: adapted(item) for key, item in value.items()}


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    if statement["Effect"] != "Allow":
        return statement
    written = statement["Action"]
    actions = [written] if isinstance(written, str) else written
    changed = statement | {"Action": [*actions, *(_BATCH[a] for a in actions if a in _BATCH)]}
    conditions = {
        operator: known
        for operator, keys in statement.get("Condition", {}).items()
        if (known := {k: v for k, v in keys.items() if k not in _UNKNOWN_KEYS})
    }
    changed.pop("Condition", None)
    return changed | ({"Condition": conditions} if conditions else {})
