"""Decoders compiled to functions: from parsed JSON to a class."""

from __future__ import annotations

from typing import Any

from ..arrays import Array
from ..checks import Pending
from ..numeric import Number, to_float
from ..objects import NO_DEFAULT, Nested, Object, decoder_of, spec_of
from ..objects import remember as remember_how
from ..scalars import Nullable, Spec, String
from .code import Building, Code, Direct, built, interpreted, unless

Read = tuple[str, str]
"""What must hold of a value, and the expression of what it is in Python."""


def compiled_decoder(target: Any, building: Building) -> Direct:
    """Compile the way from JSON to a class, or to a dict where there is none."""
    return built(target, building, lambda: _object(target, building))


def _object(target: Any, building: Building) -> Direct:
    spec = spec_of(target)
    if spec is target or spec.checks or spec.rules:
        return interpreted(decoder_of(target, Pending()))
    code = Code(building)
    reading: list[str] = []
    tests: list[str] = []
    given: list[str] = []
    later: list[str] = []
    for i, field in enumerate(spec.fields):
        a = f"a{i}"
        test, read = _value(code, field.spec, a)
        if field.required:
            reading.append(f"{a} = value[{field.wire!r}]")
            tests.append(test)
            given.append(f"{field.name}={read}")
            continue
        odd = f"odd.append({field.wire!r})"
        later += [
            f"if {field.wire!r} in value:",
            f"    {a} = value[{field.wire!r}]",
            f"    {unless([test])}" if test else "",
            f"    given[{field.name!r}] = {read}",
            f"    {odd}" if field.default is None else "",
            ""
            if field.default is None or field.default is NO_DEFAULT
            else f"else: {odd}",
        ]
    if spec.rest is not None:
        name, values = spec.rest
        known = code.name(frozenset(field.wire for field in spec.fields))
        read = "value[k]"
        if not values.values.is_plain:
            read = f"{code.name(_item(code, values.values))}({read})"
        given.append(f"{name}={{k: {read} for k in value if k not in {known}}}")
    made = f"{code.name(target)}({', '.join(given + ['**given'] * bool(later))})"
    return code.function(
        unless([f"type(value) is {code.name(dict)}", _closed(code, spec)]),
        *reading,
        unless(tests),
        "given = {}" if later else "",
        "odd = []" if spec.defaults else "",
        *later,
        *(_remembering(code, made) if spec.defaults else [f"return {made}"]),
    )


def _remembering(code: Code, made: str) -> list[str]:
    remember = f"{code.name(remember_how)}(made, odd)"
    return [f"made = {made}", f"if odd: {remember}", "return made"]


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
            read = f"map({code.name(_item(code, items))}, {a})"
            return code.test(a, list, checks=checks), f"{code.name(tuple)}({read})"
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
    inner = Code(code.building)
    test, read = _value(inner, spec, "value")
    return inner.function(unless([test]), f"return {read}")
