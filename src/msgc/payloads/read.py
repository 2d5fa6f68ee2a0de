"""A message's JSON Schema → its shape: the way through one schema, keyword by keyword."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome, did_you_mean
from msgc.payloads.codes import (
    BAD_KEYWORD_VALUE,
    CONTRADICTION,
    NOT_AN_OBJECT,
    REF_LOOP,
    TOO_DEEP,
    UNKNOWN_KEYWORD,
    UNSUPPORTED_KEYWORD,
)
from msgc.payloads.json_types import json_types
from msgc.payloads.keywords import NOTES, SUPPORTED, UNSUPPORTED
from msgc.payloads.merge import Conflict, merged
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    ObjectShape,
    RefShape,
    Shape,
)
from msgc.payloads.names import ClassNames
from msgc.payloads.objects import Draft, combine, draft, finish
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import Document, Here, Load, References
from msgc.payloads.scalars import ordered, read_choice, read_number, read_string
from msgc.payloads.unions import read_union, union
from msgc.tree import Mapping, Node, Scalar

_DEEPEST = 60


def read(node: Node, *, name: str, path: str, load: Load) -> Outcome[ObjectShape]:
    """Read the schema of the message `name`; `path` is the file that `node` stands in.

    `load` reads a file that a `$ref` names; it may be asked for the same file again.
    """
    found: list[Diagnostic] = []
    document = Document(path=path, root=node)
    references = References(document, load, found)
    here = _file_of(references, Here(node=node, document=document, path=()))
    if here is None:
        return Outcome(None, tuple(found))
    reading = Reading(references, ClassNames(name, here), found, _shape)
    shape = reading.shape(here)
    if isinstance(shape, ObjectShape) and shape.name == name:
        return Outcome(shape, tuple(found))
    if not any(diagnostic.is_error for diagnostic in found):
        reading.say(
            NOT_AN_OBJECT,
            node.span,
            f"`{name}` isn't one JSON object",
            help="a message is `type: object`; put anything else into a property of it",
        )
    return Outcome(None, tuple(found))


def _file_of(references: References, here: Here) -> Here | None:
    """Follow `schema: {$ref: file.json}`, so that the file's root is the message itself."""
    seen = {here.key}
    while isinstance(here.node, Mapping):
        ref = here.node.get("$ref")
        if not isinstance(ref, Scalar) or set(here.node.entries) - NOTES - {"$ref"}:
            break
        target = references.follow(here, ref)
        if target is None:
            return None
        if target.key in seen:
            break
        seen.add(target.key)
        here = target
    return here


def _shape(reading: Reading, here: Here) -> Shape:
    """Read the schema at a place once; a way back to one that is underway is a recursion."""
    done = reading.finished.get(here.key)
    if done is not None:
        return done
    if here.key in reading.underway:
        reading.underway[here.key] = name = reading.names.give(here)
        return RefShape(name=name, classes=reading.classes)
    if here.depth > _DEEPEST:
        reading.say(TOO_DEEP, here.node.span, f"more than {_DEEPEST} levels deep")
        return AnyShape()
    reading.underway[here.key] = None
    shape = _read(reading, here)
    promised = reading.underway.pop(here.key)
    if promised is not None and not (isinstance(shape, ObjectShape) and shape.name == promised):
        reading.say(
            REF_LOOP,
            here.node.span,
            f"`{here.pointer}` leads back to itself without an object of its own between",
            help="let the `$ref` stand in a property of an object, and lead to that object",
        )
        shape = AnyShape()
    reading.finished[here.key] = shape
    return shape


def _read(reading: Reading, here: Here) -> Shape:
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        if not node.value:
            reading.say(CONTRADICTION, node.span, "`false` admits no value at all")
        return AnyShape()
    if not isinstance(node, Mapping):
        reading.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return AnyShape()
    _check_words(reading, here, node)
    made = _gather(reading, here, node)
    return finish(reading, here, made) if isinstance(made, Draft) else made


def _check_words(reading: Reading, here: Here, node: Mapping) -> None:
    """Refuse what isn't checked later: nothing in a schema is passed over."""
    for word in node.entries:
        if word in SUPPORTED or word.startswith("x-"):
            continue
        place = node.key(word).span
        if word in UNSUPPORTED:
            message = f"`{word}` isn't supported yet (at `{here.pointer}`)"
            reading.say(UNSUPPORTED_KEYWORD, place, message, help=UNSUPPORTED[word])
        else:
            reading.say(
                UNKNOWN_KEYWORD,
                place,
                f"`{word}` is no keyword of JSON Schema (at `{here.pointer}`)",
                help=did_you_mean(word, [*SUPPORTED, *UNSUPPORTED]),
            )


