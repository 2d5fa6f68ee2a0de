"""The codec specification of a shape: printed in generated code, and run by `validation`."""

from __future__ import annotations

from functools import lru_cache

from msgc.payloads.calls import Argument, Call, ClassName, Data, Definitions, Regex, call
from msgc.payloads.constraints import both, reachable_definitions
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Constraints,
    Field,
    Hints,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.runtime.codec.patterns.engines import LINEAR, has_categories

_RULES = "keywords.rules"
_LIBRARY = "keywords.library"
_LEAF_SHAPES = (StringShape, NumberShape)
_NAMED = (ObjectShape, RefShape)


@lru_cache(maxsize=100)
def specification(shape: ObjectShape) -> Call:
    """Return what a class declares as its `__codec__`: asked for more than once a module."""
    fields: list[Call] = []
    for field in shape.fields:
        if field.has_default:
            declared = _declared(field.wire, field.shape, field.python, required=False)
            declared.options["default"] = Data(value=field.default)
        elif isinstance(field.shape, _LEAF_SHAPES):
            declared = _declared_leaf(field.wire, field.shape, field.python, field.required)
        elif field.is_told_from_null:
            name = field.python if field.python != field.wire else None
            value = spec(field.shape)
            declared = call("optional", field.wire, value, module="unset", name=name)
        else:
            declared = _declared(field.wire, field.shape, field.python, field.required)
        fields.append(declared)
    return call(
        "Object",
        *fields,
        closed=shape.closed or None,
        rest=_rest(shape.rest) if shape.rest else None,
        min_properties=shape.min_properties,
        max_properties=shape.max_properties,
        rules=_rules(shape),
    )


def _rules(shape: ObjectShape) -> Call | None:
    """Return what looks at the whole object."""
    if shape.library is not None:
        of = shape.library
        return call("JsonSchema", of.schema, Data(value=of.documents), module=_LIBRARY)
    return _call_rules("Rules", shape.constraints) if shape.constraints else None


def _rest(field: Field) -> tuple[Argument, ...]:
    """Return what is said of the properties that have no field of their own."""
    values = field.shape.values if isinstance(field.shape, MapShape) else AnyShape()
    return field.python, call("Map", spec(values), module="maps")


def _declared(wire: str, shape: Shape, python: str, required: bool) -> Call:  # noqa: FBT001  # a field, taken apart to be told from others
    name = python if python != wire else None
    return call("required" if required else "optional", wire, spec(shape), name=name)


_declared_leaf = lru_cache(maxsize=1000)(_declared)
"""Many messages have the same fields: their identities, times, amounts."""


def spec(shape: Shape) -> Call:
    """Return the specification of a value."""
    if isinstance(shape, _LEAF_SHAPES):
        return _of_leaf(shape)
    return _checked(shape)


@lru_cache(maxsize=1000)
def _of_leaf(shape: StringShape | NumberShape) -> Call:
    """Do it once for all fields that say the same."""
    return _checked(shape)


def _checked(shape: Shape) -> Call:
    typed = _typed(shape)
    if isinstance(shape, _NAMED):
        return typed
    constraints = shape.constraints
    if isinstance(shape, StringShape) and shape.checked_format and not shape.own_type:
        definitions = {} if constraints is None else constraints.definitions
        constraints = both(
            Constraints(schema={"format": shape.format}, definitions=definitions), constraints
        )
    return typed if constraints is None else _call_rules("Checked", constraints, typed)


def _call_rules(function: str, constraints: Constraints, *typed: Call) -> Call:
    definitions = reachable_definitions(constraints)
    shared = (Definitions(value=definitions),) if definitions else ()
    return Call(function, (*typed, Data(value=constraints.schema), *shared), {}, _RULES)


def _typed(shape: Shape) -> Call:  # noqa: C901, PLR0911  # one a kind
    match shape:
        case ObjectShape():
            return Call("Nested", (ClassName(name=shape.name),), {})
        case RefShape():
            return Call("Nested", (ClassName(name=shape.name, recursive=True),), {})
        case AnyShape():
            return call("Anything", module="any_value")
        case NullShape():
            return call("Null")
        case BooleanShape():
            return call("Boolean") if shape.const is None else call("Choice", shape.const)
        case NumberShape():
            return _number(shape)
        case StringShape():
            return _string(shape)
        case ArrayShape():
            return call(
                "UniqueArray" if shape.unique else "Array",
                spec(shape.items),
                module="unique" if shape.unique else "codec",
                min_items=shape.min_items,
                max_items=shape.max_items,
            )
        case MapShape():
            return call(
                "Map",
                spec(shape.values),
                module="maps",
                min_properties=shape.min_properties,
                max_properties=shape.max_properties,
            )
        case UnionShape():
            return _union(shape)


