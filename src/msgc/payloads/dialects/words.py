"""Keywords of older drafts and of OpenAPI in the words of 2020-12."""

from __future__ import annotations

from msgc.payloads.dialects.dialect import SchemaDialect
from msgc.tree import Mapping, Node, Scalar, Sequence

Entries = dict[str, tuple[Scalar, Node]]
Said = list[tuple[Scalar, str]]

_BESIDE_REF = frozenset({
    "$ref", "$schema", "$comment", "definitions", "$defs", "title", "description", "default",
    "deprecated", "examples", "example", "readOnly", "writeOnly",
})  # fmt: skip
"""What stays beside a `$ref` that hides all else: notes, and schemas that others refer to."""
_RECURSIVE = "recursive"
"""The name that `$recursiveAnchor: true` stands for."""


def in_new_words(
    entries: Entries, dialect: SchemaDialect, idle: Said, *, recursive: bool
) -> Entries:
    """Return the keywords of a schema as 2020-12 has them; `idle` gets those that say nothing."""
    out = _that_count(entries, dialect, idle)
    _identify(out, dialect)
    _recurse(out, recursive=recursive)
    if "$ref" in out and "$dynamicRef" in out:
        _and(out, out["$dynamicRef"][0], {"$dynamicRef": out.pop("$dynamicRef")})
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        _bound(out, bound, exclusive, idle)
    _list_items(out, dialect, idle)
    _dependencies(out)
    if "nullable" in out:
        _nullable(out, dialect, idle)
    return out


def _that_count(entries: Entries, dialect: SchemaDialect, idle: Said) -> Entries:
    """Return the keywords that the dialect has, and those alone that may stand beside a `$ref`."""
    hides = dialect.lone_ref and isinstance(entries.get("$ref", (None, None))[1], Scalar)
    out: Entries = {}
    for word, (key, value) in entries.items():
        if hides and word not in _BESIDE_REF and not word.startswith("x-"):
            idle.append((key, f"beside a `$ref` in {dialect.name}"))
        elif word in dialect.without:
            idle.append((key, f"in {dialect.name}"))
        elif word == "id" and dialect.own_id != word and isinstance(value, Scalar):
            idle.append((key, f"in {dialect.name}: it is `$id` there"))
        else:
            out[word] = key, value
    return out


def _identify(out: Entries, dialect: SchemaDialect) -> None:
    own = _scalar(out, dialect.own_id)
    if own is None or not isinstance(own[1].value, str):
        return
    key, value = own
    del out[dialect.own_id]
    text = value.text
    if dialect.id_is_anchor and text.startswith("#") and len(text) > 1:
        out["$anchor"] = _text("$anchor", key), _text(text[1:], value)
    else:
        out["$id"] = _text("$id", key), value


def _recurse(out: Entries, *, recursive: bool) -> None:
    anchor = _scalar(out, "$recursiveAnchor")
    out.pop("$recursiveAnchor", None)
    if anchor is not None and anchor[1].value is True:
        out["$dynamicAnchor"] = _text("$dynamicAnchor", anchor[0]), _text(_RECURSIVE, anchor[1])
    ref = _scalar(out, "$recursiveRef")
    out.pop("$recursiveRef", None)
    if ref is None:
        return
    key, value = ref
    word, text = ("$dynamicRef", f"#{_RECURSIVE}") if recursive else ("$ref", value.text)
    made = _text(word, key), _text(text, value)
    if "$ref" in out:
        _and(out, key, {word: made})
    else:
        out[word] = made


def _scalar(out: Entries, word: str) -> tuple[Scalar, Scalar] | None:
    """Return a keyword and its value, if that is neither a list nor a mapping."""
    key, value = out.get(word, (None, None))
    return (key, value) if key is not None and isinstance(value, Scalar) else None


def _bound(out: Entries, bound: str, exclusive: str, idle: Said) -> None:
    """Translate `exclusiveMinimum: true`, which says of what `minimum` it is about."""
    key, value = out.get(exclusive, (None, None))
    if key is None or not isinstance(value, Scalar) or not isinstance(value.value, bool):
        return
    del out[exclusive]
    if bound not in out:
        idle.append((key, f"without `{bound}`"))
    elif value.value:
        out[exclusive] = key, out.pop(bound)[1]


