"""Resolve `envelope`: the CloudEvents that messages are sent in."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import Literal

from msgc import payloads
from msgc.diagnostics import did_you_mean
from msgc.payloads import FieldAt, WrittenSchema
from msgc.payloads.model import NumberShape, StringShape, UnionShape
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.messages import CloudEvents, Message
from msgc.tree import Mapping, Node

_URI_REFERENCE = r"(?![^/?#]*:)[\w.~:/?#\[\]@!$&'()*+,;=%-]+"
_URI = r"[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?#\[\]@!$&'()*+,;=%-]+"
"""https://www.rfc-editor.org/rfc/rfc3986, but for what no service or schema has."""

_Use = Literal["id", "subject", "time", "extension"]


def enveloped(symbols: SymbolTable, node: Mapping, message: Message) -> Message:
    """Return a message with the envelope that it says it has, or that all have by default."""
    written = node.get("envelope")
    is_default = symbols.is_default("messages", node, "envelope")
    if parse.text(written) == "none" or (is_default and _is_of_aws(message)):
        return message
    if written is None or not _is_sound(symbols, message, node):
        return message
    given = parse.mapping(written)
    settings = parse.mapping(given.get("cloudevents")) if given is not None else None
    if given is not None and settings is None:
        return message  # misshapen
    reader = _Fields(symbols, message)
    found = settings.get if settings is not None else dict[str, Node]().get
    extensions = parse.mapping(found("extensions"))
    listed = extensions.items() if extensions is not None else ()
    paths = {key.text: reader.path(value, "extension") for key, value in listed}
    return message.replace(
        envelope=CloudEvents(
            id=reader.path(found("id"), "id") or message.deduplicate_by,
            subject=reader.path(found("subject"), "subject"),
            time=reader.path(found("time"), "time"),
            extensions={name: path for name, path in paths.items() if path is not None},
            data_schema=_data_schema(message.schema),
        )
    )


def _is_of_aws(message: Message) -> bool:
    """Whether it is an event of an AWS service, as its `source` says."""
    texts = [
        value
        for source in message.sources
        for value in ([source] if isinstance(source, str) else source.values())
    ]
    return any(isinstance(text, str) and text.startswith("aws.") for text in texts)


def _is_sound(symbols: SymbolTable, message: Message, node: Mapping) -> bool:
    """Whether a message can have the envelope; report why not."""
    place = node.key("envelope").span
    if _is_of_aws(message):
        symbols.report(
            codes.ENVELOPE_OF_AWS,
            place,
            f"`{message.name}` is an event of an AWS service, and those are no CloudEvents",
            "take `envelope` away: handlers find the event itself in `context.event`",
        )
        return False
    if re.fullmatch(f"{_URI_REFERENCE}|{_URI}", message.source, re.ASCII) is None:
        written = node.get("source") or symbols.root.get("source")
        symbols.report(
            codes.SOURCE_NO_URI,
            written.span if written is not None else place,
            f"`{message.source}` can't be the `source` of a CloudEvent: it is no URI reference",
            "write letters, digits, `.`, `-` and `/`: `com.example.checkout`, `/checkout/orders`",
        )
        return False
    return True


class _Fields:
    """Finds the fields of a payload from which attributes of the event are taken."""

    def __init__(self, symbols: SymbolTable, message: Message) -> None:
        self._symbols = symbols
        self._message = message

    def path(self, node: Node | None, use: _Use) -> tuple[str, ...] | None:
        """Return the path of a field; report one that can't be what it is to be."""
        path = parse.path(node)
        if path is None or node is None:
            return None
        payload, written = self._message.payload, ".".join(path)
        leaf = payloads.field_at(payload, path)
        if leaf is None:
            names = (field.wire for field in payload.fields)
            text = f"`{self._message.name}` has no field `{written}`"
            self._symbols.report(codes.UNKNOWN_FIELD, node.span, text, did_you_mean(written, names))
            return None
        problem = _problem(leaf, use)
        if problem is None:
            return path
        if ("messages", self._message.name) not in self._symbols.misread:
            what = "an extension" if use == "extension" else f"the `{use}`"
            self._symbols.report(
                codes.UNUSABLE_FIELD,
                node.span,
                f"`{written}` can't be {what} of a CloudEvent: {problem}",
                _ADVICE[use],
            )
        return None


_KINDS: dict[_Use, frozenset[str]] = {
    "id": frozenset({"string", "number"}),
    "subject": frozenset({"string", "number"}),
    "time": frozenset({"string"}),
    "extension": frozenset({"string", "number", "boolean"}),
}
_ADVICE: dict[_Use, str] = {
    "id": "choose a required field of type string or integer, another one in each event",
    "subject": "choose a field of type string or integer",
    "time": "choose a field of type string and `format: date-time`",
    "extension": "choose a field of type string, integer or boolean",
}


def _problem(leaf: FieldAt, use: _Use) -> str | None:
    """Return why a field can't be an attribute of an event: it is one text, say."""
    if leaf.in_array:
        return "it lies inside a list"
    if use == "id" and not leaf.required:
        return "it is not required, so a message may lack it"
    if use == "id" and "null" in leaf.kinds:
        return "it may be null"
    return _problem_of_type(leaf, use)


def _problem_of_type(leaf: FieldAt, use: _Use) -> str | None:
    wrong = leaf.kinds - _KINDS[use] - {"null"}
    if wrong:
        return f"it is {' or '.join(sorted(wrong))}"
    options = leaf.shape.options if isinstance(leaf.shape, UnionShape) else (leaf.shape,)
    texts = [option for option in options if isinstance(option, StringShape)]
    if use == "time" and not all(text.format == "date-time" for text in texts):
        return "it is no `format: date-time`"
    numbers = [option for option in options if isinstance(option, NumberShape)]
    if not all(number.integer for number in numbers):
        return "it is a number that may have a fraction"
    return None


def _data_schema(schema: WrittenSchema) -> str | None:
    """Return the absolute `$id` of a message's schema, which may lie in another file."""
    document, root = schema.document.path, schema.document.root
    seen = {document}
    while isinstance(root, Mapping):
        own = parse.text(root.get("$id")) or parse.text(root.get("id"))
        if own is not None and re.fullmatch(_URI, own, re.ASCII):
            return own.removesuffix("#")
        reference = parse.text(root.get("$ref"))
        if reference is None or "#" in reference:
            return None
        if re.fullmatch(_URI, reference, re.ASCII):
            return reference
        document = normpath(join(dirname(document), reference))
        if document in seen or document not in schema.files:
            return None
        seen.add(document)
        root = schema.files[document]
    return None
