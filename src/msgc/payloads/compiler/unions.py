"""Compile `oneOf`, `anyOf` and lists of types into unions whose options can be told apart."""

from __future__ import annotations

from itertools import permutations
from typing import TypeVar

from msgc.payloads.codes import AMBIGUOUS_UNION
from msgc.payloads.compiler.tags import (
    Ambiguous,
    hints_of,
    only_objects_fit_one,
    tag_of,
    told_by_properties,
)
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.fields import kind_of, kinds_of
from msgc.payloads.model import (
    AnyShape,
    BooleanShape,
    Hints,
    Kind,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.objects.preservation import all_preserved
from msgc.tree import Mapping

T = TypeVar("T")


class Untypable(Exception):  # noqa: N818  # it is what some unions are
    """Options that a reader can't tell apart; `kinds` are their JSON types."""

    def __init__(self, kinds: frozenset[Kind]) -> None:
        super().__init__(kinds)
        self.kinds = kinds


def read_union(
    context: Context, here: Subschema, node: Mapping, word: str, kind: str | None
) -> Shape:
    """Compile `oneOf` or `anyOf`; raises `Untypable`. `kind` is the type that all options have."""
    place = node.key(word).span
    options: list[tuple[Shape, Subschema]] = []
    written = [here.child(option, word, i) for i, option in enumerate(context.some(node, word))]
    if kind is None and word == "oneOf" and only_objects_fit_one(context, written):
        kind = "object"
    for option in written:
        below = option.within(kind)
        shape = context.shape(below)
        options += [(part, below) for part in _flat(shape)]
    if not options:
        return AnyShape(description=described(node))
    shapes = [shape for shape, _ in options]
    try:
        tag, hints = _told_apart(context, node, word, options)
        made = union(shapes, described(node), tag=tag, exclusive=word == "oneOf")
        return made.replace(hints=hints) if hints and isinstance(made, UnionShape) else made
    except Ambiguous as error:
        kinds = frozenset(kind for shape in shapes for kind in kinds_of(shape))
        objects = all(isinstance(shape, ObjectShape | RefShape) for shape in shapes)
        if objects and not context.names.is_message(here):
            context.say(
                AMBIGUOUS_UNION,
                place,
                f"a reader can't choose: {error}, so it is a `dict` in Python",
                help="give each option a required property with a `const` of its own, as `kind`",
            )
        raise Untypable(kinds) from None


def _told_apart(
    context: Context, node: Mapping, word: str, options: list[tuple[Shape, Subschema]]
) -> tuple[str | None, Hints | None]:
    """Return what tells objects apart: a tag, or a discriminator, or what they require."""
    if told_by_properties(context, word, options):
        return None, None
    try:
        return tag_of(context, node, options), None
    except Ambiguous:
        hints = hints_of(context, node, word, options)
        if hints is None:
            raise
    for shape, _ in options if hints.exclusive and not hints.decides else ():
        if isinstance(shape, ObjectShape):  # what it writes must not fit another one, either
            context.preserve(all_preserved(shape))
    return None, hints


def alternatives_of(context: Context, shape: Shape) -> UnionShape | None:
    """Return the classes that a message is one of, if each of them is a message by itself.

    What one of them writes must not be read as another. A tag sees to that; so do properties that
    only one has, unless it writes others that it doesn't declare.
    """
    if not isinstance(shape, UnionShape) or context.learned.library:
        return None
    for option in shape.options:
        if isinstance(option, RefShape) or not isinstance(option, ObjectShape):
            return None
    if shape.tag is not None or (
        shape.hints is not None and (shape.hints.decides or not shape.hints.exclusive)
    ):
        return shape
    return shape if _are_exclusive(shape) else None


def _are_exclusive(shape: UnionShape) -> bool:
    """Whether nothing that one class writes fits another: it lacks what that one requires."""
    options = [option for option in shape.options if isinstance(option, ObjectShape)]
    if any(option.rest is not None for option in options):
        return False
    for one, other in permutations(options, 2):
        own = {field.wire for field in one.fields}
        needed = {field.wire for field in other.fields if field.required}
        mine = {field.wire for field in one.fields if field.required}
        known = {field.wire for field in other.fields}
        if needed <= own and not (other.closed and not mine <= known):
            return False
    return True


def _flat(shape: Shape) -> tuple[Shape, ...]:
    """Return the options of a union that says no more than that it is one of them."""
    if not isinstance(shape, UnionShape) or shape.constraints is not None:
        return (shape,)
    if shape.tag is not None or shape.hints is not None:
        return (shape,)
    if any(isinstance(option, AnyShape) for option in shape.options):
        return (shape,)
    return shape.options


def union(
    shapes: list[Shape], description: str, *, tag: str | None = None, exclusive: bool = False
) -> Shape:
    """Return what is one of several shapes; `exclusive` if it must be just one."""
    anything = [shape for shape in shapes if isinstance(shape, AnyShape)]
    if anything and (exclusive or all(shape.constraints is not None for shape in anything)):
        message = "one of the options can be anything"
        raise Ambiguous(message)
    if anything:
        return AnyShape(description=description)
    options: dict[str, Shape] = {}
    objects: dict[str, Shape] = {}
    for shape in _with_one_decimal(shapes):
        if isinstance(shape, UnionShape):
            message = "one of the options is a union itself"
            raise Ambiguous(message)
        kind = kind_of(shape)
        if isinstance(shape, ObjectShape | RefShape):
            objects.setdefault(shape.name, shape)
        elif kind not in options:
            options[kind] = shape
        else:
            both = _choices(options[kind], shape, exclusive=exclusive)
            if both is None:
                message = f"two options are {_PLURAL[kind]}"
                raise Ambiguous(message)
            options[kind] = both
    if "object" in options and objects:
        message = "two options are objects, and one of them has no properties"
        raise Ambiguous(message)
    null = [options.pop("null")] if "null" in options else []
    everything = (*options.values(), *objects.values(), *null)
    if len(everything) == 1:
        return everything[0]
    tag = tag if len(objects) > 1 else None
    return UnionShape(description=description, options=everything, tag=tag)


def _with_one_decimal(shapes: list[Shape]) -> list[Shape]:
    """Leave text text where numbers are `Decimal`s too: what came as which must be known."""
    if not any(isinstance(shape, NumberShape) and shape.decimal for shape in shapes):
        return shapes
    return [s.replace(decimal=False) if isinstance(s, StringShape) else s for s in shapes]


_PLURAL = {
    "string": "strings", "number": "numbers", "boolean": "booleans", "object": "objects",
    "array": "arrays", "null": "null",
}  # fmt: skip


def _choices(first: Shape, second: Shape, *, exclusive: bool) -> Shape | None:
    """Return two enumerations as one: `oneOf: [{const: a}, {const: b}]`."""
    both: Shape | None = None
    if isinstance(first, StringShape) and isinstance(second, StringShape):
        texts = _joined(first.enum, second.enum, exclusive=exclusive)
        both = first.replace(enum=texts, name="") if texts else None
    elif isinstance(first, NumberShape) and isinstance(second, NumberShape):
        numbers = _joined(first.enum, second.enum, exclusive=exclusive)
        whole = first.integer and second.integer
        both = first.replace(enum=numbers, integer=whole, name="") if numbers else None
    elif isinstance(first, BooleanShape) and isinstance(second, BooleanShape):
        both = first.replace(const=None) if {first.const, second.const} == {True, False} else None
    elif isinstance(first, NullShape) and isinstance(second, NullShape):
        both = None if exclusive else first
    if both is None or _is_constrained(first) or _is_constrained(second):
        return None
    return both


def _joined(
    first: tuple[T, ...] | None, second: tuple[T, ...] | None, *, exclusive: bool
) -> tuple[T, ...]:
    """Return the values of both; nothing if there is none to be had, or none that is one's own."""
    if first is None or second is None or (exclusive and set(first) & set(second)):
        return ()
    return tuple(dict.fromkeys(first + second))


def _is_constrained(shape: Shape) -> bool:
    return not isinstance(shape, RefShape) and shape.constraints is not None
