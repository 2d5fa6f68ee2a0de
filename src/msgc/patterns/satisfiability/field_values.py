"""The values of a payload that a pattern may find under one dotted name.

They may lie in lists, and an object is never a value itself. Of a property that an open schema
doesn't declare nothing is known, but that its name has no dots.
"""

from __future__ import annotations

from msgc.payloads.model import (
    ArrayShape,
    BooleanShape,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.record import Record

Leaf = StringShape | NumberShape | BooleanShape | NullShape
_LEAVES = (StringShape, NumberShape, BooleanShape, NullShape)


class FieldValues(Record):
    """The values that may stand under a name in the payloads of a schema."""

    leaves: tuple[Leaf, ...]
    anything: bool
    """Values may stand there of which the schema says nothing."""
    absent: bool
    """There are payloads without any value there."""
    apart: bool
    """Values may lie in different elements of a list, which a pattern keeps apart."""
    several: bool
    """Several values may stand there at once."""
    declared: bool
    """The schema has the name, or says what undeclared properties are."""
    objects: bool
    """An object may stand there, which is no value."""
    inside: tuple[tuple[str, Leaf], ...]
    """Scalars on the way there, which have nothing inside: the name of each."""


def values_under(payload: Shape, name: str, *, undeclared: bool = True) -> FieldValues:
    """Return the values that a pattern may find under a dotted name.

    With `undeclared`, senders may add properties that an open schema doesn't declare.
    """
    walk = _Walk(tuple(name.split(".")), undeclared=undeclared)
    absent = walk.see(payload, 0)
    return FieldValues(
        leaves=tuple(dict.fromkeys(walk.leaves)),
        anything=walk.anything,
        absent=absent,
        apart=walk.apart,
        several=walk.several,
        declared=walk.declared,
        objects=walk.objects,
        inside=tuple(dict.fromkeys(walk.inside)),
    )


class _Walk:
    """One walk along a name; `at` says how many of its steps are done."""

    def __init__(self, steps: tuple[str, ...], *, undeclared: bool) -> None:
        self.steps = steps
        self.undeclared = undeclared
        self.leaves: list[Leaf] = []
        self.anything = self.apart = self.several = self.declared = self.objects = False
        self.inside: list[tuple[str, Leaf]] = []
        self._seen: dict[tuple[int, int], bool] = {}

    def see(self, shape: Shape, at: int) -> bool:
        """Collect what may stand there; return whether there may be no value."""
        key = (id(shape), at)
        if key not in self._seen:
            self._seen[key] = True  # what leads back to itself adds nothing
            self._seen[key] = self._look(shape, at)
        return self._seen[key]

    def _look(self, shape: Shape, at: int) -> bool:  # noqa: PLR0911  # one a kind
        match shape:
            case RefShape():
                return self.see(shape.target, at)
            case UnionShape():
                return any([self.see(o, at) for o in shape.options])  # noqa: C419  # all are seen
            case ArrayShape():
                self.several = True
                absent = self.see(shape.items, at)
                self.apart = self.apart or not isinstance(shape.items, _LEAVES)
                return absent or not shape.min_items
            case MapShape():
                self._among_unnamed(shape, at, frozenset())
                return True
            case ObjectShape():
                return self._in_object(shape, at)
            case StringShape() | NumberShape() | BooleanShape() | NullShape():
                return self._at_leaf(shape, at)
            case _:  # any value, or a shape that isn't known here
                return self._unknown(declared=True)

    def _at_leaf(self, leaf: Leaf, at: int) -> bool:
        if at < len(self.steps):
            self.inside.append((".".join(self.steps[:at]), leaf))
            return True
        self.leaves.append(leaf)
        return False

    def _in_object(self, shape: ObjectShape, at: int) -> bool:
        if at == len(self.steps):
            self.objects = True
            return True
        absent, is_named = True, False
        ways, here = 0, self.steps[at]
        for field in shape.fields:
            wire, end = field.wire, at + 1
            is_here = wire == here
            if not is_here and "." in wire:
                end += wire.count(".")
                is_here = wire == ".".join(self.steps[at:end])
            if is_here:
                is_named = is_named or wire == here
                ways += 1
                self.declared = self.declared or end == len(self.steps)
                missing = self.see(field.shape, end) or not field.required
                absent = absent and missing
        self.several = self.several or ways > 1
        if shape.rest is not None and not shape.tacit:
            names = frozenset(field.wire for field in shape.fields)
            self._among_unnamed(shape.rest.shape, at, names)
        elif self.undeclared and not shape.closed and not is_named:
            self._unknown(declared=False)
        return absent

    def _among_unnamed(self, shape: Shape, at: int, names: frozenset[str]) -> None:
        """Look at properties of any name; one with dots covers several steps."""
        if at == len(self.steps):
            self.objects = True
        elif not isinstance(shape, MapShape):
            self._unknown(declared=True)
        else:
            self.several = self.several or at + 1 < len(self.steps)
            for end in range(at + 1, len(self.steps) + 1):
                if ".".join(self.steps[at:end]) not in names:
                    self.declared = self.declared or end == len(self.steps)
                    self.see(shape.values, end)

    def _unknown(self, *, declared: bool) -> bool:
        self.anything = self.apart = self.objects = True
        self.declared = self.declared or declared
        return True
