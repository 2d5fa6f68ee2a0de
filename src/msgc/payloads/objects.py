"""Objects: properties, what else they may have, and `allOf` merged into one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from msgc.diagnostics import did_you_mean
from msgc.payloads.checking import problem_of
from msgc.payloads.codes import (
    BAD_DEFAULT,
    CONTRADICTION,
    TOO_MANY_PARTS,
    UNDECLARED_REQUIRED,
)
from msgc.payloads.identifiers import field_names, unique
from msgc.payloads.keywords import MOST_TYPED_PARTS
from msgc.payloads.merge import Conflict, Contradiction, merged
from msgc.payloads.model import (
    AnyShape,
    BooleanShape,
    Field,
    MapShape,
    NumberShape,
    ObjectShape,
    Rules,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.others import as_text, speaks_of_others
from msgc.payloads.places import Here
from msgc.payloads.reading import Reading, described
from msgc.payloads.rules import both, ruled
from msgc.payloads.telling import is_anything
from msgc.payloads.translate import rules_of
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar, to_json

_OTHERS = ("additionalProperties", "unevaluatedProperties")
_OPEN = frozenset({"additionalProperties", "patternProperties"})


class Property:
    """A property as it is put together from the parts of an `allOf`."""

    __slots__ = ("node", "places", "shape", "span")

    def __init__(self, shape: Shape, node: Node, span: Span, places: tuple[Here, ...] = ()) -> None:
        self.shape = shape
        self.node = node
        self.span = span
        self.places = places
        """All schemas that it must fit."""


class Draft:
    """An object that isn't a class yet."""

    __slots__ = (
        "beside", "closed", "description", "forbidden", "keeps", "later", "least", "most",
        "open", "properties", "required", "rest", "rest_at", "rules", "span",
    )  # fmt: skip

    def __init__(self, span: Span) -> None:
        self.span = span
        self.description = ""
        self.properties: dict[str, Property] = {}
        self.required: dict[str, Span] = {}
        self.forbidden: dict[str, None] = {}
        """Properties whose schema is `false`."""
        self.closed: Span | None = None
        """Where it says `additionalProperties: false`."""
        self.rest: Shape | None = None
        """What other properties are, if there may be any that must be kept."""
        self.rest_at: tuple[Here, ...] = ()
        self.keeps = False
        """Whether it says that there may be others: what is said of is kept."""
        self.open = False
        """Whether a part has something to say of properties that aren't declared."""
        self.rules: Rules | None = None
        self.beside: Rules | None = None
        """What a union, of which the object is an option, says of it."""
        self.least: int | None = None
        self.most: int | None = None
        self.later: list[Callable[[Draft], None]] = []
        """What adds to it, once all parts are there."""


def draft(reading: Reading, here: Here, node: Mapping) -> Draft:
    """Read the object keywords of one schema."""
    out = Draft(node.span)
    out.description = described(node)
    for key, value in reading.entries(node, "properties"):
        if isinstance(value, Scalar) and value.value is False:
            out.forbidden[key.text] = None
            continue
        below = here.child(value, "properties", key.text)
        out.properties[key.text] = Property(reading.shape(below), value, key.span, (below,))
    if out.forbidden:  # they must not be there, which is a rule
        absent: JsonValue = {"properties": dict.fromkeys(out.forbidden, False)}
        out.rules = Rules(schema=absent, definitions=reading.definitions)
    out.required = reading.property_names(node, "required")
    others = node.get("additionalProperties")
    if others is not None and "patternProperties" not in node.entries:  # else it is a rule
        if isinstance(others, Scalar) and isinstance(others.value, bool):
            out.closed = None if others.value else others.span
        else:
            below = here.child(others, "additionalProperties")
            out.rest, out.rest_at = reading.shape(below), (below,)
    out.keeps = any(is_anything(node.get(word)) for word in _OTHERS)
    opened = out.keeps or not _OPEN.isdisjoint(node.entries)
    out.open = opened and out.closed is None
    out.least = reading.integer(node, "minProperties")
    out.most = reading.integer(node, "maxProperties")
    return out