def parts(shape: Shape) -> tuple[Shape, ...]:
    """Return the shapes that a shape is made of, one level down; a recursion ends."""
    match shape:
        case ObjectShape():
            fields = (*shape.fields, shape.rest) if shape.rest else shape.fields
            return tuple([field.shape for field in fields])
        case ArrayShape():
            return (shape.items,)
        case MapShape():
            return (shape.values,)
        case UnionShape():
            return shape.options
        case _:
            return ()


def _number(shape: NumberShape) -> Call:
    if shape.enum is not None and shape.integer:
        return call("Choice", *shape.enum)
    return call(
        "Integer" if shape.integer else "Number",
        decimal=shape.decimal or None,
        minimum=shape.minimum,
        maximum=shape.maximum,
        exclusive_minimum=shape.exclusive_minimum,
        exclusive_maximum=shape.exclusive_maximum,
        multiple_of=_multiple_of(shape.multiple_of),
        enum=shape.enum,
    )


def _string(shape: StringShape) -> Call:
    if shape.enum is not None:
        return call("Choice", *shape.enum)
    format_ = shape.decimal_format if shape.decimal else shape.own_type
    return call(
        "String" if format_ is None else "Formatted",
        *(() if format_ is None else (format_,)),
        module="codec" if format_ is None else "formats",
        min_length=shape.min_length,
        max_length=shape.max_length,
        pattern=None if shape.pattern is None else _pattern(shape.pattern),
    )


def _pattern(text: str) -> Call:
    """Return a regular expression with the engine that it needs."""
    if text.startswith(LINEAR):
        linear = Regex(text=text.removeprefix(LINEAR))
        return call("LinearPattern", linear, module="patterns.linear")
    if has_categories(text):
        return call("CategoryPattern", Regex(text=text), module="patterns.categories")
    return call("Pattern", Regex(text=text), module="patterns.regexes")


def _multiple_of(size: float | None) -> Call | None:
    return None if size is None else call("unit", size, module="multiples")


def _union(shape: UnionShape) -> Call:
    if any(isinstance(option, AnyShape) for option in shape.options):
        options = [spec(option) for option in shape.options if not isinstance(option, AnyShape)]
        return Call("Loose", tuple(options), {}, _RULES)
    objects = [o for o in shape.options if isinstance(o, ObjectShape | RefShape)]
    plain = [o for o in shape.options if not isinstance(o, ObjectShape | RefShape)]
    others = [o for o in plain if not _is_null(o)]
    options = [spec(option) for option in others]
    if shape.tag is not None:
        tagged: tuple[Argument, ...] = (shape.tag, *(spec(option) for option in objects))
        options.append(Call("Tagged", tagged, {}, "unions"))
    elif len(objects) > 1 and shape.hints is not None:
        options.append(_hinted(shape.hints, objects))
    elif len(objects) > 1:
        options.append(Call("Fitting", tuple(map(spec, objects)), {}, "unions"))
    else:
        options += [spec(option) for option in objects]
    inner = options[0] if len(options) == 1 else Call("OneOf", tuple(options), {}, "unions")
    return call("Nullable", inner) if len(others) < len(plain) else inner


def _hinted(hints: Hints, objects: list[ObjectShape | RefShape]) -> Call:
    values: Argument = tuple([hints.values.get(each.name, ()) for each in objects])
    arguments: tuple[Argument, ...] = (hints.property, values, *map(spec, objects))
    said = {"exclusive": hints.exclusive, "decides": hints.decides}
    return Call("Hinted", arguments, {key: True for key, is_so in said.items() if is_so}, "hinted")


def _is_null(shape: Shape) -> bool:
    """Whether it is `null` and nothing else is said of it."""
    return isinstance(shape, NullShape) and shape.constraints is None
