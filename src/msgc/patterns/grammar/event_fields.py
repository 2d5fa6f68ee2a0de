"""The top level of an event, where all but `detail` is text, in patterns about whole events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import did_you_mean, nearest
from msgc.patterns import codes
from msgc.patterns.grammar.problem import Path, Problem, shown

EVENT_TEXTS = ("version", "id", "detail-type", "source", "account", "time", "region", "resources",
               "replay-name")  # fmt: skip
"""What is text in every event; the rest is `detail`."""


def check_event_field(key: str, value: Any, path: Path) -> Iterator[Problem]:
    """Check a field at the top of a pattern about a whole event."""
    if key.partition(".")[0] not in (*EVENT_TEXTS, "detail"):
        yield Problem(
            code=codes.UNKNOWN_EVENT_FIELD,
            path=path,
            on_key=True,
            message=f"no event has `{key}` at its top",
            help=did_you_mean(_spelt(key), EVENT_TEXTS)
            if nearest(_spelt(key), EVENT_TEXTS)
            else f"if it is a part of the payload, write `detail: {{{key}: ...}}`",
        )
    if key not in EVENT_TEXTS or not isinstance(value, list):
        return
    for i, item in enumerate(value):
        if not isinstance(item, str | dict | list):
            yield Problem(
                code=codes.EVENT_FIELD_IS_TEXT,
                path=(*path, i),
                message=f"an event's `{key}` is a text, so `{shown(item)}` never matches",
                help=f'quote it: `"{shown(item)}"`',
                mend="quotes",
            )


def _spelt(name: str) -> str:
    """`detailType`, `detail_type` → `detail-type`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()
