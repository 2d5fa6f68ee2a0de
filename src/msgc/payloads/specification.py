"""Shapes → the one codec specification: printed in generated code, run here on examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Rules,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.rules import both, reachable
from msgc.record import Record
from msgc.runtime import codec
from msgc.runtime.codec import Violation
from msgc.tree import JsonValue


class ClassName(Record):
    """A generated class as an argument; `recursive` where it can't be defined yet."""

    name: str
    recursive: bool = False


class Call:
    """`codec.<function>(*arguments, **options)`.

    Not a record: each field of each message has several.
    """

    __slots__ = ("arguments", "function", "module", "options")

    def __init__(
        self,
        function: str,
        arguments: tuple[Argument, ...],
        options: dict[str, Argument],
        module: str = "codec",
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.options = options
        self.module = module


class Data(Record):
    """A JSON value as an argument."""

    value: JsonValue


LEAVES = frozenset({"String", "Integer", "Number", "Choice", "Boolean"})
"""Specifications of `codec` with nothing but plain values: those of many fields are one."""


class Definitions(Record):
    """Schemas that rules refer to, as an argument: what all rules of a message share."""

    value: dict[str, JsonValue]


Argument = Call | ClassName | Data | Definitions | str | int | float | bool | tuple["Argument", ...]


@lru_cache(maxsize=100)
def specification(shape: ObjectShape) -> Call:
    """Return what a class declares as its `__codec__`: asked for more than once a module."""
    fields = [
        (_declared_leaf if isinstance(field.shape, StringShape | NumberShape) else _declared)(
            field.wire, field.shape, field.python, field.required
        )
        for field in shape.fields
    ]
    rest = shape.rest
    values = rest.shape.values if rest and isinstance(rest.shape, MapShape) else AnyShape()
    return _call(
        "Object",
        *fields,
        closed=shape.closed or None,
        rest=(rest.python, spec(values)) if rest else None,
        min_properties=shape.min_properties,
        max_properties=shape.max_properties,
        rules=_rules("Rules", shape.rules) if shape.rules else None,
    )


def _declared(wire: str, shape: Shape, python: str, required: bool) -> Call:  # noqa: FBT001  # a field, taken apart to be told from others
    name = python if python != wire else None
    return _call("required" if required else "optional", wire, spec(shape), name=name)


_declared_leaf = lru_cache(maxsize=1000)(_declared)
"""Many messages have the same fields: their identities, times, amounts."""


def is_plain(call: Call) -> bool:
    """Whether a call declares a plain value, or a field that has one."""
    inner = call.arguments[1] if call.function in _FIELDS else call
    return isinstance(inner, Call) and inner.function in LEAVES


_FIELDS = frozenset({"required", "optional"})


def spec(shape: Shape) -> Call:
    """Return the specification of a value."""
    if isinstance(shape, StringShape | NumberShape):
        return _of_leaf(shape)
    return _checked(shape)


@lru_cache(maxsize=1000)
def _of_leaf(shape: StringShape | NumberShape) -> Call:
    """Do it once for all fields that say the same."""
    return _checked(shape)


def _checked(shape: Shape) -> Call:
    typed = _typed(shape)
    if isinstance(shape, ObjectShape | RefShape):
        return typed
    rules = shape.rules
    if isinstance(shape, StringShape) and shape.checked_format and not shape.own_type:
        definitions = {} if rules is None else rules.definitions
        rules = both(Rules(schema={"format": shape.format}, definitions=definitions), rules)
    return typed if rules is None else _rules("Checked", rules, typed)


def _rules(function: str, rules: Rules, *typed: Call) -> Call:
    definitions = reachable(rules)
    shared = (Definitions(value=definitions),) if definitions else ()
    return Call(function, (*typed, Data(value=rules.schema), *shared), {}, "rules")


def _typed(shape: Shape) -> Call:  # noqa: C901, PLR0911  # one a kind
    match shape:
        case AnyShape():
            return _call("Anything")
        case NullShape():
            return _call("Null")
        case BooleanShape():
            return _call("Boolean") if shape.const is None else _call("Choice", shape.const)
        case NumberShape():
            return _number(shape)
        case StringShape():
            return _string(shape)
        case ArrayShape():
            return _call(
                "Array",
                spec(shape.items),
                min_items=shape.min_items,
                max_items=shape.max_items,
                unique=shape.unique or None,
            )
        case MapShape():
            return _call(
                "Map",
                spec(shape.values),
                min_properties=shape.min_properties,
                max_properties=shape.max_properties,
            )
        case ObjectShape():
            return _call("Nested", ClassName(name=shape.name))
        case RefShape():
            return _call("Nested", ClassName(name=shape.name, recursive=True))
        case UnionShape():
            return _union(shape)


def violations(shape: ObjectShape, value: JsonValue) -> tuple[Violation, ...]:
    """Return what is wrong with a payload, by the codec that the generated code will carry."""
    return codec.checker(_built(shape))(value)


def problem_of(shape: Shape) -> Callable[[JsonValue], str | None]:
    """Return what says why a value isn't of a shape, which may be underway itself."""
    # A class that isn't read yet has nothing to say of a plain value.
    classes: dict[str, codec.Object] = defaultdict(codec.Object)
    _collect(shape, classes)
    check = codec.checker(codec.Object(codec.required("value", _run(spec(shape), classes))))

    def problem(value: JsonValue) -> str | None:
        found = check({"value": value})
        return found[0].message if found else None

    return problem


def _built(shape: ObjectShape) -> codec.Object:
    classes: dict[str, codec.Object] = {}
    _collect(shape, classes)
    return classes[shape.name]


def _collect(shape: Shape, classes: dict[str, codec.Object]) -> None:
    """Build the specifications of all classes, the nested ones first."""
    if isinstance(shape, ObjectShape) and shape.name in classes:
        return
    for below in parts(shape):
        _collect(below, classes)
    if isinstance(shape, ObjectShape):
        classes[shape.name] = _run(specification(shape), classes)


def parts(shape: Shape) -> tuple[Shape, ...]:
    """Return the shapes that a shape is made of, one level down; a recursion ends."""
    match shape:
        case ObjectShape():
            fields = (*shape.fields, shape.rest) if shape.rest else shape.fields
            return tuple(field.shape for field in fields)
        case ArrayShape():
            return (shape.items,)
        case MapShape():
            return (shape.values,)
        case UnionShape():
            return shape.options
        case _:
            return ()


def _run(argument: Argument, classes: dict[str, codec.Object]) -> Any:
    if isinstance(argument, Call):
        if argument.function in LEAVES:
            return _run_leaf(argument)
        arguments = [_run(value, classes) for value in argument.arguments]
        options = {key: _run(value, classes) for key, value in argument.options.items()}
        return getattr(_module(argument.module), argument.function)(*arguments, **options)
    if isinstance(argument, Data | Definitions):
        return argument.value
    if isinstance(argument, ClassName):
        name = argument.name
        return (lambda: classes[name]) if argument.recursive else classes[name]
    if isinstance(argument, tuple):
        return tuple([_run(value, classes) for value in argument])
    return argument


@lru_cache(maxsize=1000)
def _run_leaf(call: Call) -> Any:
    return getattr(codec, call.function)(*call.arguments, **call.options)


def _module(name: str) -> Any:
    if name == "codec":
        return codec
    from msgc.runtime import rules  # noqa: PLC0415  # few messages need it

    return rules


def _number(shape: NumberShape) -> Call:
    if shape.enum is not None and shape.integer:
        return _call("Choice", *shape.enum)
    return _call(
        "Integer" if shape.integer else "Number",
        decimal=shape.decimal or None,
        minimum=shape.minimum,
        maximum=shape.maximum,
        exclusive_minimum=shape.exclusive_minimum,
        exclusive_maximum=shape.exclusive_maximum,
        multiple_of=shape.multiple_of,
        enum=shape.enum,
    )


def _string(shape: StringShape) -> Call:
    if shape.enum is not None:
        return _call("Choice", *shape.enum)
    return _call(
        "String",
        format="decimal" if shape.decimal else shape.own_type,
        min_length=shape.min_length,
        max_length=shape.max_length,
        pattern=shape.pattern,
    )


def _union(shape: UnionShape) -> Call:
    if any(isinstance(option, AnyShape) for option in shape.options):
        options = [spec(option) for option in shape.options if not isinstance(option, AnyShape)]
        return Call("Loose", tuple(options), {}, "rules")
    objects = [o for o in shape.options if isinstance(o, ObjectShape | RefShape)]
    plain = [o for o in shape.options if not isinstance(o, ObjectShape | RefShape)]
    others = [o for o in plain if not _is_null(o)]
    options = [spec(option) for option in others]
    if shape.tag is not None:
        options.append(_call("Tagged", shape.tag, *(spec(option) for option in objects)))
    else:
        options += [spec(option) for option in objects]
    inner = options[0] if len(options) == 1 else _call("OneOf", *options)
    return _call("Nullable", inner) if len(others) < len(plain) else inner


def _is_null(shape: Shape) -> bool:
    """Whether it is `null` and nothing else is said of it."""
    return isinstance(shape, NullShape) and shape.rules is None


def _call(function: str, *arguments: Argument, **options: Argument | None) -> Call:
    given = {key: value for key, value in options.items() if value is not None}
    return Call(function, arguments, given)
