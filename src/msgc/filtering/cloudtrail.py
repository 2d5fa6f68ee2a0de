"""Find rules that ask for CloudTrail's read-only events, which only a special rule state gets.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

API_CALL = "AWS API Call via CloudTrail"
"""The detail-type of management events."""
EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
"""The state of a rule that gets read-only events too; `ENABLED` leaves them out."""

_VERBS = ("Describe", "Get", "List")
"""What the names of nearly all read-only calls begin with."""


def asks_for_reads(pattern: dict[str, Any]) -> bool:
    """Whether a rule's pattern names read-only calls: by `readOnly`, or by their names.

    A pattern that leaves the calls open doesn't: what would come is much more than what changes
    something, the calls of the very function behind the rule among it.
    """
    return any(
        _names_reads(conditions, field)
        for branch in _api_call_branches(pattern)
        for field, conditions in _fields(branch.get("detail", {}))
    )


def leaves_calls_open(pattern: dict[str, Any]) -> bool:
    """Whether a pattern takes API calls without saying which: all, or all but some."""
    return any(
        all(_is_open(condition) for _, conditions in fields for condition in conditions)
        for branch in _api_call_branches(pattern)
        for fields in [list(_fields(branch.get("detail", {})))]
    )


def _is_open(condition: Any) -> bool:
    return isinstance(condition, dict) and not {"anything-but", "exists"}.isdisjoint(condition)


def _api_call_branches(pattern: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the pattern, or those of its `$or`, that name API calls as their detail-type."""
    for branch in _branches(pattern):
        if API_CALL in branch.get("detail-type", ()):
            yield branch


def _branches(pattern: dict[str, Any]) -> Iterator[dict[str, Any]]:
    rest = {key: value for key, value in pattern.items() if key != "$or"}
    for one in pattern.get("$or", ({},)):
        if isinstance(one, dict):
            yield {**rest, **one}


def _fields(detail: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the conditions on the name of the call and on whether it only reads."""
    if not isinstance(detail, dict):
        return
    for branch in _branches(detail):
        for field in ("eventName", "readOnly"):
            if isinstance(branch.get(field), list):
                yield field, branch[field]


def _names_reads(conditions: list[Any], field: str) -> bool:
    if field == "readOnly":
        return any(condition in (True, "true") for condition in conditions)
    return any(_is_read(condition) for condition in conditions)


def _is_read(condition: Any) -> bool:
    match condition:
        case str() | {"equals-ignore-case": str()}:
            name = condition if isinstance(condition, str) else condition["equals-ignore-case"]
            return name.lower().startswith(tuple(verb.lower() for verb in _VERBS))
        case {"prefix": {"equals-ignore-case": str(start)}}:
            return _may_read(start.lower(), tuple(verb.lower() for verb in _VERBS))
        case {"prefix": str(start)}:
            return _may_read(start, _VERBS)
        case {"wildcard": str(text)}:
            return _may_read(text.partition("*")[0], _VERBS)
        case _:
            return False


def _may_read(start: str, verbs: tuple[str, ...]) -> bool:
    """Whether names with this start may be of calls that only read; a bare `*` names nothing."""
    return start != "" and any(start.startswith(v) or v.startswith(start) for v in verbs)
