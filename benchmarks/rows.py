"""What a benchmark reports: figures side by side, with the bar that they are held to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("what", "msgc (min / median)", "beside it (min / median)", "figure", "bar", "")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    theirs: str
    figure: float
    """By minima: what a quiet machine would show."""
    unit: str
    bar: float | None

    @property
    def held(self) -> bool:
        """Whether the figure keeps to its bar."""
        return self.bar is None or self.figure <= self.bar

    def cells(self) -> tuple[str, ...]:
        """What stands in the columns of `HEADINGS`."""
        bar = "" if self.bar is None else f"≤ {self.bar:g} {self.unit}"
        verdict = "" if self.bar is None else ("ok" if self.held else "OVER")
        figure = f"{self.figure:.3g} {self.unit}"
        return (self.what, self.ours, self.theirs, figure, bar, verdict)


def table(rows: Iterable[Row]) -> str:
    """All rows under their headings, in columns."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
