"""Object drafts, turned into classes with their fields, or into maps."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import BAD_DEFAULT, CONTRADICTION, UNDECLARED_REQUIRED
from msgc.payloads.constraints import both
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.identifiers import field_names, unique
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Field,
    MapShape,
    NumberShape,
    ObjectShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.objects.draft import Draft, Property
from msgc.payloads.objects.undeclared_properties import mentions_undeclared
from msgc.payloads.validation import problem_of
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Scalar, to_json


def finish(context: Context, here: Subschema, made: Draft) -> ObjectShape | MapShape:
    """Turn a draft into a class, or into a map where no property is known."""
    is_message = context.names.is_message(here)
    for add in made.deferred:
        add(made)
    _declare_required(context, made, is_message=is_message)
    if not made.properties and made.closed is None and not is_message:
        return MapShape(
            description=made.description,
            values=made.rest or AnyShape(),
            min_properties=made.least or None,
            max_properties=made.most,
            constraints=made.constraints,
        )
    names = field_names(made.properties, methods=is_message)
    values, tacit = _undeclared(context, here, made)
    spelled = {wire for key, wire in context.learned.spelled if key == here.key}
    for wire in spelled & made.properties.keys():
        made.properties[wire].shape = _as_text(made.properties[wire].shape)
    if values is not None and "" in spelled:
        values = _as_text(values)
    fields: list[Field] = []
    for wire, prop in made.properties.items():
        fields.append(_field(context, wire, names[wire], prop, required=wire in made.required))
    given = context.names.given(here)
    shape = ObjectShape(
        name=given.name,
        short=given.short,
        origin=given.origin,
        description=made.description,
        fields=tuple(fields),
        closed=made.closed is not None,
        rest=_rest(made.span, names, values) if values and made.closed is None else None,
        tacit=tacit,
        min_properties=made.least or None,
        max_properties=made.most,
        constraints=made.constraints,
        alternatives=made.alternatives,
        span=made.span,
    )
    context.classes[shape.name] = shape
    return shape


def _undeclared(context: Context, here: Subschema, made: Draft) -> tuple[Shape | None, bool]:
    """Return what undeclared properties are, if they are kept; and whether they are so tacitly.

    They are kept where it matters: to a constraint, or to how many there must be at least.
    """
    bare = not made.properties and made.closed is None
    constraints = both(made.constraints, made.beside)
    mentioned = bare or mentions_undeclared(constraints, made.properties.keys())
    counted = (made.least or 0) > len(made.required)
    keeps = made.keeps if context.extra is None else context.extra == "keep"
    kept = keeps or counted or here.key in context.learned.keeping
    tacit = kept and not mentioned
    values = made.rest or (AnyShape() if mentioned or tacit else None)
    return values, tacit and made.rest is None


def _as_text(shape: Shape) -> Shape:
    """Return a shape whose texts stay as they are spelled; classes in it are left alone."""
    match shape:
        case StringShape():
            return shape.replace(spelled=True)
        case ArrayShape():
            return shape.replace(items=_as_text(shape.items))
        case MapShape():
            return shape.replace(values=_as_text(shape.values))
        case UnionShape():
            return shape.replace(options=tuple(map(_as_text, shape.options)))
        case _:
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


def _field(context: Context, wire: str, python: str, prop: Property, *, required: bool) -> Field:
    shape = prop.shape
    inherited = "" if isinstance(shape, ObjectShape) else shape.description
    node = prop.node if isinstance(prop.node, Mapping) else None
    if node is not None and _SAID.isdisjoint(node.entries):
        node = None
    null, default = (False, None) if node is None else _default(context, node, shape)
    return Field(
        wire=wire,
        python=python,
        shape=shape,
        required=required,
        description=inherited if node is None else described(node) or inherited,
        default=default,
        null_by_default=null,
        deprecated=node is not None and context.flag(node, "deprecated"),
        sensitive=prop.sensitive,
        span=prop.span,
    )


_SAID = frozenset({"description", "default", "deprecated"})
"""What a property says for its field."""


def _default(context: Context, node: Mapping, shape: Shape) -> tuple[bool, JsonValue]:
    """Return the default where a class can have it, or that it is null.

    A class can have a plain value and an empty list.
    """
    default = node.get("default")
    if default is None:
        return False, None
    value = to_json(default)
    wrong = problem_of(shape)(value)
    if wrong is not None:
        context.say(BAD_DEFAULT, default.span, f"the default doesn't fit, and is left out: {wrong}")
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


def _declare_required(context: Context, made: Draft, *, is_message: bool) -> None:
    """Give every required property a declaration: most often, a name was misspelled."""
    if made.required.keys() <= made.properties.keys() and not made.forbidden:
        return
    known = list(made.properties)
    for name, span in made.required.items():
        if name in made.forbidden:
            message = f"`{name}` is required, and its schema is `false`: it must not be there"
            context.say(CONTRADICTION, span, message)
        if name in made.properties:
            continue
        if not known:
            help_: str | None = "declare it there, `{}` is any value"
        else:  # looking for the nearest takes its time
            help_ = did_you_mean(name, known) if len(made.properties) < len(known) + 20 else None
        if made.closed is not None and name not in made.forbidden:
            message = f"`{name}` is required, but this closed object doesn't have it"
            context.say(CONTRADICTION, span, message, help=help_)
            continue
        if (known or is_message) and name not in made.forbidden:
            message = f"`{name}` is required, but not declared in `properties`"
            context.say(UNDECLARED_REQUIRED, span, message, help=help_)
        made.properties[name] = Property(made.rest or AnyShape(), Scalar("", span), span)
