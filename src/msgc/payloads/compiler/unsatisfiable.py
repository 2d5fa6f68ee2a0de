"""Unsatisfiable schemas, which no value fits, as far as that is cheap to tell."""

from __future__ import annotations

from math import ceil, floor

from msgc.payloads.codes import CONTRADICTION, NOTHING_FITS
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.model import (
    ArrayShape,
    MapShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.runtime.codec.checks import Found
from msgc.runtime.codec.unique import canonical
from msgc.tree import JsonValue, Mapping, Sequence, to_json

_FEW = 20
"""Options that are compared with each other."""


def say_if_nothing_fits(context: Context, here: Subschema, shape: Shape) -> None:
    """Look at a schema that has been read."""
    node = here.node
    if not isinstance(node, Mapping):  # `false`, which is meant
        return
    crossed = _crossed_bounds(shape)
    if crossed is not None:
        word, reason = crossed
        message = f"nothing fits this schema: {reason} (at `{here.pointer}`)"
        context.say(CONTRADICTION, (node.get(word) or node).span, message)
    elif not isinstance(shape, RefShape) and shape.constraints is not None:
        _say_if_forbidden(context, here, node, shape)


def _say_if_forbidden(context: Context, here: Subschema, node: Mapping, shape: Shape) -> None:
    """Look at what the constraints of a shape leave."""
    if _no_choice_is_left(context, here, node):
        word = "const" if "const" in node.entries else "enum"
        message = f"nothing fits this schema: no value of `{word}` does (at `{here.pointer}`)"
        context.say(CONTRADICTION, node.entries[word][1].span, message)
        return
    forbidden = _forbidding_keyword(shape)
    if forbidden is not None and not any(diagnostic.is_error for diagnostic in context.found):
        cause = f", by its `{forbidden}`" if forbidden in node.entries else ""
        message = f"nothing fits this schema{cause} (at `{here.pointer}`)"
        help_ = "write `false` for a property that must not be there"
        context.say(NOTHING_FITS, (node.get(forbidden) or node).span, message, help=help_)


def _no_choice_is_left(context: Context, here: Subschema, node: Mapping) -> bool:
    """Whether all values of an `enum` or `const` are forbidden by what stands beside it."""
    const, enum = node.get("const"), node.get("enum")
    values = (const,) if const else enum.items if isinstance(enum, Sequence) else ()
    if not values:
        return False

    from msgc.runtime.codec.keywords.rules import Rules  # noqa: PLC0415  # 2 ms, for few schemas

    whole = constraints_of(context, here)
    check = Rules(whole.schema, whole.definitions).check
    for value in values:
        found: Found = []
        check(to_json(value), None, found)
        if not found:
            return False
    return True


def _crossed_bounds(shape: Shape) -> tuple[str, str] | None:  # noqa: PLR0911  # one a kind
    """Return why no value is of a shape, with the keyword that says so: its own bounds cross."""
    match shape:
        case StringShape():
            return _crossed("Length", "characters", shape.min_length, shape.max_length)
        case NumberShape():
            return _no_number(shape)
        case ArrayShape():
            return _crossed("Items", "items", shape.min_items, shape.max_items)
        case MapShape():
            return _crossed("Properties", "properties", shape.min_properties, shape.max_properties)
        case ObjectShape():
            return _no_object(shape)
        case UnionShape():
            return next(filter(None, map(_crossed_bounds, shape.options)), None)
        case _:
            return None


def _crossed(
    keyword: str, what: str, least: int | None, most: int | None
) -> tuple[str, str] | None:
    if least is None or most is None or least <= most:
        return None
    return f"max{keyword}", f"at least {least} {what}, and at most {most}"


def _no_object(shape: ObjectShape) -> tuple[str, str] | None:
    least, most = shape.min_properties, shape.max_properties
    if least is None and most is None:
        return None
    needed = sum(field.required for field in shape.fields)
    if most is not None and needed > most:
        return "maxProperties", f"{needed} required properties, and at most {most}"
    if shape.closed and least is not None and least > len(shape.fields):
        reason = f"at least {least} properties, and {len(shape.fields)} that may be there"
        return "minProperties", reason
    return _crossed("Properties", "properties", least, most)


def _no_number(shape: NumberShape) -> tuple[str, str] | None:
    lower = ((shape.minimum, 0), (shape.exclusive_minimum, 1))
    upper = ((shape.maximum, 0), (shape.exclusive_maximum, -1))
    lows = [(n, strict) for n, strict in lower if n is not None]
    highs = [(n, strict) for n, strict in upper if n is not None]
    if not lows or not highs:
        return None
    (low, above), (high, below) = max(lows), min(highs)
    if shape.integer:
        first = floor(low) + 1 if above else ceil(low)
        last = ceil(high) - 1 if below else floor(high)
        fits = first <= last
    else:
        fits = low < high or (low == high and not above and not below)
    if fits:
        return None
    kind = "an integer" if shape.integer else "a number"
    lowest = f"more than {low}" if above else f"at least {low}"
    highest = f"less than {high}" if below else f"at most {high}"
    return "exclusiveMaximum" if below else "maximum", f"{kind}, {lowest} and {highest}"


def _forbidding_keyword(shape: Shape) -> str | None:
    """Return the keyword by which the constraints of a shape forbid every value."""
    constraints = None if isinstance(shape, RefShape) else shape.constraints
    if constraints is None:
        return None
    return _forbidding(constraints.schema, array=isinstance(shape, ArrayShape))


def _forbidding(schema: JsonValue, *, array: bool = False) -> str | None:
    if schema is False:
        return "false"
    if not isinstance(schema, dict) or schema.get("not") in (True, {}):
        return "not" if isinstance(schema, dict) else None
    parts, options = schema.get("allOf"), schema.get("anyOf") or schema.get("oneOf")
    if isinstance(parts, list):
        for part in parts:
            found = _forbidding(part, array=array)
            if found is not None:
                return "allOf" if found == "false" else found
    if isinstance(options, list) and all(_forbidding(option) for option in options):
        return "anyOf" if "anyOf" in schema else "oneOf"
    if _all_doubled(schema.get("oneOf")):
        return "oneOf"
    return _contains(schema) if array or schema.get("type") == "array" else None


def _all_doubled(options: JsonValue) -> bool:
    """Whether what fits one option fits another, which says the same."""
    if not isinstance(options, list) or not 1 < len(options) <= _FEW:
        return False

    said = [canonical(option) for option in options]
    return all(said.count(option) > 1 for option in said)


def _contains(schema: dict[str, JsonValue]) -> str | None:
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if "contains" not in schema or not isinstance(least, int) or least == 0:
        return None
    if _forbidding(schema["contains"]) is not None:
        return "contains"
    return "maxContains" if isinstance(most, int) and least > most else None
