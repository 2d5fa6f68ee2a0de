"""A schema wherever it stands → its shape: the kind is found, and what combines schemas is undone."""

from __future__ import annotations

from msgc.diagnostics import nearest
from msgc.payloads.codes import (
    BAD_KEYWORD_VALUE,
    CONTRADICTION,
    NO_TYPE,
    REF_LOOP,
    TOO_DEEP,
    UNKNOWN_KEYWORD,
    UNSUPPORTED_KEYWORD,
)
from msgc.payloads.keywords import BY_TYPE, NOTES, SUPPORTED, TYPES, UNSUPPORTED
from msgc.payloads.merging import merged
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    RefShape,
    Shape,
    UnionShape,
)
from msgc.payloads.objects import has_class, read_object
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import Here
from msgc.payloads.scalars import ordered, read_choice, read_number, read_string
from msgc.payloads.unions import read_union
from msgc.tree import Mapping, Node, Scalar, Sequence

DEPTH = 60
"""Levels of schemas and references; Python's own stack holds several times as many."""

_KIND = {word: kind for kind, words in BY_TYPE.items() for word in words}


def read_shape(reading: Reading, here: Here) -> Shape:
    """Return the shape of a schema; each is read once, however often it is referred to."""
    if here.key in reading.finished:
        return reading.finished[here.key]
    if here.key in reading.underway:
        return _recursion(reading, here)
    if here.depth > DEPTH:
        reading.say(TOO_DEEP, here.node.span, f"the schema is more than {DEPTH} levels deep")
        return AnyShape()
    if not isinstance(here.node, Mapping):
        return _boolean_schema(reading, here.node)
    reading.underway[here.key] = None
    check_keywords(reading, here)
    shape = _read(reading, here, here.node)
    del reading.underway[here.key]
    reading.finished[here.key] = shape
    return shape


def _recursion(reading: Reading, here: Here) -> Shape:
    name = reading.underway[here.key]
    if name is None:
        reading.say(
            REF_LOOP,
            here.node.span,
            "this schema leads back to itself without an object of its own",
            help="let the reference lead to an object that has `properties`",
        )
        return AnyShape()
    return RefShape(name=name, classes=reading.classes)


def _boolean_schema(reading: Reading, node: Node) -> Shape:
    if isinstance(node, Scalar) and node.value is False:
        reading.say(CONTRADICTION, node.span, "nothing fits the schema `false`")
    elif not (isinstance(node, Scalar) and node.value is True):
        found = "a list" if isinstance(node, Sequence) else "a single value"
        reading.say(
            BAD_KEYWORD_VALUE,
            node.span,
            f"a schema is an object of keywords, this is {found}",
            help="write `{type: string}`, for one",
        )
    return AnyShape()


def check_keywords(reading: Reading, here: Here) -> None:
    """Say which keywords aren't supported, and which are none at all."""
    if not isinstance(here.node, Mapping):
        return
    for key, _ in here.node.items():
        word, place = key.text, here.child(key, key.text).pointer
        if word in UNSUPPORTED:
            message = f"`{word}` is not supported, at `{place}`"
            reading.say(UNSUPPORTED_KEYWORD, key.span, message, help=UNSUPPORTED[word])
        elif word not in SUPPORTED and not word.startswith("x-"):
            close = nearest(word, SUPPORTED)
            reading.say(
                UNKNOWN_KEYWORD,
                key.span,
                f"`{word}` is no keyword of JSON Schema, at `{place}`",
                help=f"did you mean `{close}`?"
                if close
                else "names of your own begin with `x-`; a property stands under `properties`",
            )


def _read(reading: Reading, here: Here, node: Mapping) -> Shape:
    if "$ref" in node.entries:
        return _reference(reading, here, node)
    if "allOf" in node.entries:
        parts = reading.listed(node, "allOf")
        shapes = [reading.shape(here.child(p, "allOf", i)) for i, p in enumerate(parts)]
        if _says_something(node, "allOf"):
            shapes.append(_plain(reading, here, _without(node, "allOf")))
        return merged(reading, here, node, shapes)
    return _plain(reading, here, node)


