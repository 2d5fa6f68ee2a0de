"""msgc's own words in a schema: `x-python`, and `x-sensitive`."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.class_names import class_name
from msgc.payloads.codes import BAD_KEYWORD_VALUE
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.documents.references import reference
from msgc.tree import Mapping, Scalar, Sequence

DECIMAL, OPEN_ENUM = "decimal", "open-enum"
_TYPES = (DECIMAL, OPEN_ENUM)
_WORDS = ("name", "type")


def python_type(context: Context, node: Mapping) -> str | None:
    """Return what `x-python` says of the type: `decimal` or `open-enum`."""
    written = node.get("x-python")
    if written is None:
        return None
    value = written.get("type") if isinstance(written, Mapping) else written
    if isinstance(written, Mapping):
        for word in written.entries.keys() - set(_WORDS):
            place = written.key(word).span
            message = f"`x-python` has no `{word}`"
            context.say(BAD_KEYWORD_VALUE, place, message, help=did_you_mean(word, _WORDS))
        if value is None and "type" not in written.entries:
            _check_name(context, written)
            return None
        _check_name(context, written)
    text = value.text if isinstance(value, Scalar) else ""
    if text in _TYPES:
        return text
    context.say(
        BAD_KEYWORD_VALUE,
        (value or written).span,
        "`x-python` takes `decimal` or `open-enum`",
        help=did_you_mean(text, _TYPES) or "or `{name: ...}`, which names the class",
    )
    return None


def is_open(node: Mapping) -> bool:
    """Whether other values may come than those of its `enum`."""
    written = node.get("x-python")
    value = written.get("type") if isinstance(written, Mapping) else written
    return isinstance(value, Scalar) and value.text == OPEN_ENUM


def _check_name(context: Context, written: Mapping) -> None:
    name = written.get("name")
    if "name" in written.entries and class_name(name) is None:
        place = (name or written).span
        message = "`name` takes the name of a class in Python, as `ShippingAddress`"
        context.say(BAD_KEYWORD_VALUE, place, message)


_LEADING = frozenset({
    "x-sensitive", "format", "$ref", "items", "additionalProperties", "anyOf", "oneOf", "allOf",
})  # fmt: skip


def is_sensitive(context: Context, here: Subschema) -> bool:
    """Whether the value of a property shall not be seen in logs: by its schema, or a part of it.

    What lies in properties below is hidden there.
    """
    node = here.node
    if not context.overlays and (
        not isinstance(node, Mapping) or _LEADING.isdisjoint(node.entries)
    ):
        return False
    waiting, seen = [here], {here.key}
    while waiting:
        here = context.overlaid(waiting.pop())
        node = here.node
        if not isinstance(node, Mapping) or _LEADING.isdisjoint(node.entries):
            continue
        if context.flag(node, "x-sensitive"):
            return True
        form = node.get("format")
        if isinstance(form, Scalar) and form.text == "password":
            return True
        for below in _below(context, here, node):
            if below.key not in seen:
                seen.add(below.key)
                waiting.append(below)
    return False


def _below(context: Context, here: Subschema, node: Mapping) -> list[Subschema]:
    found: list[Subschema] = []
    ref = reference(node)
    target = context.references.follow(here, ref) if isinstance(ref, Scalar) else None
    found += [target] if target is not None else []
    for word in ("items", "additionalProperties"):
        schema = node.get(word)
        found += [here.child(schema, word)] if isinstance(schema, Mapping) else []
    for word in ("anyOf", "oneOf", "allOf"):
        listed = node.get(word)
        if isinstance(listed, Sequence):
            found += [here.child(schema, word, i) for i, schema in enumerate(listed.items)]
    return found
