"""Decoders compiled to functions: from parsed JSON to a class."""

from __future__ import annotations

from typing import Any

from ..arrays import Array
from ..checks import Pending
from ..numeric import Number, to_float
from ..objects import NO_DEFAULT, Field, Nested, Object, decoder_of, spec_of
from ..objects import remember as remember_how
from ..scalars import Nullable, Spec, String
from .code import Building, Code, Direct, built, interpreted, only_type, unless

Read = tuple[str, str]
"""What must hold of a value, and the expression of what it is in Python."""

_new: Any = object.__new__
"""Makes an instance, whose fields aren't set yet."""


def compiled_decoder(target: Any, building: Building) -> Direct:
    """Compile the way from JSON to a class, or to a dict where there is none."""
    return built(target, building, lambda: _object(target, building))


def _object(target: Any, building: Building) -> Direct:
    spec = spec_of(target)
    if not hasattr(spec, "fields"):  # of a message that is one of several classes
        return interpreted(decoder_of(target, Pending()))
    if spec is target or spec.checks or spec.rules or not _is_plain(target, spec):
        return interpreted(decoder_of(target, Pending()))
    code = Code(building)
    reading: list[str] = []
    tests: list[str] = []
    later: list[str] = []
    made: list[str] = []
    for i, field in enumerate(spec.fields):
        a = f"a{i}"
        test, read = _value(code, field.spec, a)
        if field.required:
            reading.append(f"{a} = value[{field.wire!r}]")
            tests.append(test)
            made.append(f"put(made, {field.name!r}, {read})")
        else:
            later += _optional(code, target, field, a, (test, read))
            made.append(f"put(made, {field.name!r}, {a})")
    if spec.rest is not None:
        name, values = spec.rest
        known = code.name(frozenset(field.wire for field in spec.fields))
        read = "value[k]"
        if not values.values.is_plain:
            read = f"{code.name(_item(code, values.values))}({read})"
        rest = f"{{k: {read} for k in value if k not in {known}}}"
        made.append(f"put(made, {name!r}, {rest})")
    return code.function(
        unless([f"type(value) is {code.name(dict)}", _closed(code, spec)]),
        *reading,
        unless(tests),
        "odd = []" if spec.defaults else "",
        *later,
        f"made = {code.name(_new)}({code.name(target)})",
        *made,
        f"if odd: {code.name(remember_how)}(made, odd)" if spec.defaults else "",
        "return made",
        put=object.__setattr__,  # as the constructor of a frozen dataclass does
    )


def _optional(code: Code, target: Any, field: Field, a: str, value: Read) -> list[str]:
    """Return the statements that read a property that may be absent."""
    test, read = value
    default = _default(code, target, field.name)
    is_odd = f"odd.append({field.wire!r})"
    null = field.default is None
    return [
        f"if {field.wire!r} in value:",
        f"    {a} = value[{field.wire!r}]",
        f"    {unless([test])}" if test else "",
        f"    {a} = {read}" if read != a else "",
        f"    {is_odd}" if null else "",
        "else:",
        f"    {a} = {default}",
        "" if null or field.default is NO_DEFAULT else f"    {is_odd}",
    ]


def _is_plain(target: Any, spec: Object) -> bool:
    """Whether making an instance only sets its fields: a dataclass to which nothing was added."""
    made = getattr(target.__init__, "__code__", None)
    if (
        target.__class__ is not type
        or target.__new__ is not _new
        or hasattr(target, "__post_init__")
        or made is None
        or made.co_filename != "<string>"  # where that of a dataclass was written
    ):
        return False
    names = [field.name for field in spec.fields]
    names += [spec.rest[0]] if spec.rest else []
    optional = {field.name for field in spec.fields if not field.required}
    parameters = made.co_varnames[1 : 1 + made.co_kwonlyargcount]
    return {*names} == {*parameters} and optional <= {*_defaults(target)}


def _defaults(target: Any) -> dict[str, Any]:
    """Return what a dataclass sets fields to that aren't given."""
    return target.__init__.__kwdefaults__ or {}


def _default(code: Code, target: Any, name: str) -> str:
    """Return the expression of what a field is that isn't given."""
    default = _defaults(target)[name]
    if repr(default) == "<factory>":  # dataclasses' mark
        factory = target.__dataclass_fields__[name].default_factory
        return f"{code.name(factory)}()"
    return code.name(default)


def _closed(code: Code, spec: Object) -> str:
    known = frozenset(field.wire for field in spec.fields)
    return f"value.keys() <= {code.name(known)}" if spec.closed else ""


def _value(code: Code, spec: Spec, a: str) -> Read:
    match spec:
        case Nested(target=target):
            return "", f"{code.name(compiled_decoder(target, code.building))}({a})"
        case Array(items=items, checks=checks, unique=unique) if not (
            unique and items.respells(set())
        ):
            test, made = code.test(a, list, checks=checks), code.name(tuple)
            kind = only_type(items)
            if kind is not None:
                are_such = code.name(frozenset([kind]).issuperset)
                return f"{test} and {are_such}(map(type, {a}))", f"{made}({a})"
            return test, f"{made}(map({code.name(_item(code, items))}, {a}))"
        case Number(decimal=False, checks=checks):
            read = f"({a} if type({a}) is {code.name(float)} else {code.name(to_float)}({a}))"
            return code.number(checks, a), read
        case String(form=form, checks=checks) if form is not None:
            read = f"{code.name(form.read)}({a})"
            return code.test(a, str, checks=checks), read
        case Nullable(inner=inner):
            test, read = _value(code, inner, a)
            return (
                test and f"({a} is None or {test})",
                read if read == a else f"(None if {a} is None else {read})",
            )
        case Spec(is_plain=True):
            return "", a
        case _ if test := code.as_is(spec, a):
            return test, a
        case _:
            return "", f"{code.name(interpreted(spec.decode(Pending())))}({a})"


def _item(code: Code, spec: Spec) -> Direct:
    if isinstance(spec, Nested):
        return compiled_decoder(spec.target, code.building)
    inner = Code(code.building)
    test, read = _value(inner, spec, "value")
    return inner.function(unless([test]), f"return {read}")
