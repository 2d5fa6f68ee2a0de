"""What classes must preserve for constraints around them: undeclared properties, spelled texts.

Most classes drop undeclared properties, and most texts with a format have a type of their own.
Where a constraint looks at either, what a class writes must be judged as what it read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.payloads.model import (
    ArrayShape,
    MapShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.objects.undeclared_properties import in_place, names_undeclared
from msgc.payloads.specification import parts
from msgc.runtime.codec.patterns.engines import pattern_of
from msgc.tree import JsonValue

Preserved = tuple[set[str], set[tuple[str, str]]]
"""Classes that must keep undeclared properties; fields, by class and wire name, that stay text."""


def preserved(classes: Iterable[ObjectShape]) -> Preserved:
    """Return what classes must preserve, because a constraint around it may look at it."""
    inspection = _Inspection()
    for cls in classes:
        inspection.around(cls, ("", ""))
    return inspection.keeping, inspection.spelled


def all_preserved(message: ObjectShape) -> Preserved:
    """Return what all classes of a message must preserve, because its whole JSON is looked at."""
    inspection = _Inspection()
    inspection.keep_all(message, ("", ""), texts=True)
    return inspection.keeping, inspection.spelled


class _Inspection:
    """Follows constraints down to the classes and the texts that they look at.

    `at` is the field that a value stands in, where it has no class of its own.
    """

    def __init__(self) -> None:
        self.keeping: set[str] = set()
        self.spelled: set[tuple[str, str]] = set()
        self._seen: set[tuple[Shape, int, bool, tuple[str, str]]] = set()
        self._whole: set[tuple[Shape, tuple[str, str]]] = set()
        self._definitions: dict[str, JsonValue] = {}

    def around(self, shape: Shape, at: tuple[str, str]) -> None:
        """Follow the constraints of a shape, and of its parts that have no class of their own."""
        if not isinstance(shape, RefShape) and shape.constraints is not None:
            self._definitions = shape.constraints.definitions
            self._follow(shape, shape.constraints.schema, at, asserted=True)
        if isinstance(shape, ArrayShape) and shape.unique:
            self.keep_all(shape.items, at, texts=False)
        for below, there in _parts(shape, at):
            if not isinstance(below, ObjectShape | RefShape):
                self.around(below, there)

    def _follow(
        self, shape: Shape, schema: JsonValue, at: tuple[str, str], *, asserted: bool
    ) -> None:
        """Let a schema look at a value of a shape."""
        if isinstance(shape, RefShape):
            shape = shape.target
        key = (shape, id(schema), asserted, at)
        if not isinstance(schema, dict) or key in self._seen:
            return
        self._seen.add(key)
        name = schema.get("$ref")
        if isinstance(name, str):
            self._follow(shape, self._definitions.get(name), at, asserted=asserted)
        for below, still in in_place(schema, asserted=asserted):
            self._follow(shape, below, at, asserted=still)
        if not {"enum", "const"}.isdisjoint(schema):
            self.keep_all(shape, at, texts=True)
        if isinstance(shape, ArrayShape) and schema.get("uniqueItems") is True:
            self.keep_all(shape.items, at, texts=True)
        if isinstance(shape, StringShape) and not _ABOUT_TEXT.isdisjoint(schema):
            self._keep_text(shape, at)
        if isinstance(shape, ObjectShape) and names_undeclared(
            schema, {field.wire for field in shape.fields}, asserted=asserted
        ):
            self._keep(shape)
        for part, below, there in _inside(shape, schema, at):
            self._follow(part, below, there, asserted=False)

    def _keep(self, shape: ObjectShape) -> None:
        if shape.rest is None and not shape.closed:
            self.keeping.add(shape.name)

    def _keep_text(self, shape: StringShape, at: tuple[str, str]) -> None:
        if not shape.spelled and (shape.own_type is not None or shape.decimal):
            self.spelled.add(at)

    def keep_all(self, shape: Shape, at: tuple[str, str], *, texts: bool) -> None:
        """Keep everything, as where values are compared."""
        if isinstance(shape, RefShape):
            shape = shape.target
        if (shape, at) in self._whole:
            return
        self._whole.add((shape, at))
        if isinstance(shape, ObjectShape):
            self._keep(shape)
        if isinstance(shape, StringShape) and texts:
            self._keep_text(shape, at)
        for below, there in _parts(shape, at):
            self.keep_all(below, there, texts=texts)


_ABOUT_TEXT = frozenset({"pattern", "minLength", "maxLength"})


def _parts(shape: Shape, at: tuple[str, str]) -> Iterator[tuple[Shape, tuple[str, str]]]:
    """Return what a shape is made of, each with the field that it stands in."""
    if isinstance(shape, ObjectShape):
        for field in (*shape.fields, shape.rest) if shape.rest else shape.fields:
            yield field.shape, (shape.name, field.wire)
    else:
        yield from ((below, at) for below in parts(shape))


def _inside(
    shape: Shape, schema: dict[str, JsonValue], at: tuple[str, str]
) -> Iterator[tuple[Shape, JsonValue, tuple[str, str]]]:
    """Return what a value is made of, with the schemas that look at it."""
    match shape:
        case ObjectShape():
            for field in shape.fields:
                there = (shape.name, field.wire)
                for below in _of_property(schema, field.wire):
                    yield field.shape, below, there
            if shape.rest is not None:
                yield from _inside(shape.rest.shape, schema, (shape.name, shape.rest.wire))
        case MapShape():
            yield from ((shape.values, below, at) for below in _of_any_property(schema))
        case ArrayShape():
            yield from ((shape.items, below, at) for below in _of_items(schema))
        case UnionShape():
            yield from ((option, schema, at) for option in shape.options)
        case _:
            pass


def _of_property(schema: dict[str, JsonValue], name: str) -> Iterator[JsonValue]:
    """Return the schemas that look at a property."""
    named, patterns = _table(schema, "properties"), _table(schema, "patternProperties")
    found = [patterns[pattern] for pattern in patterns if pattern_of(pattern).found(name)]
    if name in named:
        found.append(named[name])
    yield from found
    if not found:
        yield schema.get("additionalProperties")
    yield schema.get("unevaluatedProperties")


def _of_any_property(schema: dict[str, JsonValue]) -> Iterator[JsonValue]:
    yield from _table(schema, "properties").values()
    yield from _table(schema, "patternProperties").values()
    yield schema.get("additionalProperties")
    yield schema.get("unevaluatedProperties")


def _of_items(schema: dict[str, JsonValue]) -> Iterator[JsonValue]:
    prefix = schema.get("prefixItems")
    yield from prefix if isinstance(prefix, list) else ()
    yield schema.get("items")
    yield schema.get("contains")
    yield schema.get("unevaluatedItems")


def _table(schema: dict[str, JsonValue], word: str) -> dict[str, JsonValue]:
    entries = schema.get(word)
    return entries if isinstance(entries, dict) else {}
