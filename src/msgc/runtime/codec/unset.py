"""Absence, where a property may be `null` besides."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of `UNSET`, which type checkers tell from the values of a field."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        """As None, it is no value."""
        return False

    def __repr__(self) -> str:
        """Return its name."""
        return self.value


UNSET: Final = Unset.UNSET
"""An absent property, where the schema knows `null` besides, which is None."""
