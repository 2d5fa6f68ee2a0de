"""Objects of which several may fit, and a property that says which of them is meant."""

from __future__ import annotations

from typing import Any

from .checks import Convert, Found, Pending, Place, a_dict, kind_of
from .objects import Nested
from .scalars import Spec
from .unions import Fitting, by_type


class Hinted(Fitting):
    """One of several objects, with OpenAPI's `discriminator`.

    By itself that is a hint, and which of them fits is up to their schemas. Where it `decides`, a
    value that it knows is one object's, and no other is looked at.
    """

    __slots__ = ("decides", "exclusive", "property", "values")

    def __init__(
        self,
        name: str,
        values: tuple[tuple[str, ...], ...],
        *options: Nested,
        exclusive: bool = False,
        decides: bool = False,
    ) -> None:
        super().__init__(*options)
        self.property = name
        self.values = values
        """What the property says of each of them."""
        self.exclusive = exclusive
        """Whether a value must fit just one."""
        self.decides = decides

    def decode(self, pending: Pending) -> Convert:
        """Read the object that is meant, if it fits, or else another one that does."""
        exclusive = self.exclusive
        table = [
            (frozenset(said), option.decode(pending))
            for said, option in zip(self.values, self.options, strict=True)
        ]
        decided = (
            {said: read for names, read in table for said in names}
            if self.decides
            else {}
        )

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            said = entries.get(self.property)
            said = said if isinstance(said, str) else None
            if said in decided:
                return decided[said](entries, place, found)
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
        """Take an instance of one of the classes, and see that it isn't read as another."""
        if self.decides:
            return self._decided(pending)
        if self.exclusive:
            return super().encode(pending)
        options: tuple[Spec, ...] = self.options
        return by_type(options, pending)

    def _decided(self, pending: Pending) -> Convert:
        write, others = by_type(self.options, pending), super().encode(pending)
        meant = {
            said: option
            for names, option in zip(self.values, self.options, strict=True)
            for said in names
        }

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            written = write(value, place, found)
            if len(found) > before:
                return None
            entries: dict[str, Any] = written
            said = entries.get(self.property)
            option = meant.get(said) if isinstance(said, str) else None
            if option is None:
                return others(value, place, found)
            if not option.accepts(value):
                found.append(
                    ((place, self.property), f"{said!r} is another class's value")
                )
            return written

        return convert
