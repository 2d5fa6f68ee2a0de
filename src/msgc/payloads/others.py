"""What is looked at from around: properties that nobody declared, and how texts are spelled.

The first their classes have to keep, the second have to stay text; else what a class wrote would be
judged otherwise than what it read. Most classes drop them, and most texts have a type of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from msgc.payloads.model import (
    ArrayShape,
    MapShape,
    ObjectShape,
    RefShape,
    Rules,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.specification import parts
from msgc.runtime.codec.regexes import Pattern
from msgc.tree import JsonValue

_IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
_OPEN = frozenset({
    "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
    "minProperties", "enum", "const",
})  # fmt: skip


def speaks_of_others(rules: Rules | None, known: AbstractSet[str]) -> bool:
    """Whether a rule of an object looks at properties that the object doesn't declare."""
    return rules is not None and _looks_at_others(rules.schema, known, asserted=True)


def _looks_at_others(schema: JsonValue, known: AbstractSet[str], *, asserted: bool) -> bool:
    """Look at one schema; `asserted` if every value must fit it, and it is no condition."""
    if not isinstance(schema, dict):
        return False
    if "$ref" in schema or _names_others(schema, known, asserted=asserted):
        return True
    return any(
        _looks_at_others(below, known, asserted=still)
        for below, still in _in_place(schema, asserted=asserted)
    )


def _names_others(schema: dict[str, JsonValue], known: AbstractSet[str], *, asserted: bool) -> bool:
    words = _OPEN & schema.keys()
    if asserted and schema.get("unevaluatedProperties") is False:  # then there are no others
        words -= {"unevaluatedProperties"}
    return bool(words) or not _mentioned(schema) <= known


def _in_place(schema: dict[str, JsonValue], *, asserted: bool) -> Iterator[tuple[JsonValue, bool]]:
    """Return the schemas that look at the same value."""
    for word in _IN_PLACE:
        value = schema.get(word)
        if isinstance(value, dict) and word == "dependentSchemas":
            value = list(value.values())
        for below in value if isinstance(value, list) else [value]:
            yield below, asserted and word == "allOf"


def _mentioned(schema: dict[str, JsonValue]) -> set[str]:
    """Return the properties that a schema names; one that must not be there need not be kept."""
    names: set[str] = set()
    lists = [schema.get("required")]
    for word in ("properties", "dependentRequired", "dependentSchemas"):
        entries = schema.get(word)
        if isinstance(entries, dict):
            names.update(name for name, below in entries.items() if below is not False)
            lists += entries.values()
    for each in lists:
        if isinstance(each, list):
            names.update(name for name in each if isinstance(name, str))
    return names


Looked = tuple[set[str], set[tuple[str, str]]]
"""Classes that must keep others, and fields of classes (by wire names) that must stay text."""


def looked_into(classes: Iterable[ObjectShape]) -> Looked:
    """Return what must be as it was read because of what is said around it."""
    looking = _Looking()
    for cls in classes:
        looking.around(cls, ("", ""))
    return looking.keeping, looking.spelled


class _Looking:
    """Follows rules down to the classes and the texts that they look into.

    `at` is the field that a value stands in, where it has no class of its own.
    """

    def __init__(self) -> None:
        self.keeping: set[str] = set()
        self.spelled: set[tuple[str, str]] = set()
        self._seen: set[tuple[Shape, int, bool, tuple[str, str]]] = set()
        self._whole: set[tuple[Shape, tuple[str, str]]] = set()
        self._definitions: dict[str, JsonValue] = {}

    def around(self, shape: Shape, at: tuple[str, str]) -> None:
        """Follow the rules of a shape, and of what it is made of without a class of its own."""
        if not isinstance(shape, RefShape) and shape.rules is not None:
            self._definitions = shape.rules.definitions
            self._follow(shape, shape.rules.schema, at, asserted=True)
        if isinstance(shape, ArrayShape) and shape.unique:
            self._keep_all(shape.items, at, texts=False)
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
        for below, still in _in_place(schema, asserted=asserted):
            self._follow(shape, below, at, asserted=still)
        if not {"enum", "const"}.isdisjoint(schema):
            self._keep_all(shape, at, texts=True)
        if isinstance(shape, ArrayShape) and schema.get("uniqueItems") is True:
            self._keep_all(shape.items, at, texts=True)
        if isinstance(shape, StringShape) and not _ABOUT_TEXT.isdisjoint(schema):
            self._keep_text(shape, at)
        if isinstance(shape, ObjectShape) and _names_others(
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

    def _keep_all(self, shape: Shape, at: tuple[str, str], *, texts: bool) -> None:
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
            self._keep_all(below, there, texts=texts)


_ABOUT_TEXT = frozenset({"pattern", "minLength", "maxLength"})


def as_text(shape: Shape) -> Shape:
    """Return a shape whose texts stay as they are spelled; classes in it are left alone."""
    match shape:
        case StringShape():
            return shape.replace(spelled=True)
        case ArrayShape():
            return shape.replace(items=as_text(shape.items))
        case MapShape():
            return shape.replace(values=as_text(shape.values))
        case UnionShape():
            return shape.replace(options=tuple(map(as_text, shape.options)))
        case _:
            return shape


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
    found = [patterns[pattern] for pattern in patterns if Pattern(pattern).found(name)]
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
