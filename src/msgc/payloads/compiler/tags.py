"""Tags of unions: required properties with constants, which tell the options apart.

Read from the schemas as they are written, since an option may be a recursive reference to a schema
that is still being compiled: a tree whose nodes are a union of leaves and branches.
"""

from __future__ import annotations

from itertools import combinations

from msgc.payloads.codes import BAD_KEYWORD_VALUE, IDLE_KEYWORD
from msgc.payloads.context import Context
from msgc.payloads.dialects import is_openapi
from msgc.payloads.documents import Subschema
from msgc.payloads.documents.references import composed_of, reference
from msgc.payloads.model import Hints, ObjectShape, RefShape, Shape, UnionShape
from msgc.payloads.specification import parts
from msgc.payloads.vocabulary import NOTES, REFERENCES, TYPE_OF
from msgc.tree import Mapping, Node, Scalar, Sequence

Values = frozenset[tuple[str, str]]
"""The constants that a property admits, each as its type and its text."""


class Constants:
    """The properties of an object that have constants, and which of them it requires."""

    def __init__(self, values: dict[str, Values], required: set[str]) -> None:
        self.values = values
        self.required = required


class Ambiguous(Exception):  # noqa: N818  # it is what two options are
    """Two options that can't be told apart, and why."""


def tag_of(context: Context, node: Mapping, options: list[tuple[Shape, Subschema]]) -> str | None:
    """Return the property that tells the objects apart, if there are several."""
    objects: dict[str, Constants] = {}
    for shape, below in options:
        if isinstance(shape, UnionShape):
            message = "one of the options is a union of objects itself"
            raise Ambiguous(message)
        if isinstance(shape, ObjectShape | RefShape):
            if shape.name in objects:
                message = "two options are the same object"
                raise Ambiguous(message)
            objects[shape.name] = _constants(context, below)
    wanted = _discriminator(context, node)
    if len(objects) < 2:
        return None
    every = list(objects.values())
    candidates = [name for name in every[0].values if _tells_apart(name, every)]
    candidates.sort(key=lambda name: any(name not in found.required for found in every))
    if wanted is not None and wanted.text not in candidates:
        # In OpenAPI its values name schemas, as a hint: what is valid is up to the options.
        if candidates and not is_openapi(options[0][1].document.root):
            message = f"`{wanted.text}` isn't a required property with a `const` in every option"
            context.say(IDLE_KEYWORD, wanted.span, message)
        wanted = None
    if not candidates:
        message = "nothing tells the options apart"
        raise Ambiguous(message)
    return wanted.text if wanted is not None else candidates[0]


def hints_of(
    context: Context, node: Mapping, word: str, options: list[tuple[Shape, Subschema]]
) -> Hints | None:
    """Return what OpenAPI's `discriminator` says of objects without a constant; None: nothing.

    Its values are the names of schemas, and those of `mapping`. Recursive objects aren't told
    apart so, since reading each of them at every level takes exponential time. In the description
    of an API the value chooses the schema, also where a `oneOf` would fit several ("a hint to
    shortcut validation and selection": OpenAPI 3.0.3, Discriminator Object).
    """
    wanted = node.get("discriminator")
    name = wanted.get("propertyName") if isinstance(wanted, Mapping) else None
    objects = [shape for shape, _ in options if isinstance(shape, ObjectShape)]
    if not isinstance(wanted, Mapping) or not isinstance(name, Scalar) or len(objects) < 2:
        return None
    if len({shape.name for shape in objects}) < len(objects):
        return None
    if any(_is_recursive(shape, set()) for shape, _ in options):
        return None
    mapping = wanted.get("mapping")
    named = mapping.entries.values() if isinstance(mapping, Mapping) else ()
    values: dict[str, tuple[str, ...]] = {}
    for option, (shape, _) in zip(context.some(node, word), options, strict=False):
        ref = reference(option) if isinstance(option, Mapping) else None
        if not isinstance(ref, Scalar) or not isinstance(shape, ObjectShape):
            continue
        schema = _last(ref)
        keys = [key.text for key, target in named if _last(target) == schema]
        values[shape.name] = tuple(dict.fromkeys([*keys, schema]))
    if not values:
        return None
    return Hints(
        property=name.text,
        values=values,
        exclusive=word == "oneOf",
        decides=is_openapi(options[0][1].document.root),
    )


def _last(target: Node) -> str:
    """Return the name of the schema that a reference leads to."""
    text = target.text if isinstance(target, Scalar) else ""
    return text.rpartition("/")[2].removesuffix(".json").removesuffix(".yaml")


