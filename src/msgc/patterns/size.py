"""How big a pattern is: its alternatives, its keys, and its combinations as SNS counts them.

These are for patterns whose grammar has been checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def alternatives(pattern: dict[str, Any]) -> int:
    """Return into how many alternatives the `$or`s of a pattern unfold."""
    count = 1
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            count *= sum(alternatives(branch) for branch in value)
        elif isinstance(value, dict):
            count *= alternatives(value)
    return count


def widest(pattern: dict[str, Any]) -> int:
    """Return how many fields the alternative with the most of them looks at."""
    count = 0
    for key, value in pattern.items():
        if isinstance(value, dict):
            count += widest(value)
        elif key == "$or" and all(isinstance(branch, dict) for branch in value):
            count += max(map(widest, value))
        else:
            count += 1
    return count


def combinations(policy: dict[str, Any], depth: int = 1) -> int:
    """Return the complexity of an SNS filter policy: values times depth, `$or`s added up.

    In a policy about attributes all fields have depth 1.
    """
    count = 1
    for key, value in policy.items():
        if key == "$or" and isinstance(value, list):
            count *= sum(combinations(branch, depth) for branch in value)
        elif isinstance(value, dict):
            count *= combinations(value, depth + 1)
        else:
            count *= len(value) * depth
    return count


def top_keys(policy: dict[str, Any]) -> tuple[str, ...]:
    """Return the keys at the top, those in its `$or`s included, each once."""
    found: dict[str, None] = {}
    for key, value in policy.items():
        if key == "$or" and isinstance(value, list):
            found.update(dict.fromkeys(k for branch in value for k in top_keys(branch)))
        else:
            found[key] = None
    return tuple(found)


def fields(pattern: dict[str, Any]) -> tuple[str, ...]:
    """Return the dotted names of all fields that a pattern looks at, each once."""
    return tuple(dict.fromkeys(_fields(pattern, "")))


def _fields(pattern: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            for branch in value:
                yield from _fields(branch, prefix)
        elif isinstance(value, dict):
            yield from _fields(value, f"{prefix}{key}.")
        else:
            yield prefix + key
