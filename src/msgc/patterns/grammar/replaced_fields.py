"""Fields both inside and outside of an `$or`: the later replaces the earlier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.grammar.problem import Path, Problem


def replaced_fields(pattern: dict[str, Any]) -> Iterator[Problem]:
    """Yield the fields that a branch of an `$or` replaces, or that replace one in a branch."""
    if _has_or(pattern):  # few have one
        yield from _replaced(pattern, "", (), {})


def _has_or(pattern: dict[str, Any]) -> bool:
    if "$or" in pattern:
        return True
    return any(_has_or(value) for value in pattern.values() if isinstance(value, dict))


def _replaced(pattern: Any, prefix: str, path: Path, outside: dict[str, Path]) -> Iterator[Problem]:
    if not isinstance(pattern, dict):
        return
    fields = dict(outside)
    fields.update(_leaf_keys(pattern, prefix, path))
    for key, value in pattern.items():
        if key == "$or":
            for i, branch in enumerate(value):
                here = (*path, key, i)
                for name, inner in _leaf_keys(branch, prefix, here):
                    if name in fields:
                        yield Problem(
                            code=codes.REPLACED_FIELD,
                            path=inner,
                            on_key=True,
                            message=f"`{name}` stands inside and outside of `$or`, "
                            "and the later replaces the earlier",
                            help="write it in every branch that needs it, and not outside",
                            also=fields[name],
                        )
                yield from _replaced(branch, prefix, here, fields)
        else:
            yield from _replaced(value, f"{prefix}{key}.", (*path, key), fields)


def _leaf_keys(pattern: Any, prefix: str, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the fields of an object that every alternative has: those outside of its `$or`s."""
    for key, value in pattern.items():
        if isinstance(value, dict):
            yield from _leaf_keys(value, f"{prefix}{key}.", (*path, key))
        elif key != "$or":
            yield prefix + key, (*path, key)