def combine(reading: Reading, drafts: list[Draft], span: Span) -> Draft:
    """Merge the parts of an `allOf` into one object."""
    out = Draft(span)
    for part in drafts:
        out.description = part.description or out.description
        for name, prop in part.properties.items():
            out.properties[name] = _both(reading, name, out.properties.get(name), prop)
        out.required.update(part.required)
        out.forbidden |= part.forbidden
        out.closed = out.closed or part.closed
        if part.rest is not None:
            places = _places(out.rest_at, part.rest_at)
            out.rest = _merged(reading, span, out.rest or AnyShape(), part.rest, places)
            out.rest_at = places
        out.open = out.open or part.open
        out.keeps = out.keeps or part.keeps
        out.later += part.later
        out.rules = both(out.rules, part.rules)
        out.least = max((n for n in (out.least, part.least) if n is not None), default=None)
        out.most = min((n for n in (out.most, part.most) if n is not None), default=None)
    if sum(part.rest is not None for part in drafts) > MOST_TYPED_PARTS:
        message = f"more than {MOST_TYPED_PARTS} schemas of an `allOf` type what others declare"
        help_ = "leave `additionalProperties` to one of them"
        reading.say(TOO_MANY_PARTS, span, message, help=help_)
        return out
    for part in drafts:
        _apply_to_others(reading, part, out)
    return out


def _apply_to_others(reading: Reading, part: Draft, whole: Draft) -> None:
    """Let a part's `additionalProperties` say what it says of the properties of the others."""
    others = (pair for pair in whole.properties.items() if pair[0] not in part.properties)
    if part.closed is not None:
        few = [f"`{name}`" for name, _ in islice(others, 3)]
        if few:
            reading.say(
                CONTRADICTION,
                part.closed,
                f"this forbids {', '.join(few)}, which another part of the `allOf` declares",
                help="leave it out here",
            )
    elif part.rest is not None:
        for name, prop in others:
            prop.places = _places(prop.places, part.rest_at)
            prop.shape = _merged(reading, prop.span, prop.shape, part.rest, prop.places, name)


def finish(reading: Reading, here: Here, made: Draft) -> ObjectShape | MapShape:
    """Turn a draft into a class, or into a map where no property is known."""
    is_message = reading.names.is_message(here)
    for add in made.later:
        add(made)
    _declare_required(reading, made, is_message=is_message)
    bare = not made.properties and made.closed is None
    if bare and not is_message:
        return MapShape(
            description=made.description,
            values=made.rest or AnyShape(),
            min_properties=made.least or None,
            max_properties=made.most,
            rules=made.rules,
        )
    names = field_names(made.properties)
    # What nobody declared is kept where it matters: to a rule, to how many there must be at least.
    rules = both(made.rules, made.beside)
    spoken_of = bare or speaks_of_others(rules, made.properties.keys())
    counted = (made.least or 0) > len(made.required)
    kept = made.keeps or counted or here.key in reading.learned.keeping
    tacit = not spoken_of and kept
    values = made.rest or (AnyShape() if spoken_of or tacit else None)
    spelled = {wire for key, wire in reading.learned.spelled if key == here.key}
    for wire in spelled & made.properties.keys():
        made.properties[wire].shape = as_text(made.properties[wire].shape)
    if values is not None and "" in spelled:
        values = as_text(values)
    fields: list[Field] = []
    for wire, prop in made.properties.items():
        fields.append(_field(reading, wire, names[wire], prop, required=wire in made.required))
    shape = ObjectShape(
        name=reading.names.give(here),
        description=made.description,
        fields=tuple(fields),
        closed=made.closed is not None,
        rest=_rest(made.span, names, values) if values and made.closed is None else None,
        tacit=tacit and made.rest is None,
        min_properties=made.least or None,
        max_properties=made.most,
        rules=made.rules,
        span=made.span,
    )
    reading.classes[shape.name] = shape
    return shape


def _rest(span: Span, names: dict[str, str], values: Shape) -> Field:
    return Field(
        wire="",
        python=unique("additional_properties", names.values(), "_"),
        shape=MapShape(values=values),
        required=False,
        description="All other properties.",
        span=span,
    )


