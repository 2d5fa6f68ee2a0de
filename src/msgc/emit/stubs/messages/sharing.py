"""Find which classes of a service's messages are one: those of one name that say the same.

Descriptions may differ. A class has another where that is one with it, whatever either was called:
so classes are told apart step by step, by what they say, then by what their parts say, until
nothing more comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgc.emit.stubs.messages.choices import is_enumeration
from msgc.payloads.constraints import reachable_definitions
from msgc.payloads.model import (
    Constraints,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
)
from msgc.payloads.specification import parts
from msgc.record import values_of

Named = ObjectShape | StringShape | NumberShape
"""A class, or an enumeration with a name."""


class Occurrence:
    """A class or an enumeration as one message has it."""

    __slots__ = ("colour", "message", "named", "users", "uses")

    def __init__(self, message: int, named: Named) -> None:
        self.message = message
        """Which of the messages, by its place in the file."""
        self.named = named
        self.uses: list[Occurrence] = []
        """What its fields are made of, in their order."""
        self.users: list[Occurrence] = []
        self.colour = 0
        """Of two with one colour, nothing tells them apart so far."""

    @property
    def short(self) -> str:
        """What it is called where several messages have it."""
        named = self.named
        return named.short or named.name if isinstance(named, ObjectShape) else named.name


def name_of(shape: Shape) -> str:
    """Return what a shape is called in its module; empty if it isn't called anything."""
    if isinstance(shape, ObjectShape | RefShape | StringShape | NumberShape):
        return shape.name
    return ""


def occurrences(message: int, payload: ObjectShape) -> dict[str, Occurrence]:
    """Return what a message has names for, the message itself first and parts after their users."""
    found: dict[str, Occurrence] = {}
    _visit(message, payload, found)
    return found


def _visit(message: int, named: Named, found: dict[str, Occurrence]) -> Occurrence:
    known = found.get(named.name)
    if known is not None:
        return known
    found[named.name] = made = Occurrence(message, named)
    if isinstance(named, ObjectShape):
        for below in named_in(named.alternatives or named):
            part = _visit(message, below, found)
            made.uses.append(part)
            part.users.append(made)
    return made


def named_in(shape: Shape) -> Iterator[Named]:
    """Yield the classes and enumerations that a shape names, without what these name."""
    for below in parts(shape):
        match below:
            case RefShape():
                yield below.target
            case ObjectShape():
                yield below
            case StringShape() | NumberShape():
                if is_enumeration(below):
                    yield below
            case _:
                yield from named_in(below)


def one_each(
    every: Sequence[Occurrence], apart: AbstractSet[Occurrence] = frozenset()
) -> list[list[Occurrence]]:
    """Return occurrences in groups that are one class each, in the order in which they come.

    Those that are to stay `apart` are one with nothing else.
    """
    alike: dict[object, list[Occurrence]] = {}
    for number, each in enumerate(every):
        each.colour = number
        if each not in apart:
            alike.setdefault((each.short, _width(each.named)), []).append(each)
    doubtful = [each for group in alike.values() if len(group) > 1 for each in group]
    words: dict[Shape, object] = {}
    count = _paint(doubtful, len(every), lambda each: _said(each, words))
    while True:
        finer = _paint(doubtful, len(every), _with_its_parts)
        if finer == count:
            break
        count = finer
    groups: dict[int, list[Occurrence]] = {}
    for each in every:
        groups.setdefault(each.colour, []).append(each)
    return list(groups.values())


def _paint(some: list[Occurrence], first: int, key: Callable[[Occurrence], object]) -> int:
    """Give those with one key one colour, from `first` on, and return how many there are."""
    seen: dict[object, int] = {}
    painted = [seen.setdefault(key(each), first + len(seen)) for each in some]
    for each, colour in zip(some, painted, strict=True):
        each.colour = colour
    return len(seen)


def _with_its_parts(each: Occurrence) -> object:
    return (each.colour, *[part.colour for part in each.uses])


def _width(named: Named) -> int:
    return len(named.fields) if isinstance(named, ObjectShape) else len(named.enum or ())


def _said(each: Occurrence, words: dict[Shape, object]) -> object:
    """Return what a class or an enumeration says, but for what its parts do."""
    named = each.named
    if not isinstance(named, ObjectShape):
        return each.short, repr(named.enum), named.known if isinstance(named, StringShape) else None
    fields = (*named.fields, named.rest) if named.rest else named.fields
    return (
        each.short,
        named.closed,
        named.tacit,
        named.min_properties,
        named.max_properties,
        _rules(named.constraints),
        tuple([
            (
                field.wire, field.python, field.required, repr(field.default),
                field.null_by_default, field.deprecated, field.sensitive,
                _words(field.shape, words),
            )
            for field in fields
        ]),
    )  # fmt: skip


def _words(shape: Shape, words: dict[Shape, object]) -> object:
    """Return what a shape says of a value, without its description; parts with names are blank."""
    if isinstance(shape, ObjectShape | RefShape) or is_enumeration(shape):
        return "named"
    found = words.get(shape)
    if found is None:
        said: list[object] = [type(shape).__name__]
        for key, value in values_of(shape).items():
            if key == "constraints":
                said.append(_rules(value))
            elif key not in _IN_WORDS and value is not None and value is not False:
                said.append(f"{key}={value!r}")  # a record has no more than it was given
        said += [_words(part, words) for part in parts(shape)]
        words[shape] = found = tuple(said)
    return found


_IN_WORDS = frozenset({"description", "items", "values", "options"})
"""What says nothing of a value, or is a part."""


def _rules(constraints: Constraints | None) -> str:
    if constraints is None:
        return ""
    return json.dumps([constraints.schema, reachable_definitions(constraints)])
