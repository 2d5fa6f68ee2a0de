"""Objects of which several may fit, and a property that says which of them is meant."""

from __future__ import annotations

from typing import Any

from .checks import Convert, Found, Pending, Place, a_dict, kind_of
from .objects import Nested
from .scalars import Spec
from .unions import Fitting, by_type


class Hinted(Fitting):
    """One of several objects, by OpenAPI's `discriminator`: which fits is up to their schemas."""

    __slots__ = ("exclusive", "property", "values")

    def __init__(
        self,
        name: str,
        values: tuple[tuple[str, ...], ...],
        *options: Nested,
        exclusive: bool = False,
    ) -> None:
        super().__init__(*options)
        self.property = name
        self.values = values
        """What the property says of each of them."""
        self.exclusive = exclusive
        """Whether a value must fit just one."""

    def decode(self, pending: Pending) -> Convert:
        """Read the object that is meant, if it fits, or else another one that does."""
        exclusive = self.exclusive
        table = [
            (frozenset(said), option.decode(pending))
            for said, option in zip(self.values, self.options, strict=True)
        ]

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            said = entries.get(self.property)
            said = said if isinstance(said, str) else None
            fits: list[Any] = []
            meant: list[Any] = []
            wrong: Found = []
            for names, option in table:
                misfits: Found = []
                read = option(entries, place, misfits)
                if misfits:
                    wrong += misfits if said in names else []
                    continue
                fits.append(read)
                meant += [read] if said in names else []
            if len(fits) == 1 or (fits and not exclusive):
                return (meant or fits)[0]
            if fits:
                found.append((place, "fits several of the objects that it can be"))
            else:
                none = (place, "fits none of the objects that it can be")
                found += wrong or [none]
            return None

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of one of the classes, and see that it fits no other."""
        if self.exclusive:
            return super().encode(pending)
        options: tuple[Spec, ...] = self.options
        return by_type(options, pending)
