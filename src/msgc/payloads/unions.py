"""`oneOf`, `anyOf` and lists of types: options that a reader can tell apart."""

from __future__ import annotations

from msgc.payloads.codes import AMBIGUOUS_UNION, BAD_KEYWORD_VALUE, UNSUPPORTED_KEYWORD
from msgc.payloads.fields import kind_of
from msgc.payloads.keywords import NOTES
from msgc.payloads.model import (
    AnyShape,
    BooleanShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import Here
from msgc.payloads.tags import Constants, constants
from msgc.source import Span
from msgc.tree import Mapping, Scalar


def read_union(reading: Reading, here: Here, node: Mapping) -> Shape:
    """Read `oneOf` or `anyOf`; beside it only notes and `type` may stand."""
    word = "oneOf" if "oneOf" in node.entries else "anyOf"
    place = node.key(word).span
    for beside in node.entries:
        if beside not in NOTES and beside not in ("discriminator", "type", word):
            reading.say(
                UNSUPPORTED_KEYWORD,
                node.key(beside).span,
                f"`{beside}` beside `{word}` isn't supported yet (at `{here.pointer}`)",
                help=f"put it into each option of the `{word}`",
            )
    options: list[tuple[Shape, Here]] = []
    for i, option in enumerate(reading.listed(node, word)):
        below = here.child(option, word, i)
        shape = reading.shape(below)
        parts = shape.options if isinstance(shape, UnionShape) and shape.tag is None else (shape,)
        options += [(part, below) for part in parts]
    if not options:
        message = f"`{word}` takes a list with at least one schema"
        reading.say(BAD_KEYWORD_VALUE, node.entries[word][1].span, message)
        return AnyShape(description=described(node))
    tag = _tag(reading, node, options, place)
    return union(reading, [shape for shape, _ in options], described(node), place, tag=tag)


def union(
    reading: Reading, shapes: list[Shape], description: str, span: Span, *, tag: str | None = None
) -> Shape:
    """Return what is one of several shapes; says so if two can't be told apart."""
    if any(isinstance(shape, AnyShape) for shape in shapes):
        return AnyShape(description=description)
    options: dict[str, Shape] = {}
    objects: dict[str, Shape] = {}
    for shape in shapes:
        kind = kind_of(shape)
        if isinstance(shape, ObjectShape | RefShape):
            objects.setdefault(shape.name, shape)
        elif kind not in options:
            options[kind] = shape
        else:
            both = _choices(options[kind], shape)
            if both is None:
                _ambiguous(reading, span, f"two options are {_PLURAL[kind]}")
            else:
                options[kind] = both
    if "object" in options and objects:
        _ambiguous(reading, span, "two options are objects, and one of them has no properties")
    null = [options.pop("null")] if "null" in options else []
    everything = (*options.values(), *objects.values(), *null)
    if len(everything) == 1:
        return everything[0]
    tag = tag if len(objects) > 1 else None
    return UnionShape(description=description, options=everything, tag=tag)


_PLURAL = {
    "string": "strings", "number": "numbers", "boolean": "booleans", "object": "objects",
    "array": "arrays",
}  # fmt: skip


def _choices(first: Shape, second: Shape) -> Shape | None:
    """Return two enumerations as one: `oneOf: [{const: a}, {const: b}]`."""
    match first, second:
        case (StringShape(), StringShape()) if first.enum and second.enum:
            return first.replace(enum=tuple(dict.fromkeys(first.enum + second.enum)))
        case (NumberShape(), NumberShape()) if first.enum and second.enum:
            return first.replace(
                enum=tuple(dict.fromkeys(first.enum + second.enum)),
                integer=first.integer and second.integer,
            )
        case (BooleanShape(), BooleanShape()) if {first.const, second.const} == {True, False}:
            return first.replace(const=None)
        case (NullShape(), NullShape()):
            return first
        case _:
            return None


def _tag(
    reading: Reading, node: Mapping, options: list[tuple[Shape, Here]], span: Span
) -> str | None:
    """Return the property that tells the objects apart; says so if there is none."""
    objects: dict[str, Constants] = {}
    for shape, below in options:
        if isinstance(shape, UnionShape):
            _ambiguous(reading, span, "one of the options is a union of objects itself")
            return None
        if isinstance(shape, ObjectShape | RefShape):
            if shape.name in objects:
                _ambiguous(reading, span, "two options are the same object")
                return None
            objects[shape.name] = constants(reading, below)
    wanted = _discriminator(reading, node)
    if len(objects) < 2:
        return None
    every = list(objects.values())
    candidates = [name for name in every[0] if _tells_apart(name, every)]
    if wanted is not None:
        if wanted not in candidates:
            message = f"`{wanted}` isn't a required property with a `const` in every option"
            _ambiguous(reading, span, message)
        return wanted
    if not candidates:
        _ambiguous(reading, span, "nothing tells the options apart")
        return None
    return candidates[0]


def _tells_apart(name: str, objects: list[Constants]) -> bool:
    values = [value for found in objects for value in found.get(name, ())]
    return all(name in found for found in objects) and len(values) == len(set(values))


def _ambiguous(reading: Reading, span: Span, reason: str) -> None:
    reading.say(
        AMBIGUOUS_UNION,
        span,
        f"a reader can't choose: {reason}",
        help="give each option a required property with a `const` of its own, as `kind`",
    )


def _discriminator(reading: Reading, node: Mapping) -> str | None:
    value = node.get("discriminator")
    if value is None:
        return None
    name = value.get("propertyName") if isinstance(value, Mapping) else None
    if isinstance(name, Scalar):
        return name.text
    message = "`discriminator` takes `{propertyName: <name>}`"
    reading.say(BAD_KEYWORD_VALUE, value.span, message)
    return None
