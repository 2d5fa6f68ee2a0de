"""Validate payloads and single values with the codec that generated code carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

from msgc.payloads.calls import LEAVES, Argument, Call, ClassName, Data, Definitions, Regex
from msgc.payloads.model import ObjectShape, Shape
from msgc.payloads.specification import parts, spec, specification
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import Violation, checker
from msgc.tree import JsonValue


def violations(shape: ObjectShape, value: JsonValue) -> tuple[Violation, ...]:
    """Return what is wrong with a payload, by the codec that generated code carries."""
    if shape.alternatives is None:
        return checker(_built(shape))(value)
    classes: dict[str, codec.Object] = {}
    _collect(shape, classes)  # which one of them may have inside
    found = _checker_of(shape.alternatives, classes)({"value": value})
    return tuple([Violation(each.path[1:], each.message) for each in found])


def problem_of(shape: Shape) -> Callable[[JsonValue], str | None]:
    """Return a check that tells why a value isn't of a shape, which may still be compiled."""
    # A class that isn't read yet has nothing to say of a plain value.
    check = _checker_of(shape, defaultdict(codec.Object))

    def problem(value: JsonValue) -> str | None:
        found = check({"value": value})
        return found[0].message if found else None

    return problem


def _checker_of(
    shape: Shape, classes: dict[str, codec.Object]
) -> Callable[[object], tuple[Violation, ...]]:
    """Return what finds what is wrong with a value of a shape, in an object as its `value`."""
    _collect(shape, classes)
    return checker(codec.Object(codec.required("value", _run(spec(shape), classes))))


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


def _run(argument: Argument, classes: dict[str, codec.Object]) -> Any:
    match argument:
        case Call():
            return _run_call(argument, classes)
        case Regex(text=text):
            return text
        case Data(value=value) | Definitions(value=value):
            return value
        case ClassName(name=name, recursive=recursive):
            return (lambda: classes[name]) if recursive else classes[name]
        case tuple():
            return tuple([_run(value, classes) for value in argument])
        case _:
            return argument


def _run_call(call: Call, classes: dict[str, codec.Object]) -> Any:
    if call.plain and call.function in LEAVES:
        return _run_leaf(call)
    arguments = [_run(value, classes) for value in call.arguments]
    options = {key: _run(value, classes) for key, value in call.options.items()}
    return getattr(_module(call.module), call.function)(*arguments, **options)


@lru_cache(maxsize=1000)
def _run_leaf(call: Call) -> Any:
    return getattr(codec, call.function)(*call.arguments, **call.options)


def _module(name: str) -> Any:
    return codec if name == "codec" else import_module(f"msgc.runtime.codec.{name}")  # as few
