"""Patterns as a library: compiled from parsed JSON, and refused as AWS refuses them."""

from __future__ import annotations

import json
from typing import Any, Literal

from msgc.patterns.dialect import (
    LAMBDA_FILTER,
    PIPE_FILTER,
    RULER,
    SNS_ATTRIBUTES,
    SNS_BODY,
    Dialect,
    older,
)
from msgc.patterns.explanation import Explanation, decided, explain
from msgc.patterns.grammar.problem import Path
from msgc.patterns.grammar.structure import problems
from msgc.runtime.matching.matching import Pattern
from msgc.runtime.matching.policies import attribute_values

_DIALECTS = {"bus": RULER, "pipe": PIPE_FILTER, "lambda": LAMBDA_FILTER}


class PatternError(ValueError):
    """AWS rejects a pattern: `path` is where in it, `reason` is why, in AWS's words if known."""

    def __init__(self, path: Path, reason: str) -> None:
        """Say where and why."""
        super().__init__(f"{_dotted(path)}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


class EventPattern:
    """An event pattern: of an EventBridge rule, or a filter of a pipe or of Lambda.

    It matches as AWS's event-ruler does; no field of an event is required to be there.
    """

    __slots__ = ("_compiled",)

    def __init__(
        self, pattern: dict[str, Any], dialect: Literal["bus", "pipe", "lambda"] = "bus"
    ) -> None:
        """Compile a pattern, parsed JSON; raises `PatternError`."""
        if dialect not in _DIALECTS:
            message = f"dialect is 'bus', 'pipe' or 'lambda', not {dialect!r}"
            raise ValueError(message)
        self._compiled = _compile_as_ruler(pattern, _DIALECTS[dialect])

    def matches(self, event: Any) -> bool:
        """Whether an event, parsed JSON, matches."""
        return self._compiled.matches(event)

    def explain(self, event: Any) -> Explanation:
        """Return which clause decides whether an event matches, and why."""
        return explain(self._compiled, event)


class FilterPolicy:
    """An SNS filter policy, about message attributes or about the body."""

    __slots__ = ("_compiled", "scope")

    def __init__(
        self, policy: dict[str, Any], scope: Literal["attributes", "body"] = "attributes"
    ) -> None:
        """Compile a policy, parsed JSON; raises `PatternError`. An empty one filters nothing."""
        if scope not in ("attributes", "body"):
            message = f"scope is 'attributes' or 'body', not {scope!r}"
            raise ValueError(message)
        self.scope = scope
        self._compiled: Pattern | None = None
        if policy == {}:
            return
        self._compiled = _compile(policy, SNS_BODY if scope == "body" else SNS_ATTRIBUTES)

    def matches(self, value: Any) -> bool:
        """Whether SNS delivers a message with this body, parsed, or with these attributes.

        Attributes are as boto3 takes them: `{name: {"DataType": ..., "StringValue": ...}}`, or as
        a notification of SNS has them (`Type`, `Value`) or a record of SQS (`dataType`, ...).
        """
        return self._compiled is None or self._compiled.matches(self._seen(self._compiled, value))

    def explain(self, value: Any) -> Explanation:
        """Return which clause decides whether a message is delivered, and why."""
        if self._compiled is None:
            return decided(matched=True, reason="an empty policy filters nothing")
        return explain(self._compiled, self._seen(self._compiled, value))

    def _seen(self, policy: Pattern, value: Any) -> Any:
        if self.scope == "body" or not isinstance(value, dict):
            return value
        return attribute_values(value, policy.names)


def _compile(pattern: Any, dialect: Dialect) -> Pattern:
    error = _error(pattern, dialect)
    if error is not None:
        raise error
    return Pattern(pattern)


def _compile_as_ruler(pattern: Any, dialect: Dialect) -> Pattern:
    """Compile a pattern; one that is refused may be older than `$or`, and is tried as such."""
    error = _error(pattern, dialect)
    if error is None:
        return Pattern(pattern)
    if _error(pattern, older(dialect)) is None:
        return Pattern(pattern, or_is_a_field=True)
    raise error


def _error(pattern: Any, dialect: Dialect) -> PatternError | None:
    limit, too_long = dialect.characters, "Event pattern is longer than {} characters"
    if dialect.octets is not None:
        limit, too_long = dialect.octets, "Filter policy is larger than {} bytes"
    if _exceeds(pattern, limit):  # a part has a character or more
        return PatternError((), too_long.format(limit))
    for problem in problems(pattern, dialect):
        if problem.code.severity == "error":
            return PatternError(problem.path, problem.reason or problem.message)
    text = _as_json(pattern)
    length = len(text if dialect.octets is None else text.encode(errors="surrogatepass"))
    return PatternError((), too_long.format(limit)) if length > limit else None


def _exceeds(value: Any, limit: int) -> bool:
    """Whether a value has more parts than a limit, which is told without a look at more.

    In Python one object can stand in many places, even in itself.
    """
    count = 1
    todo = [value]
    while todo and count <= limit:
        part = todo.pop()
        if isinstance(part, dict | list):
            count += len(part)
            todo += part.values() if isinstance(part, dict) else part
    return count > limit


def _as_json(pattern: dict[str, Any]) -> str:
    try:
        return json.dumps(pattern, separators=(",", ":"), ensure_ascii=False)
    except ValueError as error:  # Python prints no integer of more than 4300 digits
        raise PatternError((), "a number has too many digits") from error


def _dotted(path: Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
