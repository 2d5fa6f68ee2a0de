"""What the user means to lose, and what comes of an edit."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.record import Record


class Intent(Record):
    """What the user means to lose, as the options of a build say it."""

    accepted: tuple[str, ...] = ()
    why: str = ""
    forgotten: tuple[str, ...] = ()
    adopt: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no line of the inventory is named."""
        return not self.accepted and not self.forgotten


VALIDATE = Intent()
"""Nothing is meant yet."""


class Judgement(Record):
    """What comes of an edit."""

    diagnostics: tuple[Diagnostic, ...] = ()
    text: str | None = None
    """The inventory after a build; None: there can't be a build."""

    @property
    def ok(self) -> bool:
        """Whether there can be a build."""
        return self.text is not None and not any(d.is_error for d in self.diagnostics)