def told_by_properties(context: Context, word: str, options: list[tuple[Shape, Subschema]]) -> bool:
    """Whether objects without a tag are told apart by properties that they require.

    Of `anyOf`, only those of which no value can fit two: it would be one of them, and lose what
    only the other declares. Recursive ones aren't: reading each option at every level takes
    exponential time.
    """
    objects = [(shape, below) for shape, below in options if is_class(shape)]
    names = {shape.name for shape, _ in objects if isinstance(shape, ObjectShape | RefShape)}
    if len(objects) < 2 or len(names) < len(objects):
        return False
    if any(_is_recursive(shape, set()) for shape, _ in objects):
        return False
    every = [_constants(context, below) for _, below in objects]
    if any(_tells_apart(name, every) for name in every[0].values):
        return False
    found = [_Properties(context, below) for _, below in objects]
    if word == "oneOf":
        return all(a.lacks(b) or b.lacks(a) for a, b in combinations(found, 2))
    return all(
        (a.closed and a.lacks(b)) or (b.closed and b.lacks(a)) for a, b in combinations(found, 2)
    )


_OF_OBJECTS = NOTES | {
    *("type", "allOf", *REFERENCES),
    *(word for word, kind in TYPE_OF.items() if kind == "object"),
}
"""Keywords of schemas that say nothing of values that are no objects, but for `type`."""


def only_objects_fit_one(context: Context, options: list[Subschema]) -> bool:
    """Whether what is no object can't fit just one of several schemas, since it fits two.

    So it is where two of them have no `type`, and say nothing but of objects.
    """
    loose = 0
    for option in options:
        nodes = [node for _, node in composed_of(context.references, option)]
        if not nodes or any(not node.entries.keys() <= _OF_OBJECTS for node in nodes):
            return False
        types = [node.get("type") for node in nodes if "type" in node.entries]
        if any(not isinstance(kind, Scalar) or kind.text != "object" for kind in types):
            return False
        if not types and not any("properties" in node.entries for node in nodes):
            return False
        loose += not types
    return loose > 1


def is_class(shape: Shape) -> bool:
    """Whether it is an object with a class."""
    return isinstance(shape, ObjectShape | RefShape)


def _is_recursive(shape: Shape, seen: set[Shape]) -> bool:
    """Whether it refers to a schema that it is part of, or that one around it is."""
    if isinstance(shape, RefShape):
        return True
    if shape in seen:
        return False
    seen.add(shape)
    return any(_is_recursive(part, seen) for part in parts(shape))


class _Properties:
    """The properties that an object declares and requires."""

    def __init__(self, context: Context, here: Subschema) -> None:
        self.declared: set[str] = set()
        self.required: set[str] = set()
        self.closed = False
        for _, node in composed_of(context.references, here):
            properties, names = node.get("properties"), node.get("required")
            if isinstance(properties, Mapping):
                self.declared |= properties.entries.keys()
            if isinstance(names, Sequence):
                self.required |= {name.text for name in names.items if isinstance(name, Scalar)}
            others = node.get("additionalProperties")
            closed = isinstance(others, Scalar) and others.value is False
            self.closed = self.closed or (closed and "patternProperties" not in node.entries)

    def lacks(self, other: _Properties) -> bool:
        """Whether another requires a property that this one doesn't declare."""
        return not other.required <= self.declared


def _tells_apart(name: str, objects: list[Constants]) -> bool:
    """Whether a property tells objects apart; one of them may do without it."""
    values = [value for found in objects for value in found.values.get(name, ())]
    absent = [found for found in objects if name not in found.required]
    declared = all(name in found.values for found in objects)
    return declared and len(absent) < 2 and len(values) == len(set(values))


def _discriminator(context: Context, node: Mapping) -> Scalar | None:
    value = node.get("discriminator")
    if value is None:
        return None
    name = value.get("propertyName") if isinstance(value, Mapping) else None
    if isinstance(name, Scalar):
        return name
    if isinstance(value, Scalar):  # as Swagger 2.0 has it, of parents
        return value
    message = "`discriminator` takes `{propertyName: <name>}`"
    context.say(BAD_KEYWORD_VALUE, value.span, message)
    return None


def _constants(context: Context, here: Subschema) -> Constants:
    """Return the properties of an object that have constants."""
    found: dict[str, Values] = {}
    required: set[str] = set()
    for _, node in composed_of(context.references, here):
        properties = node.get("properties")
        if isinstance(properties, Mapping):
            for key, schema in properties.items():
                values = _values(schema)
                if values:
                    found[key.text] = values
        names = node.get("required")
        if isinstance(names, Sequence):
            required |= {name.text for name in names.items if isinstance(name, Scalar)}
    return Constants(found, required)


def _values(schema: Node) -> frozenset[tuple[str, str]]:
    if not isinstance(schema, Mapping):
        return frozenset()
    const, enum = schema.get("const"), schema.get("enum")
    nodes = (const,) if const else enum.items if isinstance(enum, Sequence) else ()
    values = [node.value for node in nodes if isinstance(node, Scalar)]
    if len(values) < len(nodes) or None in values:
        return frozenset()
    return frozenset((type(value).__name__, str(value)) for value in values)
