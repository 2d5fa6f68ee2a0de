"""Compile one schema without its `$ref` and `allOf`: its types, its `enum`, or its union."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import partial

from msgc.payloads.codes import AMBIGUOUS_UNION, CONTRADICTION
from msgc.payloads.compiler.fallback import shape_of_type, with_constraints
from msgc.payloads.constraints import without_property_schemas
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.fields import is_within, kinds_of
from msgc.payloads.keywords.json_types import json_types, kinds_implied, say_untyped
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.keywords.scalars import is_plain, read_choice, read_number, read_string
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    Shape,
    UnionShape,
)
from msgc.payloads.objects.classes import finish
from msgc.payloads.objects.draft import Draft, read_draft
from msgc.payloads.vocabulary import UNEVALUATED, VALIDATED
from msgc.tree import Mapping, Sequence

_BESIDE = frozenset({*VALIDATED, *UNEVALUATED, "anyOf", "oneOf", "enum", "const"})
"""Keywords that may look at properties of an object beside other types."""


def read_single(context: Context, here: Subschema, node: Mapping) -> Shape | Draft:
    """Compile the keywords of a schema but for `$ref` and `allOf`; an object stays a draft."""
    types = json_types(context, here, node)
    checked = node.entries.keys() & VALIDATED
    choice = "enum" in node.entries or "const" in node.entries
    unions = [word for word in ("oneOf", "anyOf") if word in node.entries]
    implied = kinds_implied(node)
    if len(unions) == 1 and not choice and not implied:
        return _either(context, here, node, unions[0], types, checked)
    checked |= set(unions)
    if choice and (types == ["object"] or not is_plain(node)):
        checked |= node.entries.keys() & {"enum", "const"}
        choice = False
    if "patternProperties" in node.entries and "additionalProperties" in node.entries:
        checked |= node.entries.keys() & {"properties", "additionalProperties"}
    if "prefixItems" in node.entries:
        checked |= node.entries.keys() & {"items"}
    made: Shape | Draft
    if types == ["object"]:
        made = read_draft(context, here, node)
        made.deferred += [_alternatives(context, here, node, word) for word in unions]
    elif not types and implied:
        checked |= node.entries.keys() & {"enum", "const"}
        made = _untyped(context, here, node, implied)
    else:
        made = _one_of(context, here, node, types)
        if choice:
            made = read_choice(context, node, made if types else None)
    constraints = constraints_of(context, here, checked) if checked else None
    return with_constraints(made, without_property_schemas(constraints) if constraints else None)


def _one_of(context: Context, here: Subschema, node: Mapping, types: list[str]) -> Shape:
    """Compile a schema of one of several types, or of any."""
    if not types:
        return AnyShape(description=described(node))
    shapes = [read_type(context, here, node, word) for word in types]
    if len(shapes) == 1:
        return shapes[0]

    from msgc.payloads.compiler.unions import union  # noqa: PLC0415  # few schemas are unions

    return union(shapes, described(node))


def _alternatives(
    context: Context, here: Subschema, node: Mapping, word: str
) -> Callable[[Draft], None]:
    """Return what adds the properties of the options of a union."""
    from msgc.payloads.compiler.union_properties import (  # noqa: PLC0415  # few objects are unions
        add_alternatives,
    )

    return partial(add_alternatives, context, here, node, word)


def _untyped(context: Context, here: Subschema, node: Mapping, kinds: Iterable[str]) -> Shape:
    """Compile keywords without a `type` beside them: each is about values of its own type."""
    say_untyped(context, here, node)
    shapes = [read_type(context, here, node, kind) for kind in kinds]
    return UnionShape(description=described(node), options=(*shapes, AnyShape()))


def _either(  # noqa: PLR0913, PLR0917  # what is known of the schema so far
    context: Context,
    here: Subschema,
    node: Mapping,
    word: str,
    types: list[str],
    checked: AbstractSet[str],
) -> Shape | Draft:
    """Compile a schema that is a union and nothing else."""
    from msgc.payloads.compiler.unions import (  # noqa: PLC0415  # few schemas are unions
        Untypable,
        alternatives_of,
        read_union,
    )

    kinds: frozenset[str] = frozenset(types)
    is_message = context.names.is_message(here)
    alternatives: UnionShape | None = None

    if len(types) < 2:
        try:
            shape = read_union(context, here, node, word, types[0] if types else None)
        except Untypable as error:
            kinds = kinds or error.kinds
        else:
            # That a message is an object is assumed: one that may be something else is refused.
            assumed = is_message and "type" not in node.entries
            if is_message and kinds_of(shape) == {"object"}:
                alternatives = None if checked else alternatives_of(context, shape)
            elif not types or assumed or is_within(shape, types[0]):
                return with_constraints(
                    shape, constraints_of(context, here, checked) if checked else None
                )
            elif not kinds_of(shape) & {"number" if types[0] == "integer" else types[0]}:
                message = f"no option of `{word}` is of the type {types[0]} (at `{here.pointer}`)"
                context.say(CONTRADICTION, node.key(word).span, message)
    made = shape_of_type(node, min(kinds) if len(kinds) == 1 else None)
    if is_message and isinstance(made, Draft):
        made.alternatives = alternatives
        if alternatives is None:
            _say_one_class(context, node, word)
        made.deferred.append(_alternatives(context, here, node, word))
    stated = node.entries.keys() & {"type"}
    return with_constraints(made, constraints_of(context, here, checked | {word} | stated))


def _say_one_class(context: Context, node: Mapping, word: str) -> None:
    if any(diagnostic.is_error for diagnostic in context.found):
        return
    message = f"nothing tells the options of `{word}` apart: they are one class with all fields"
    help_ = "give each option a required property with a `const` of its own, as `kind`"
    context.say(AMBIGUOUS_UNION, node.key(word).span, message, help=help_)


def read_type(context: Context, here: Subschema, node: Mapping, word: str) -> Shape:
    """Compile the keywords that belong to one JSON type."""
    match word:
        case "string":
            return read_string(context, node)
        case "number" | "integer":
            return read_number(context, node, integer=word == "integer")
        case "boolean":
            return BooleanShape(description=described(node))
        case "null":
            return NullShape(description=described(node))
        case "array":
            return _array(context, here, node)
        case _:
            made = read_draft(context, here, node)
            beside = node.entries.keys() & _BESIDE
            made.beside = constraints_of(context, here, beside) if beside else None
            return finish(context, here, made)


def _array(context: Context, here: Subschema, node: Mapping) -> ArrayShape:
    items = node.get("items")
    # what `check_keywords` refuses, and what is a rule
    typed = not isinstance(items, Sequence) and "prefixItems" not in node.entries
    unique = context.flag(node, "uniqueItems")
    context.has_constraints = context.has_constraints or unique
    return ArrayShape(
        description=described(node),
        items=context.shape(here.child(items, "items")) if items and typed else AnyShape(),
        min_items=context.integer(node, "minItems") or None,
        max_items=context.integer(node, "maxItems"),
        unique=unique,
    )
