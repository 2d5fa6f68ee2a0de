"""The version of msgc that wrote a shared folder, from the comment in its `__init__.py`."""

from __future__ import annotations

import re

_STAMP = re.compile(r"^# The \w+ of msgc ([^\s,]+), [0-9a-f]+\.$", re.MULTILINE)
_VERSION = re.compile(r"(\d+(?:\.\d+)*)(.*)")


def stamped(text: str) -> str | None:
    """Return the version in the stamp of a runtime or a kit, if there is one."""
    found = _STAMP.search(text)
    return found and found[1]


def is_later(one: str, other: str) -> bool:
    """Whether a version comes after another; a pre-release comes before its release."""
    return _key(one) > _key(other)


def _key(version: str) -> tuple[tuple[int, ...], bool, str]:
    found = _VERSION.match(version)
    if found is None:
        return (), False, version
    numbers = [int(part) for part in found[1].split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    rest = found[2]
    return tuple(numbers), not rest or rest.startswith((".post", "+")), rest
