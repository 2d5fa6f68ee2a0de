"""Fill in the templates of what an edge sends instead of the message itself.

A placeholder is `<$.path>`, a value of the record that takes the edge, or `<aws....>`, what the
service itself knows; `<<$.` is the text `<$.`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

ABSENT: Final[Any] = object()
"""The value of a placeholder whose path leads to nothing."""

_PLACEHOLDER = r"<(<?)(\$|aws\.)([^<>]*)(>?)"


def split(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text: each as it is, and whether it is a placeholder.

    A placeholder is without its brackets, `$.detail.id`; one that isn't closed keeps its first.
    """
    parts: list[tuple[str, bool]] = []
    plain, end = "", 0
    for match in re.finditer(_PLACEHOLDER, text):
        plain += text[end : match.start()]
        end = match.end()
        if match[1]:
            plain += match[0][1:]
            continue
        if plain:
            parts.append((plain, False))
            plain = ""
        parts.append((f"{match[2]}{match[3]}" if match[4] else match[0], True))
    plain += text[end:]
    return [*parts, (plain, False)] if plain or not parts else parts


def fill(template: Any, record: Any, known: Mapping[str, Any]) -> Any:
    """Return a template with the values of a record, and of the names that are `known`.

    A property is left out whose placeholder leads to nothing.
    """
    if isinstance(template, Mapping):
        pairs = {key: fill(value, record, known) for key, value in template.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return {key: value for key, value in pairs.items() if value is not ABSENT}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(template, list | tuple):
        items = [fill(item, record, known) for item in template]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return [item for item in items if item is not ABSENT]
    if not isinstance(template, str) or "<" not in template:
        return template
    parts = split(template)
    if len(parts) == 1:
        text, is_placeholder = parts[0]
        return _value(text, record, known) if is_placeholder else text
    return "".join(
        _as_text(_value(text, record, known)) if is_placeholder else text
        for text, is_placeholder in parts
    )


def _value(placeholder: str, record: Any, known: Mapping[str, Any]) -> Any:
    if not placeholder.startswith("$"):
        return known.get(placeholder, ABSENT)
    value = record
    for step in placeholder.split(".")[1:]:
        if not isinstance(value, Mapping) or step not in value:
            return ABSENT
        value = value[step]  # pyright: ignore[reportUnknownVariableType]
    return value  # pyright: ignore[reportUnknownVariableType]


def _as_text(value: Any) -> str:
    if value is ABSENT:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
