"""Encoders compiled to functions: from a class to JSON text, without a dict on the way."""

from __future__ import annotations

from json.encoder import encode_basestring as quoted
from typing import Any

from ...json_text import compact
from ..arrays import Array
from ..checks import Convert, Pending, a_dict
from ..numeric import Integer, Number
from ..objects import NO_DEFAULT, Field, Nested, Object, as_read, encoder_of, spec_of
from ..scalars import Boolean, Choice, Nullable, Spec, String
from .code import Building, Code, Direct, built, interpreted, only_type, unless

Written = tuple[str, str]
"""What must hold of a value, and the expression of its text."""


def compiled_encoder(cls: Any, building: Building) -> Direct:
    """Compile the way from a class to text."""
    return built(cls, building, lambda: _object(cls, building))


def _object(cls: Any, building: Building) -> Direct:
    spec = spec_of(cls)
    if (
        not hasattr(spec, "fields")
        or spec.checks
        or spec.rules
        or not (spec.fields or spec.rest)
    ):
        return _interpreted(encoder_of(cls, Pending()))
    code = Code(building)
    reading: list[str] = []
    tests: list[str] = []
    texts: list[str] = []
    # A field that is absent takes its comma away; if the first may be, all have one too many.
    opened = bool(spec.fields) and spec.fields[0].required
    for i, field in enumerate(spec.fields):
        reading.append(f"a{i} = value.{field.name}")
        before = "{" if opened and i == 0 else ","
        test, text = _field(code, field, f"a{i}", before)
        tests.append(test)
        texts.append(text)
    if spec.rest is not None:
        others = _others(code, spec, spec.rest[1].values)
        texts.append(f"f'{{{code.name(others)}(value.{spec.rest[0]})}}'")
    written = " ".join(texts)
    return code.function(
        unless([f"type(value) is {code.name(cls)}"]),
        f"odd = {code.name(as_read)}(value)" if spec.defaults else "",
        *reading,
        unless(tests),
        f"return {written} '}}'" if opened else f"return '{{' + ({written})[1:] + '}}'",
    )


def _others(code: Code, spec: Object, values: Spec) -> Direct:
    """Return what writes the properties that have no field, a comma before each."""
    item = _item(code, values)
    known = frozenset(field.wire for field in spec.fields)

    def others(entries: Any) -> str:
        if type(entries) is not a_dict or not known.isdisjoint(entries):
            raise ValueError
        return "".join([f",{quoted(k)}:{item(v)}" for k, v in entries.items()])

    return others


def _field(code: Code, field: Field, a: str, before: str) -> Written:
    """Return the test and the text of a field, as string literals that stand in a row."""
    test, text = _value(code, field.spec, a)
    key = f"{before}{quoted(field.wire)}:"
    if field.required:
        shown = f"{a}!r" if text == f"repr({a})" else text
        return test, f"{key!r} f'{{{shown}}}'"
    present = f"{code.name(key)} + {text}"
    left_out = (
        f"{a} is {'None' if field.left_out is None else code.name(field.left_out)}"
    )
    if field.default is not NO_DEFAULT:
        wire = code.name(field.wire)
        left_out += (
            f" and {wire} not in odd" if field.default is None else f" or {wire} in odd"
        )
    return (
        test and f"({left_out} or {test})",
        f"f'{{{code.name('')} if {left_out} else {present}}}'",
    )


def _value(code: Code, spec: Spec, a: str) -> Written:
    match spec:
        case Nested(target=target):
            return "", f"{code.name(compiled_encoder(target, code.building))}({a})"
        case Array(items=items, checks=checks, unique=False):
            item = code.name(_item(code, items))
            opened, comma, closed = map(code.name, "[,]")
            text = f"({opened} + {comma}.join(map({item}, {a})) + {closed})"
            return code.test(a, tuple, list, checks=checks), text
        case Number(decimal=False, checks=checks):
            return code.number(checks, a), f"repr({a})"
        case Integer():
            return code.as_is(spec, a), f"repr({a})"
        case Boolean():
            texts = {True: "true", False: "false"}
            return code.as_is(spec, a), f"{code.name(texts)}[{a}]"
        case Choice(kind="a string", values=values):
            choices = {value: quoted(str(value)) for value in values}
            return "", f"{code.name(choices)}[{a}]"
        case String(form=None, checks=()):
            return "", f"{code.name(quoted)}({a})"  # which refuses what isn't a string
        case String(form=None):
            return code.as_is(spec, a), f"{code.name(quoted)}({a})"
        case String(form=form, checks=()) if form is not None:
            text = f"{code.name(quoted)}({code.name(form.write)}({a}))"
            return code.test(a, form.kind), text
        case Nullable(inner=inner):
            test, text = _value(code, inner, a)
            null = code.name("null")
            return (
                test and f"({a} is None or {test})",
                f"({null} if {a} is None else {text})",
            )
        case _:
            return "", f"{code.name(_interpreted(spec.encode(Pending())))}({a})"


def _item(code: Code, spec: Spec) -> Direct:
    if isinstance(spec, Nested):
        return compiled_encoder(spec.target, code.building)
    if isinstance(spec, String) and only_type(spec):
        return quoted
    inner = Code(code.building)
    test, text = _value(inner, spec, "value")
    return inner.function(unless([test]), f"return {text}")


def _interpreted(convert: Convert) -> Direct:
    direct = interpreted(convert)
    return lambda value: compact(direct(value))
