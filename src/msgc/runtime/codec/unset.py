"""Absence of an optional property that may also be `null`."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal

from .objects import NO_DEFAULT, Field
from .scalars import Spec


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


def optional(wire: str, spec: Spec, *, name: str | None = None) -> Field:
    """Declare a property that may be absent or null, which are told apart."""
    return Field(
        wire, spec, required=False, name=name, default=NO_DEFAULT, left_out=UNSET
    )