def _list_items(out: Entries, dialect: SchemaDialect, idle: Said) -> None:
    more = out.pop("additionalItems", None)
    items = out.get("items")
    if items is not None and isinstance(items[1], Sequence):
        del out["items"]
        if items[1].items:
            out["prefixItems"] = _text("prefixItems", items[0]), items[1]
        if more is not None:
            out["items"] = _text("items", more[0]), more[1]
    elif more is not None:
        idle.append((more[0], f"without a list of `items` in {dialect.name}"))


def _dependencies(out: Entries) -> None:
    written = out.get("dependencies")
    if written is None or not isinstance(written[1], Mapping):
        return
    key, table = out.pop("dependencies")
    assert isinstance(table, Mapping)  # noqa: S101  # for mypy
    names: Entries = {}
    schemas: Entries = {}
    for name, (at, value) in table.entries.items():
        if isinstance(value, Scalar) and not isinstance(value.value, bool):
            names[name] = at, Sequence((value,), value.span)  # as in draft 3
        else:
            (names if isinstance(value, Sequence) else schemas)[name] = at, value
    for word, needs in (("dependentRequired", names), ("dependentSchemas", schemas)):
        made: Entries = {word: (_text(word, key), Mapping(needs, table.span))}
        if needs and word in out:
            _and(out, key, made)
        elif needs:
            out |= made


def _nullable(out: Entries, dialect: SchemaDialect, idle: Said) -> None:
    key, value = out["nullable"]
    if not isinstance(value, Scalar) or not isinstance(value.value, bool):
        return  # which is a word that somebody made up
    del out["nullable"]
    if not dialect.nullable:
        if value.value:
            idle.append((key, f"in {dialect.name}: `null` is one of the types there"))
        return
    if not value.value:
        return
    null = _text("null", value)
    kind = out.get("type")
    if kind is not None and isinstance(kind[1], Scalar):
        out["type"] = kind[0], Sequence((kind[1], null), kind[1].span)
        _with_null(out, value)
    elif kind is None and not out.keys().isdisjoint(_SHAPING):
        other = Mapping({word: out.pop(word) for word in _SHAPING if word in out}, value.span)
        none = Mapping({"type": (_text("type", key), null)}, value.span)
        out["anyOf"] = _text("anyOf", key), Sequence((other, none), value.span)


_SHAPING = (
    "$ref", "allOf", "anyOf", "oneOf", "enum", "properties", "required", "additionalProperties",
    "items", "not", "discriminator",
)  # fmt: skip


def _with_null(out: Entries, place: Scalar) -> None:
    """Let null be one of the values of an `enum`, and of a union, where its type may be."""
    null = Scalar("null", place.span)
    listed = out.get("enum")
    if listed is not None and isinstance(listed[1], Sequence):
        items = listed[1].items
        if not any(isinstance(item, Scalar) and item.value is None for item in items):
            out["enum"] = listed[0], Sequence((*items, null), listed[1].span)
    if out.keys() & {"allOf", "anyOf", "oneOf", "$ref"}:
        words = [word for word in ("$ref", "allOf", "anyOf", "oneOf") if word in out]
        other = Mapping({word: out.pop(word) for word in words}, place.span)
        none = Mapping({"type": (_text("type", place), _text("null", place))}, place.span)
        out["anyOf"] = _text("anyOf", place), Sequence((other, none), place.span)


def _and(out: Entries, key: Scalar, part: Entries) -> None:
    """Add a part to the `allOf` of a schema."""
    made = Mapping(part, key.span)
    written = out.get("allOf")
    items = written[1].items if written is not None and isinstance(written[1], Sequence) else ()
    out["allOf"] = (
        written[0] if written else _text("allOf", key),
        Sequence((*items, made), key.span),
    )


def _text(text: str, place: Scalar) -> Scalar:
    return Scalar(text, place.span, plain=False)