def _reference(reading: Reading, here: Here, node: Mapping) -> Shape:
    ref = node.entries["$ref"][1]
    if not isinstance(ref, Scalar):
        reading.say(BAD_KEYWORD_VALUE, ref.span, "`$ref` takes text")
        return AnyShape()
    target = reading.references.follow(here, ref)
    if target is None:
        return AnyShape()
    shape = reading.shape(target)
    if not _says_something(node, "$ref"):
        return shape
    return merged(reading, here, node, [shape, _read(reading, here, _without(node, "$ref"))])


def _says_something(node: Mapping, but: str) -> bool:
    return any(word != but and word not in NOTES for word in node.entries)


def _without(node: Mapping, word: str) -> Mapping:
    return Mapping({k: v for k, v in node.entries.items() if k != word}, node.span)


def _plain(reading: Reading, here: Here, node: Mapping) -> Shape:
    for word in ("oneOf", "anyOf"):
        if word in node.entries:
            return read_union(reading, here, node, word)
    types = _types(reading, node)
    typed: Shape | None = None
    if types:
        shapes = tuple(_typed(reading, here, node, kind) for kind in types)
        typed = shapes[0] if len(shapes) == 1 else _either(node, shapes)
    if "enum" in node.entries or "const" in node.entries:
        return read_choice(reading, node, typed)
    return typed or AnyShape(description=described(node))


def _either(node: Mapping, shapes: tuple[Shape, ...]) -> Shape:
    return UnionShape(description=described(node), options=shapes)


def _types(reading: Reading, node: Mapping) -> list[str]:
    """Return the types that a schema admits: as it says, or as its keywords do."""
    written = node.get("type")
    if written is None:
        return _implied(reading, node)
    scalars = [written] if isinstance(written, Scalar) else list(reading.listed(node, "type"))
    types: list[str] = []
    for item in scalars:
        name = item.text if isinstance(item, Scalar) else ""
        if name in TYPES:
            types.append(name)
            continue
        close = nearest(name, TYPES)
        listed = ", ".join(f"`{kind}`" for kind in TYPES)
        reading.say(
            BAD_KEYWORD_VALUE,
            item.span,
            f"`{name}` is no type of JSON Schema",
            help=f"did you mean `{close}`?" if close else f"it is one of {listed}",
        )
    types = list(dict.fromkeys(types))
    return [t for t in types if t != "integer" or "number" not in types]


def _implied(reading: Reading, node: Mapping) -> list[str]:
    kinds = list(dict.fromkeys(_KIND[word] for word in node.entries if word in _KIND))
    if len(kinds) > 1:
        both = " and ".join(kinds)
        reading.say(
            NO_TYPE,
            node.span,
            f"the schema has no `type`, and keywords of {both}",
            help=f"write `type: {kinds[0]}`, and take the others away",
        )
    return kinds[:1]


def _typed(reading: Reading, here: Here, node: Mapping, kind: str) -> Shape:
    match kind:
        case "string":
            return read_string(reading, node)
        case "number" | "integer":
            return read_number(reading, node, integer=kind == "integer")
        case "boolean":
            return BooleanShape(description=described(node))
        case "null":
            return NullShape(description=described(node))
        case "array":
            return _array(reading, here, node)
        case _:
            if has_class(reading, here, node):
                reading.underway[here.key] = reading.names.give(here)
            return read_object(reading, here, node)


def _array(reading: Reading, here: Here, node: Mapping) -> Shape:
    items = node.get("items")
    if isinstance(items, Sequence):
        reading.say(
            UNSUPPORTED_KEYWORD,
            items.span,
            f"a list of schemas for `items` is not supported, at `{here.pointer}`",
            help=UNSUPPORTED["prefixItems"],
        )
        items = None
    least, most = reading.integer(node, "minItems"), reading.integer(node, "maxItems")
    ordered(reading, node, "minItems", least, "maxItems", most)
    return ArrayShape(
        description=described(node),
        items=AnyShape() if items is None else reading.shape(here.child(items, "items")),
        min_items=least or None,
        max_items=most,
        unique=reading.flag(node, "uniqueItems"),
    )
