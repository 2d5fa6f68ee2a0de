"""Properties that stand in the options of a `oneOf` or `anyOf` beside an object: fields of it, too.

Which of them may be there together is a rule, checked on the JSON value. A class has to take what
any of the options takes, so that its fields may be wider than each.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.fields import kinds_of
from msgc.payloads.model import (
    AnyShape,
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
from msgc.payloads.objects import Draft, Property
from msgc.payloads.places import Here, Key
from msgc.payloads.reading import Reading
from msgc.payloads.references import reference
from msgc.payloads.unions import Alike, union
from msgc.tree import Mapping, Scalar, Sequence


class _Option:
    """What one option says of properties."""

    def __init__(self, reading: Reading, here: Here) -> None:
        self.properties: dict[str, tuple[Scalar, Here]] = {}
        self.required: set[str] = set()
        self.closed = False
        for part in _parts(reading, here, set()):
            node = part.node
            if not isinstance(node, Mapping):
                continue
            properties, others = node.get("properties"), node.get("additionalProperties")
            for key, schema in properties.items() if isinstance(properties, Mapping) else ():
                below = part.child(schema, "properties", key.text)
                self.properties.setdefault(key.text, (key, below))
            names = node.get("required")
            if isinstance(names, Sequence):
                self.required |= {name.text for name in names.items if isinstance(name, Scalar)}
            closed = isinstance(others, Scalar) and others.value is False
            self.closed = self.closed or (closed and "patternProperties" not in node.entries)


def add_alternatives(reading: Reading, here: Here, node: Mapping, word: str, made: Draft) -> None:
    """Add the properties of all options to an object that may have them, and has none of them."""
    if made.closed or made.rest is not None or "patternProperties" in node.entries:
        return  # which says what they are
    options = [
        _Option(reading, here.child(option, word, i))
        for i, option in enumerate(reading.some(node, word))
    ]
    found: dict[str, Scalar] = {}
    for option in options:
        for name, (key, _) in option.properties.items():
            found.setdefault(name, key)
    for name, key in found.items():
        if name in made.properties or name in made.forbidden:
            continue
        shape = _shape(reading, name, options)
        made.properties[name] = Property(shape, Scalar("", key.span), key.span)
        if all(name in option.required for option in options):
            made.required.setdefault(name, key.span)


def _shape(reading: Reading, name: str, options: list[_Option]) -> Shape:
    """Return what admits all that one of the options admits as a property."""
    shapes = [
        reading.shape(option.properties[name][1]) for option in options if name in option.properties
    ]
    shapes = list(dict.fromkeys(shapes))
    everywhere = all(name in option.properties or option.closed for option in options)
    classes = [shape for shape in shapes if isinstance(shape, ObjectShape | RefShape)]
    if everywhere and len(classes) < 2:
        try:
            return shapes[0] if len(shapes) == 1 else union(shapes, shapes[0].description)
        except Alike:
            pass
    # Where the option that fits says nothing of it, it may be anything.
    kinds = dict.fromkeys(kind for shape in shapes for kind in sorted(kinds_of(shape)))
    wide = [_WIDE[kind] for kind in kinds]
    if any(isinstance(shape, AnyShape) for shape in shapes):
        wide = []
    description = shapes[0].description
    return UnionShape(description=description, options=(*wide, AnyShape())) if wide else AnyShape()


_WIDE: dict[str, Shape] = {
    "string": StringShape(),
    "number": NumberShape(),
    "boolean": BooleanShape(),
    "null": NullShape(),
    "array": ArrayShape(items=AnyShape()),
    "object": MapShape(values=AnyShape()),
}


def _parts(reading: Reading, here: Here, seen: set[Key]) -> Iterator[Here]:
    """Yield a schema and what it is made of by `$ref` and `allOf`, each once."""
    node = here.node
    if not isinstance(node, Mapping) or here.key in seen:
        return
    seen.add(here.key)
    yield here
    ref = reference(node)
    target = reading.references.follow(here, ref) if isinstance(ref, Scalar) else None
    if target is not None:
        yield from _parts(reading, target, seen)
    parts = node.get("allOf")
    for i, part in enumerate(parts.items if isinstance(parts, Sequence) else ()):
        yield from _parts(reading, here.child(part, "allOf", i), seen)
