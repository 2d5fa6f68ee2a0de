"""Properties declared in the options of a `oneOf` or `anyOf`, as fields of the object beside it.

Which of them may be there together is a constraint, checked on the JSON value. The class must take
what any of the options takes, so that its fields may be wider than those of each.
"""

from __future__ import annotations

from msgc.payloads.compiler.tags import Ambiguous
from msgc.payloads.compiler.unions import union
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.documents.references import composed_of
from msgc.payloads.fields import kinds_of
from msgc.payloads.keywords.python_words import is_sensitive
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
from msgc.payloads.objects.draft import Draft, Property
from msgc.tree import Mapping, Scalar, Sequence


class _Option:
    """The properties that one option declares and requires."""

    def __init__(self, context: Context, here: Subschema) -> None:
        self.properties: dict[str, tuple[Scalar, Subschema]] = {}
        self.required: set[str] = set()
        self.closed = False
        for part, node in composed_of(context.references, here):
            properties, others = node.get("properties"), node.get("additionalProperties")
            for key, schema in properties.items() if isinstance(properties, Mapping) else ():
                below = part.child(schema, "properties", key.text)
                self.properties.setdefault(key.text, (key, below))
            names = node.get("required")
            if isinstance(names, Sequence):
                self.required |= {name.text for name in names.items if isinstance(name, Scalar)}
            closed = isinstance(others, Scalar) and others.value is False
            self.closed = self.closed or (closed and "patternProperties" not in node.entries)


def add_alternatives(
    context: Context, here: Subschema, node: Mapping, word: str, made: Draft
) -> None:
    """Add the properties of all options to an object that doesn't declare or forbid them."""
    if made.closed or made.rest is not None or "patternProperties" in node.entries:
        return  # which says what they are
    options = [
        _Option(context, here.child(option, word, i))
        for i, option in enumerate(context.some(node, word))
    ]
    found: dict[str, Scalar] = {}
    for option in options:
        for name, (key, _) in option.properties.items():
            found.setdefault(name, key)
    for name, key in found.items():
        if name in made.properties or name in made.forbidden:
            continue
        shape = _shape(context, name, options)
        hidden = any(
            is_sensitive(context, option.properties[name][1])
            for option in options
            if name in option.properties
        )
        made.properties[name] = Property(shape, Scalar("", key.span), key.span, sensitive=hidden)
        if all(name in option.required for option in options):
            made.required.setdefault(name, key.span)


def _shape(context: Context, name: str, options: list[_Option]) -> Shape:
    """Return a shape that admits all values that some option admits for a property."""
    shapes = [
        context.shape(option.properties[name][1]) for option in options if name in option.properties
    ]
    shapes = list(dict.fromkeys(shapes))
    everywhere = all(name in option.properties or option.closed for option in options)
    classes = [shape for shape in shapes if isinstance(shape, ObjectShape | RefShape)]
    if everywhere and len(classes) < 2:
        try:
            return shapes[0] if len(shapes) == 1 else union(shapes, shapes[0].description)
        except Ambiguous:
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