def _gather(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read one schema; an object stays a draft, so that `allOf` can merge it."""
    parts: list[Here] = []
    ref = node.get("$ref")
    if isinstance(ref, Scalar):
        target = reading.references.follow(here, ref)
        if target is None:
            return AnyShape()
        parts.append(target)
    elif ref is not None:
        reading.say(BAD_KEYWORD_VALUE, ref.span, "`$ref` takes text")
    parts += [here.child(part, "allOf", i) for i, part in enumerate(reading.listed(node, "allOf"))]
    own = set(node.entries) - NOTES - {"$ref", "allOf"}
    if not parts:
        return _own(reading, here, node)
    if own == {"type"} and len(parts) == 1 and reading.text(node, "type") == "object":
        own = set()  # `type: object` beside a `$ref`: said twice
    if not own and len(parts) == 1:
        return _alone(reading, node, parts[0])
    return _together(reading, here, node, parts, own=bool(own))


def _alone(reading: Reading, node: Mapping, part: Here) -> Shape:
    """Return what a `$ref` with nothing but notes beside it is: the same type."""
    shape = reading.shape(part)
    text = described(node)
    if text and not isinstance(shape, ObjectShape):
        return shape.replace(description=text)
    return shape


def _together(
    reading: Reading, here: Here, node: Mapping, parts: list[Here], *, own: bool
) -> Shape | Draft:
    made: list[Shape | Draft] = [_part(reading, part) for part in parts]
    if own:
        made.append(_own(reading, here, node))
    drafts = [part for part in made if isinstance(part, Draft)]
    shapes = [part for part in made if not isinstance(part, Draft | AnyShape)]
    if drafts and not shapes:
        out = combine(reading, drafts, node.span)
        out.description = described(node) or out.description
        return out
    try:
        shape: Shape = AnyShape()
        for other in shapes:
            shape = merged(shape, other)
        reason = "one is an object with properties, another isn't" if drafts else ""
    except Conflict as error:
        reason = str(error)
    if reason:
        reading.say(
            CONTRADICTION,
            node.span,
            f"the parts of this schema don't go together: {reason} (at `{here.pointer}`)",
            help="write it as one schema",
        )
        return AnyShape()
    return shape.replace(description=described(node) or shape.description)


def _part(reading: Reading, here: Here) -> Shape | Draft:
    """Read a part of an `allOf`, once: not a class of its own, if it is an object."""
    if not isinstance(here.node, Mapping):
        return _shape(reading, here)
    if here.key in reading.parts:
        part = reading.parts[here.key]
        if part is None:
            message = f"`{here.pointer}` is a part of itself"
            reading.say(REF_LOOP, here.node.span, message)
        return part or AnyShape()
    reading.parts[here.key] = None
    _check_words(reading, here, here.node)
    reading.parts[here.key] = made = _gather_part(reading, here, here.node)
    return made


def _gather_part(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    ref = node.get("$ref")
    if isinstance(ref, Scalar) and not set(node.entries) - NOTES - {"$ref"}:
        target = reading.references.follow(here, ref)
        return AnyShape() if target is None else _part(reading, target)
    return _gather(reading, here, node)


def _own(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read the keywords of a schema without those that lead elsewhere."""
    if "oneOf" in node.entries or "anyOf" in node.entries:
        return read_union(reading, here, node)
    types = json_types(reading, here, node)
    choice = "enum" in node.entries or "const" in node.entries
    if types == ["object"] and not choice:
        return draft(reading, here, node)
    shapes = [_typed(reading, here, node, word) for word in types]
    if not shapes:
        return read_choice(reading, node, None) if choice else AnyShape(description=described(node))
    place = node.key("type").span if "type" in node.entries else node.span
    typed = union(reading, shapes, described(node), place)
    return read_choice(reading, node, typed) if choice else typed


def _typed(reading: Reading, here: Here, node: Mapping, word: str) -> Shape:
    match word:
        case "string":
            return read_string(reading, node)
        case "number" | "integer":
            return read_number(reading, node, integer=word == "integer")
        case "boolean":
            return BooleanShape(description=described(node))
        case "null":
            return NullShape(description=described(node))
        case "array":
            return _array(reading, here, node)
        case _:
            made = draft(reading, here, node)
            return finish(reading, here, made)


def _array(reading: Reading, here: Here, node: Mapping) -> ArrayShape:
    least, most = reading.integer(node, "minItems"), reading.integer(node, "maxItems")
    ordered(reading, node, ("minItems", least), ("maxItems", most))
    items = node.get("items")
    if items is not None and not isinstance(items, Scalar | Mapping):
        reading.say(
            UNSUPPORTED_KEYWORD,
            items.span,
            f"a list of `items` isn't supported yet (at `{here.pointer}`)",
            help=UNSUPPORTED["prefixItems"],
        )
        items = None
    return ArrayShape(
        description=described(node),
        items=AnyShape() if items is None else reading.shape(here.child(items, "items")),
        min_items=least or None,
        max_items=most,
        unique=reading.flag(node, "uniqueItems"),
    )
