"""`allOf`, and keywords beside a `$ref`: several schemas that all hold, as one shape."""

from __future__ import annotations

from msgc.payloads.codes import CONTRADICTION, UNSUPPORTED_KEYWORD
from msgc.payloads.identifiers import field_names
from msgc.payloads.model import AnyShape, Field, MapShape, ObjectShape, RefShape, Shape
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import Here
from msgc.tree import Mapping, Scalar, Sequence


def merged(reading: Reading, here: Here, node: Mapping, shapes: list[Shape]) -> Shape:
    """Return the one shape that all of these are; objects get each other's properties."""
    said = [s for s in shapes if not isinstance(s, AnyShape) and not _says_nothing(s)]
    if not said:
        return shapes[0] if shapes else AnyShape(description=described(node))
    if len(said) == 1 and not reading.names.is_message(here):
        return said[0]
    objects = [s.target if isinstance(s, RefShape) else s for s in said if not _open(s)]
    if all(isinstance(s, ObjectShape) for s in objects) and objects:
        parts = [s for s in objects if isinstance(s, ObjectShape)]
        return _object(reading, here, node, parts)
    reading.say(
        UNSUPPORTED_KEYWORD,
        node.span,
        f"schemas that are no objects can't be combined, at `{here.pointer}`",
        help="write one schema with all of the keywords",
    )
    return said[0]


def _says_nothing(shape: Shape) -> bool:
    """Whether it is `type: object` beside an `allOf`, which the parts say better."""
    return isinstance(shape, MapShape) and isinstance(shape.values, AnyShape)


def _open(shape: Shape) -> bool:
    return isinstance(shape, MapShape)


def _object(reading: Reading, here: Here, node: Mapping, parts: list[ObjectShape]) -> ObjectShape:
    fields: dict[str, Field] = {}
    required = {f.wire for part in parts for f in part.fields if f.required} | _required(node)
    for part in parts:
        for field in part.fields:
            before = fields.get(field.wire)
            if before is None or isinstance(before.shape, AnyShape):
                fields[field.wire] = field
            elif not isinstance(field.shape, AnyShape) and field.shape is not before.shape:
                reading.say(
                    UNSUPPORTED_KEYWORD,
                    field.span,
                    f"`{field.wire}` has a schema in two parts of an `allOf`, at `{here.pointer}`",
                    help="say all of it in one of them",
                )
    for part in parts:
        own = {field.wire for field in part.fields}
        strange = [wire for wire in fields if wire not in own]
        if part.closed and strange:
            reading.say(
                CONTRADICTION,
                part.span,
                f"`additionalProperties: false` here forbids `{strange[0]}` of another part",
                help="take it out of the parts of the `allOf`",
            )
    python = field_names(fields)
    # The parts stay classes only where something else refers to them.
    name = reading.names.give(here)
    shape = ObjectShape(
        name=name,
        description=described(node) or next((p.description for p in parts if p.description), ""),
        fields=tuple(
            f.replace(python=python[f.wire], required=f.wire in required) for f in fields.values()
        ),
        closed=any(part.closed for part in parts),
        rest=next((part.rest for part in parts if part.rest), None),
        span=node.span,
    )
    reading.classes[name] = shape
    return shape


def _required(node: Mapping) -> set[str]:
    written = node.get("required")
    items = written.items if isinstance(written, Sequence) else ()
    return {item.text for item in items if isinstance(item, Scalar)}
