"""Resolve how a message tells its type, and which attributes come with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc import payloads
from msgc.diagnostics import did_you_mean
from msgc.filtering.conditions import TYPE_ATTRIBUTE, Condition, obstacle
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Place
from msgc.topology.messages import Discriminator, ForeignAttribute, Message
from msgc.topology.narrowing import kind_of
from msgc.tree import Mapping, Node, Scalar, Sequence, at, to_json

_TYPES = frozenset({"boolean", "integer", "number", "string"})


def with_attributes(symbols: SymbolTable, node: Mapping, message: Message) -> Message:
    """Return a message with its discriminator and attributes."""
    written = node.get("attributes")
    return message.replace(
        discriminator=_discriminator(symbols, node, message),
        promised=tuple(_promised(symbols, written, message)),
        foreign=tuple(_foreign(symbols, written, message)),
    )


def _discriminator(symbols: SymbolTable, node: Mapping, message: Message) -> Discriminator | None:
    written = parse.mapping(node.get("discriminator"))
    if written is None:
        return None
    attribute, path = parse.text(written.get("attribute")), parse.path(written.get("field"))
    if attribute is not None:
        found = payloads.field_at(message.payload, (attribute,))
        if found is not None and "." not in attribute:
            symbols.report(
                codes.ATTRIBUTE_CLASH,
                at(written, ("attribute",)).span,
                f"`{attribute}` is a field of `{message.name}`: filters can't tell the two apart",
                f"if the field tells the type, write `discriminator: {{field: {attribute}}}`",
            )
        return Discriminator(attribute=attribute)
    if path is None:
        return None
    span, name = at(written, ("field",)).span, ".".join(path)
    leaf = payloads.field_at(message.payload, path)
    if leaf is None:
        names = (field.wire for field in message.payload.fields)
        text = f"`{message.name}` has no field `{name}`"
        symbols.report(codes.UNKNOWN_FIELD, span, text, did_you_mean(name, names))
        return None
    if leaf.in_array or not leaf.required or leaf.kinds != {"string"}:
        symbols.report(
            codes.UNUSABLE_FIELD,
            span,
            f"`{name}` can't tell the type of `{message.name}`: "
            + ("it lies inside a list" if leaf.in_array else "it is no required text"),
            "choose a required field of type string, whose value is the message's `type`",
        )
        return None
    allowed = getattr(leaf.shape, "enum", None)
    if allowed is not None and message.type not in allowed:
        listed = ", ".join(f"`{value}`" for value in allowed)
        symbols.report(
            codes.UNUSABLE_FIELD,
            span,
            f"`{name}` can't tell the type of `{message.name}`: it is never `{message.type}`",
            f"write the `type` as it is on the wire: {listed}",
        )
    return Discriminator(field=path)


def _promised(
    symbols: SymbolTable, written: Node | None, message: Message
) -> Iterator[tuple[str, ...]]:
    for name in _names(written):
        path = tuple(name.text.split("."))
        if payloads.field_at(message.payload, path) is None:
            names = (field.wire for field in message.payload.fields)
            text = f"`{message.name}` has no field `{name.text}`"
            advice = did_you_mean(name.text, names)
            if isinstance(written, Mapping):
                advice = f"what isn't in the payload has a type: `{name.text}: {{type: string}}`"
            symbols.report(codes.UNKNOWN_FIELD, name.span, text, advice)
            continue
        why = obstacle(Condition(path=path, written=(), matchers=()), (message,))
        if why is None:
            yield path
        elif ("messages", message.name) not in symbols.misread:  # or its schema may be meant
            symbols.report(
                codes.UNUSABLE_FIELD,
                name.span,
                f"`{name.text}` can't be a message attribute: {why}",
                "choose a text, a number or a boolean outside of lists",
            )


def _names(written: Node | None) -> Iterator[Scalar]:
    if isinstance(written, Sequence):
        yield from parse.texts(written)
    elif isinstance(written, Mapping):
        for key, value in written.items():
            if isinstance(value, Mapping) and not value.entries:
                yield key


def _foreign(
    symbols: SymbolTable, written: Node | None, message: Message
) -> Iterator[ForeignAttribute]:
    if not isinstance(written, Mapping):
        return
    for key, value in written.items():
        if not isinstance(value, Mapping) or not value.entries:
            continue
        kind: Any = parse.text(value.get("type")) or "string"
        if kind not in _TYPES:
            continue  # and reported
        clash = payloads.field_at(message.payload, (key.text,)) is not None
        if clash or key.text.lower() == TYPE_ATTRIBUTE:
            symbols.report(
                codes.ATTRIBUTE_CLASH,
                key.span,
                f"`{key.text}` is a field of `{message.name}`, and can't be an attribute besides"
                if clash
                else f"`{key.text}` is the attribute that carries the type",
                f"to have the field come as an attribute, write `{key.text}: {{}}`"
                if clash
                else "call it something else",
            )
            continue
        yield ForeignAttribute(
            name=key.text,
            type=kind,
            enum=tuple(_values(symbols, value, kind)),
            description=parse.prose(value.get("description")) or "",
            span=key.span,
        )


def _fits(value: Any, kind: str) -> bool:
    """Whether a value is of an attribute's type; `true` is no number."""
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, str):
        return kind == "string"
    if isinstance(value, int):
        return kind in {"integer", "number"}
    return isinstance(value, float) and kind == "number"


def given_attributes(
    symbols: SymbolTable, publish: Mapping, message: Message, place: Place
) -> dict[str, Any]:
    """Return the attributes with which a test publishes a message; report what they can't be."""
    written = parse.mapping(publish.get("attributes"))
    if written is None:
        return {}
    if kind_of(place).carries_events:
        symbols.report(
            codes.OPTION_NOT_HERE,
            publish.key("attributes").span,
            f"`attributes` means nothing on `{place.name}`: events have none",
            "take it away",
        )
        return {}
    known = {each.name: each for each in message.foreign}
    found: dict[str, Any] = {}
    for key, node in written.items():
        attribute = known.get(key.text)
        if attribute is None:
            symbols.report(
                codes.UNKNOWN_FIELD,
                key.span,
                f"`{message.name}` has no attribute `{key.text}` besides its payload",
                did_you_mean(key.text, known) if known else "put it into the payload",
            )
            continue
        is_text = attribute.type == "string" and isinstance(node, Scalar)
        value = node.text if is_text and isinstance(node, Scalar) else to_json(node)
        if _fits(value, attribute.type) and (not attribute.enum or value in attribute.enum):
            found[key.text] = value
        else:
            one_of = ", ".join(f"`{each}`" for each in attribute.enum)
            symbols.report(
                codes.INVALID_EXAMPLE,
                node.span,
                f"the attribute `{key.text}` of `{message.name}` is"
                f" {f'one of {one_of}' if one_of else f'a {attribute.type}'}",
            )
    return found


def _values(symbols: SymbolTable, schema: Mapping, kind: str) -> Iterator[Any]:
    for node in parse.items(schema.get("enum")):
        value = to_json(node)
        fits = _fits(value, kind)
        if fits or (kind == "string" and isinstance(node, Scalar)):
            yield node.text if kind == "string" and isinstance(node, Scalar) else value
        else:
            symbols.report(
                codes.ATTRIBUTE_CLASH,
                node.span,
                f"`{value}` is no {kind}",
                "write values of the attribute's `type`",
            )
