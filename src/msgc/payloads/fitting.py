"""Says so where nothing can fit a schema."""

from __future__ import annotations

from msgc.payloads.codes import CONTRADICTION, NOTHING_FITS, REF_LOOP
from msgc.payloads.endless import endless
from msgc.payloads.impossible import forbidding, impossible
from msgc.payloads.model import RefShape, Shape
from msgc.payloads.places import Here
from msgc.payloads.reading import Reading
from msgc.payloads.translate import rules_of
from msgc.runtime.codec.checks import Found
from msgc.tree import Mapping, Sequence, to_json


def say_if_nothing_fits(reading: Reading, here: Here, shape: Shape) -> None:
    """Look at a schema that has been read."""
    node = here.node
    if not isinstance(node, Mapping):  # `false`, which is meant
        return
    crossed = impossible(shape)
    if crossed is not None:
        word, reason = crossed
        message = f"nothing fits this schema: {reason} (at `{here.pointer}`)"
        reading.say(CONTRADICTION, (node.get(word) or node).span, message)
    elif not isinstance(shape, RefShape) and shape.rules is not None:
        _say_if_forbidden(reading, here, node, shape)


def _say_if_forbidden(reading: Reading, here: Here, node: Mapping, shape: Shape) -> None:
    """Look at what the rules of a shape leave."""
    if _no_choice_is_left(reading, here, node):
        word = "const" if "const" in node.entries else "enum"
        message = f"nothing fits this schema: no value of `{word}` does (at `{here.pointer}`)"
        reading.say(CONTRADICTION, node.entries[word][1].span, message)
        return
    forbidden = forbidding(shape)
    if forbidden is not None and not any(diagnostic.is_error for diagnostic in reading.found):
        cause = f", by its `{forbidden}`" if forbidden in node.entries else ""
        message = f"nothing fits this schema{cause} (at `{here.pointer}`)"
        help_ = "write `false` for a property that must not be there"
        reading.say(NOTHING_FITS, (node.get(forbidden) or node).span, message, help=help_)


def _no_choice_is_left(reading: Reading, here: Here, node: Mapping) -> bool:
    """Whether all values of an `enum` or `const` are forbidden by what stands beside it."""
    const, enum = node.get("const"), node.get("enum")
    values = (const,) if const else enum.items if isinstance(enum, Sequence) else ()
    if not values:
        return False
    from msgc.runtime.codec.rules import Rules  # noqa: PLC0415  # few schemas need it

    whole = rules_of(reading, here)
    check = Rules(whole.schema, whole.definitions).check
    for value in values:
        found: Found = []
        check(to_json(value), None, found)
        if not found:
            return False
    return True


def say_if_endless(reading: Reading) -> None:
    """Look at all classes of a message, if one of its schemas leads back to itself."""
    found = endless(reading.classes.values()) if reading.recursive else None
    if found is not None:
        cls, field = found
        message = f"`{cls.name}` has no end: each needs another one in `{field.wire}`"
        help_ = f"leave `{field.wire}` out of `required`, or let it be null or an empty list"
        reading.say(REF_LOOP, field.span, message, help=help_)
