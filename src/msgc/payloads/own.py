"""One schema's keywords, but for those that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import partial

from msgc.payloads.alternatives import add_alternatives
from msgc.payloads.codes import AMBIGUOUS_UNION, CONTRADICTION
from msgc.payloads.fields import is_within, kinds_of
from msgc.payloads.json_types import json_types, kinds_implied, say_untyped
from msgc.payloads.keywords import UNEVALUATED, VALIDATED
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    Shape,
    UnionShape,
)
from msgc.payloads.objects import Draft, draft, finish
from msgc.payloads.outline import outline, with_rules
from msgc.payloads.places import Here
from msgc.payloads.reading import Reading, described
from msgc.payloads.rules import with_names_alone
from msgc.payloads.scalars import is_plain, read_choice, read_number, read_string
from msgc.payloads.translate import rules_of
from msgc.payloads.unions import Untypable, read_union, union
from msgc.tree import Mapping, Sequence

_BESIDE = frozenset({*VALIDATED, *UNEVALUATED, "anyOf", "oneOf", "enum", "const"})
"""What looks at an object whatever its type is beside."""


def read_own(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read the keywords of a schema without those that lead elsewhere."""
    types = json_types(reading, here, node)
    checked = node.entries.keys() & VALIDATED
    choice = "enum" in node.entries or "const" in node.entries
    unions = [word for word in ("oneOf", "anyOf") if word in node.entries]
    implied = kinds_implied(node)
    if len(unions) == 1 and not choice and not implied:
        return _either(reading, here, node, unions[0], types, checked)
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
        made = draft(reading, here, node)
        made.later += [partial(add_alternatives, reading, here, node, word) for word in unions]
    elif not types and implied:
        checked |= node.entries.keys() & {"enum", "const"}
        made = _untyped(reading, here, node, implied)
    else:
        shapes = [typed(reading, here, node, word) for word in types]
        made = union(shapes, described(node)) if shapes else AnyShape(description=described(node))
        if choice:
            made = read_choice(reading, node, made if shapes else None)
    rules = rules_of(reading, here, checked) if checked else None
    return with_rules(made, with_names_alone(rules) if rules else None)


def _untyped(reading: Reading, here: Here, node: Mapping, kinds: Iterable[str]) -> Shape:
    """Read keywords that have no `type` beside them: each is about values of its own type."""
    say_untyped(reading, here, node)
    shapes = [typed(reading, here, node, kind) for kind in kinds]
    return UnionShape(description=described(node), options=(*shapes, AnyShape()))


def _either(  # noqa: PLR0913, PLR0917  # what is known of the schema so far
    reading: Reading,
    here: Here,
    node: Mapping,
    word: str,
    types: list[str],
    checked: AbstractSet[str],
) -> Shape | Draft:
    """Read a schema that is a union and nothing else."""
    kinds: frozenset[str] = frozenset(types)
    is_message = reading.names.is_message(here)
    if len(types) < 2:
        try:
            shape = read_union(reading, here, node, word, types[0] if types else None)
        except Untypable as error:
            kinds = kinds or error.kinds
        else:
            # That a message is an object is assumed: one that may be something else is refused.
            assumed = is_message and "type" not in node.entries
            if is_message and kinds_of(shape) == {"object"}:
                pass  # it is said below
            elif not types or assumed or is_within(shape, types[0]):
                return with_rules(shape, rules_of(reading, here, checked) if checked else None)
            elif not kinds_of(shape) & {"number" if types[0] == "integer" else types[0]}:
                message = f"no option of `{word}` is of the type {types[0]} (at `{here.pointer}`)"
                reading.say(CONTRADICTION, node.key(word).span, message)
    made = outline(node, min(kinds) if len(kinds) == 1 else None)
    if is_message and isinstance(made, Draft):
        _say_one_class(reading, node, word)
        made.later.append(partial(add_alternatives, reading, here, node, word))
    stated = node.entries.keys() & {"type"}
    return with_rules(made, rules_of(reading, here, checked | {word} | stated))


def _say_one_class(reading: Reading, node: Mapping, word: str) -> None:
    if any(diagnostic.is_error for diagnostic in reading.found):
        return
    message = f"a message is one class: it has the fields of all options, and `{word}` is checked"
    help_ = "make a message of each option, or put the union into a property"
    reading.say(AMBIGUOUS_UNION, node.key(word).span, message, help=help_)


def typed(reading: Reading, here: Here, node: Mapping, word: str) -> Shape:
    """Read the keywords that belong to one type."""
    match word:
        case "string":
            return read_string(reading, node)
        case "number" | "integer":
            return read_number(reading, node, integer=word == "integer")
        case "boolean":
            return BooleanShape(description=described(node))
        case "null":
            return NullShape(description=described(node))
        case "array":
            return _array(reading, here, node)
        case _:
            made = draft(reading, here, node)
            beside = node.entries.keys() & _BESIDE
            made.beside = rules_of(reading, here, beside) if beside else None
            return finish(reading, here, made)


def _array(reading: Reading, here: Here, node: Mapping) -> ArrayShape:
    items = node.get("items")
    # what `check_words` refuses, and what is a rule
    typed = not isinstance(items, Sequence) and "prefixItems" not in node.entries
    unique = reading.flag(node, "uniqueItems")
    reading.looking = reading.looking or unique
    return ArrayShape(
        description=described(node),
        items=reading.shape(here.child(items, "items")) if items and typed else AnyShape(),
        min_items=reading.integer(node, "minItems") or None,
        max_items=reading.integer(node, "maxItems"),
        unique=unique,
    )
