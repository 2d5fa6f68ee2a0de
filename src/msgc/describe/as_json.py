"""Print descriptions as JSON; the schema is schemas/explain.schema.json."""

from __future__ import annotations

from typing import Any

from msgc.describe.model import Description, Row


def description_json(found: Description) -> dict[str, Any]:
    """Return a description as JSON has it; lines and columns count from 1."""
    line, column = found.span.source.position(found.span.start)
    return {
        "name": found.reference,
        "service": found.service,
        "environment": found.environment or None,
        "summary": found.summary,
        "description": found.description,
        "file": found.span.source.path,
        "line": line,
        "column": column,
        **{chapter.word: [_row(row) for row in chapter.rows] for chapter in found.chapters},
    }


def _row(row: Row) -> dict[str, Any]:
    steps = [{"seconds": step.seconds, "text": step.text} for step in row.steps]
    return {
        "name": row.name,
        "text": row.text,
        **({"why": row.why} if row.why else {}),
        **row.data,
        **({"steps": steps} if steps else {}),
    }
