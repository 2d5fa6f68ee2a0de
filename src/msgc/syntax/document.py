"""A loaded messaging.yaml: its text, its tree, and the comments that speak to msgc."""

from __future__ import annotations

from msgc.record import Record
from msgc.source import Source, Span
from msgc.tree import Mapping, Scalar


class Ignore(Record):
    """A comment `# msgc: ignore[rule, other] reason`: these rules are silent on that line."""

    rules: tuple[Scalar, ...]
    """Names (or ids) as they were written, each with its place."""
    reason: str
    line: int
    """The line that the comment speaks of: its own, or the next that isn't a comment."""
    span: Span


class Document(Record):
    """A file's text and tree, and the findings that its author doesn't want to hear."""

    source: Source
    root: Mapping
    ignores: tuple[Ignore, ...]
    parts: tuple[Source, ...] = ()
    """The further files of which `root` has been put together."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The file and its parts."""
        return (self.source, *self.parts)
