"""Print a description as text: a heading, and a list for each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from msgc.describe.model import Chapter, Description, Row
from msgc.describe.wording import span_of_time
from msgc.visible import visible

_LINE = 100
"""Characters of a line; what is longer is continued below."""


def descriptions_text(found: Iterable[Description], *, name_services: bool) -> Iterator[str]:
    """Yield descriptions: of each thing the first environment whole, and how the others differ."""
    first: dict[tuple[str, str], Description] = {}
    for one in found:
        key = (one.span.source.path, one.reference)
        if key in first:
            yield _difference(first[key], one)
        else:
            first[key] = one
            yield description_text(one, name_service=name_services)


def _difference(first: Description, other: Description) -> str:
    """Return the rows that are others in an environment."""
    said = {(chapter.word, *_said(row)) for chapter in first.chapters for row in chapter.rows}
    lines = []
    for chapter in other.chapters:
        rows = tuple(row for row in chapter.rows if (chapter.word, *_said(row)) not in said)
        if rows:
            lines += ["", f"  {chapter.title}", *_rows(chapter.replace(rows=rows))]
    where = f"{other.reference} in {other.environment}"
    return "\n".join(
        map(visible, [f"{where}, where it differs:" if lines else f"{where}: the same", *lines])
    )


def _said(row: Row) -> tuple[str, str, str, tuple[tuple[int, str], ...]]:
    return row.name, row.text, row.why, tuple((step.seconds, step.text) for step in row.steps)


def description_text(found: Description, *, name_service: bool = False) -> str:
    """Return a description as people read it."""
    service = f" of {found.service}" if name_service else ""
    where = f" in {found.environment}" if found.environment else ""
    lines = [f"{found.reference}{service}{where}: {found.summary}, {found.span!r}"]
    if found.description:
        lines.append(f"  {found.description}")
    for chapter in found.chapters:
        lines += ["", f"  {chapter.title}", *_rows(chapter)]
    return "\n".join(map(visible, lines))


def _rows(chapter: Chapter) -> Iterator[str]:
    """Yield the rows of a chapter, each in one line if all fit, else their texts below names."""
    wide = max(len(row.name) for row in chapter.rows)
    texts = max(len(row.text) for row in chapter.rows)
    lines = [_line(row, wide, texts) for row in chapter.rows]
    fit = all(len(line) <= _LINE for line in lines)
    for row, line in zip(chapter.rows, lines, strict=True):
        yield from [line] if fit else _folded(row)
        times = [span_of_time(step.seconds) for step in row.steps]
        widest = max(map(len, times), default=0)
        for time, step in zip(times, row.steps, strict=True):
            yield f"      {time:>{widest}}  {step.text}"


def _line(row: Row, wide: int, texts: int) -> str:
    why = f"({row.why})" if row.why else ""
    return f"    {row.name:{wide}}  {row.text:{texts if why else 0}}  {why}".rstrip()


def _folded(row: Row) -> Iterator[str]:
    yield f"    {row.name}"
    indent = " " * 6
    for text in filter(None, (row.text, row.why and f"({row.why})")):
        yield from wrap(
            text, _LINE, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