def _field(reading: Reading, wire: str, python: str, prop: Property, *, required: bool) -> Field:
    shape = prop.shape
    inherited = "" if isinstance(shape, ObjectShape) else shape.description
    node = prop.node if isinstance(prop.node, Mapping) else None
    if node is not None and _SAID.isdisjoint(node.entries):
        node = None
    null, default = (False, None) if node is None else _default(reading, node, shape)
    return Field(
        wire=wire,
        python=python,
        shape=shape,
        required=required,
        description=inherited if node is None else described(node) or inherited,
        default=default,
        null_by_default=null,
        deprecated=node is not None and reading.flag(node, "deprecated"),
        span=prop.span,
    )


_SAID = frozenset({"description", "default", "deprecated"})
"""What a property says for its field."""


def _default(reading: Reading, node: Mapping, shape: Shape) -> tuple[bool, JsonValue]:
    """Return the default where a class can have it, or that it is null.

    A class can have a plain value and an empty list.
    """
    default = node.get("default")
    if default is None:
        return False, None
    value = to_json(default)
    wrong = problem_of(shape)(value)
    if wrong is not None:
        reading.say(BAD_DEFAULT, default.span, f"the default doesn't fit, and is left out: {wrong}")
        return False, None
    plain = isinstance(default, Scalar) and _is_plain(shape)
    return value is None, value if plain or value == [] else None


def _is_plain(shape: Shape) -> bool:
    """Whether the plain values of a shape are in Python what they are in JSON, or have a type."""
    if isinstance(shape, UnionShape):
        return not any(
            isinstance(option, StringShape | NumberShape)
            and (option.decimal or (isinstance(option, StringShape) and option.own_type))
            for option in shape.options
        )
    return isinstance(shape, StringShape | NumberShape | BooleanShape | AnyShape)


def _declare_required(reading: Reading, made: Draft, *, is_message: bool) -> None:
    """Give every required property a declaration: most often, a name was misspelled."""
    if made.required.keys() <= made.properties.keys() and not made.forbidden:
        return
    known = list(made.properties)
    for name, span in made.required.items():
        if name in made.forbidden:
            message = f"`{name}` is required, and its schema is `false`: it must not be there"
            reading.say(CONTRADICTION, span, message)
        if name in made.properties:
            continue
        if not known:
            help_: str | None = "declare it there, `{}` is any value"
        else:  # looking for the nearest takes its time
            help_ = did_you_mean(name, known) if len(made.properties) < len(known) + 20 else None
        if made.closed is not None and name not in made.forbidden:
            message = f"`{name}` is required, but this closed object doesn't have it"
            reading.say(CONTRADICTION, span, message, help=help_)
            continue
        if (known or is_message) and name not in made.forbidden:
            message = f"`{name}` is required, but not declared in `properties`"
            reading.say(UNDECLARED_REQUIRED, span, message, help=help_)
        made.properties[name] = Property(made.rest or AnyShape(), Scalar("", span), span)


def _places(first: tuple[Here, ...], second: tuple[Here, ...]) -> tuple[Here, ...]:
    """Return the schemas of both, each once: parts may come in twice and twice again."""
    return tuple({here.key: here for here in (*first, *second)}.values())


def _both(reading: Reading, name: str, first: Property | None, second: Property) -> Property:
    if first is None:
        return Property(second.shape, second.node, second.span, second.places)
    places = _places(first.places, second.places)
    shape = _merged(reading, second.span, first.shape, second.shape, places, name)
    node = first.node if described(first.node) and not described(second.node) else second.node
    return Property(shape, node, first.span, places)


def _merged(  # noqa: PLR0913, PLR0917  # two shapes, and where they are from
    reading: Reading,
    span: Span,
    first: Shape,
    second: Shape,
    places: tuple[Here, ...],
    name: str = "",
) -> Shape:
    """Merge two shapes; what can't be said as one is checked part by part."""
    try:
        return merged(first, second)
    except Contradiction as error:
        where = f" of `{name}`" if name else ""
        reading.say(
            CONTRADICTION,
            span,
            f"the declarations{where} in the parts of the `allOf` don't go together: {error}",
            help="write it once, as it should be",
        )
        return first
    except Conflict:
        shape: Shape = AnyShape()
        for place in places:
            shape = ruled(shape, rules_of(reading, place))
        return shape
