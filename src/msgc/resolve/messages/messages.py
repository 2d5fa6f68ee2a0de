"""Resolve messages: read their schemas, name their types, check their examples."""

from __future__ import annotations

from typing import Any

from msgc import payloads
from msgc.diagnostics import Label, Outcome, did_you_mean
from msgc.payloads.model import ObjectShape
from msgc.payloads.wishes import Wish, Wishes
from msgc.resolve import codes, parse
from msgc.resolve.messages.attributes import with_attributes
from msgc.resolve.messages.imports import Imports
from msgc.resolve.messages.schemas import Schemas
from msgc.resolve.symbols import SymbolTable
from msgc.topology.messages import Home, Message
from msgc.tree import Mapping, Node, Scalar, Sequence, at, to_json
from msgc.workspace.codes import BROKEN_IMPORT

_COME_ALONG = (
    "type", "source", "group_by", "deduplicate_by", "attributes", "discriminator", "envelope",
    "large_messages",
)  # fmt: skip
"""What an imported message is, wherever it is imported."""

_ATTRIBUTES = frozenset({"attributes", "discriminator"})


def resolve_messages(symbols: SymbolTable, schemas: Schemas, imports: Imports) -> None:
    """Add every message of the file to the symbol table."""
    reader = _Reader(symbols, schemas)
    for key, node in symbols.declarations("messages"):
        if "import" in node.entries:
            message = _imported(symbols, imports, key, node)
        else:
            message = reader.declared(key, node)
            if "large_messages" in node.entries:
                symbols.large.append((key.text, node, node, symbols))
        if message is not None:
            symbols.messages[key.text] = message


def _imported(symbols: SymbolTable, imports: Imports, key: Scalar, node: Mapping) -> Message | None:
    """Return a message of another file, as it is declared there; its examples are added to."""
    for option in _COME_ALONG:
        if option in node.entries and not symbols.is_default("messages", node, option):
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` of an imported message comes along with it",
                "leave it out; or declare a message of your own, with its `schema`",
            )
    found = imports.find("message", key, node)
    if found is None:
        symbols.misread.add(("messages", key.text))
        return None
    there = found.file.symbols
    before = len(there.diagnostics)
    reader = _Reader(there, found.file.schemas)
    message = reader.declared(found.key, found.node, key.text, wishes_in(node))
    broken = next((d for d in there.diagnostics[before:] if d.is_error), None)
    if message is None or broken is not None:
        symbols.misread.add(("messages", key.text))
        symbols.report(
            BROKEN_IMPORT,
            (node.get("import") or node).span,
            f"`{found.key.text}` of {found.file.called} has a mistake"
            + (f": {broken.message}" if broken else ""),
            "mend it there first",
            Label(span=broken.span if broken else found.key.span, message="here"),
        )
    if message is None:
        return None
    home = Home(service=there.service, name=found.key.text)
    examples = (*message.examples, *_examples(symbols, node, message.payload))
    description = parse.prose(node.get("description")) or message.description
    if "large_messages" in found.node.entries:
        symbols.large.append((key.text, node, found.node, there))
    return message.replace(
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=description,
        examples=examples,
        deprecated=parse.prose(node.get("deprecated")) or message.deprecated,
        home=home,
        nulls=parse.text(node.get("nulls")) or message.nulls,
    )


class _Reader:
    """Reads the messages that one file declares."""

    def __init__(self, symbols: SymbolTable, schemas: Schemas) -> None:
        self._symbols = symbols
        self._schemas = schemas
        self._budget = payloads.SchemaBudget()

    def declared(
        self,
        key: Scalar,
        node: Mapping,
        name: str | None = None,
        wishes: Wishes | None = None,
    ) -> Message | None:
        """Return a message with a schema; None after a diagnostic.

        `name` is what it is called here, if it was declared under another one; `wishes` are for its
        classes here.
        """
        symbols, schemas = self._symbols, self._schemas
        schema = node.get("schema")
        if not isinstance(schema, Mapping):
            return None  # required, and reported as missing or as what it is
        document = payloads.Document(path=node.span.source.path, root=schema)
        name = name or key.text
        wishes = wishes or wishes_in(node)
        payload = _payload(symbols, schemas, name, document, self._budget, wishes)
        if payload is None:
            return None
        was, written = parse.text(node.get("was")), node.get("source")
        sources = _sources(written) or (symbols.source,)
        message = Message(
            name=name,
            key=key.span,
            node=node,
            description=parse.prose(node.get("description")) or payload.description,
            payload=payload,
            schema=payloads.WrittenSchema(
                document=document, files=schemas.trees, catalog=schemas.catalog
            ),
            was=was,
            type=parse.text(node.get("type")) or was or key.text,
            source=next((s for s in sources if isinstance(s, str)), symbols.source),
            sources=sources,
            group_by=_fields(symbols, node, "group_by", payload),
            deduplicate_by=_field(symbols, node.get("deduplicate_by"), "deduplicate_by", payload),
            examples=_examples(symbols, node, payload),
            deprecated=parse.prose(node.get("deprecated")),
            nulls=parse.text(node.get("nulls")),
        )
        if not _ATTRIBUTES.isdisjoint(node.entries):
            message = with_attributes(symbols, node, message)
        if "envelope" in node.entries:
            from msgc.resolve.messages.envelopes import enveloped  # noqa: PLC0415  # few have one

            message = enveloped(symbols, node, message)
        return message


def wishes_in(node: Mapping) -> Wishes | None:
    """Return what a message says of its classes in Python; None: nothing."""
    if "python" not in node.entries and "extra" not in node.entries:
        return None
    extra, fields = parse.text(node.get("extra")), node.get("python")
    listed = fields.items() if isinstance(fields, Mapping) else ()
    return Wishes(
        extra="keep" if extra == "keep" else "drop" if extra == "drop" else None,
        fields=tuple(
            Wish(path=tuple(key.text.split(".")), span=key.span, words=words)
            for key, words in listed
            if isinstance(words, Mapping)
        ),
    )


def _payload(  # noqa: PLR0913, PLR0917  # all that it depends on
    symbols: SymbolTable,
    schemas: Schemas,
    name: str,
    document: payloads.Document,
    budget: payloads.SchemaBudget,
    wishes: Wishes | None,
) -> ObjectShape | None:
    outcome: Outcome[ObjectShape] = payloads.read(
        document.root,
        name=name,
        path=document.path,
        load=schemas.load,
        budget=budget,
        catalog=schemas.catalog,
        wishes=wishes,
    )
    symbols.diagnostics.extend(outcome.diagnostics)
    if not outcome.ok:
        symbols.misread.add(("messages", name))
    return outcome.value


def _sources(node: Node | None) -> tuple[Any, ...]:
    if isinstance(node, Sequence):
        return tuple(v for item in node.items for v in _sources(item))
    if isinstance(node, Mapping):
        return (parse.json(node),)
    written = parse.text(node)
    return (written,) if written else ()


def _fields(
    symbols: SymbolTable, node: Mapping, option: str, payload: ObjectShape
) -> tuple[tuple[str, ...], ...] | None:
    """Return the paths of a field, or of a list of them; None if none of them can be used."""
    written = node.get(option)
    listed = written.items if isinstance(written, Sequence) else (written,)
    found = [_field(symbols, item, option, payload) for item in listed]
    return tuple(path for path in found if path is not None) or None


def _field(
    symbols: SymbolTable, node: Node | None, option: str, payload: ObjectShape
) -> tuple[str, ...] | None:
    path = parse.path(node)
    if path is None or node is None:
        return None
    written, span = ".".join(path), node.span
    leaf = payloads.field_at(payload, path)
    if leaf is None:
        names = (field.wire for field in payload.fields)
        symbols.report(
            codes.UNKNOWN_FIELD,
            span,
            f"`{payload.name}` has no field `{written}`",
            did_you_mean(written, names),
        )
        return None
    problem = _problem(leaf)
    if problem and ("messages", payload.name) in symbols.misread:
        return None  # its schema has a mistake, and may say something else
    if problem:
        symbols.report(
            codes.UNUSABLE_FIELD,
            span,
            f"`{written}` can't be used for `{option}`: {problem}",
            "choose a required field of type string or integer",
        )
        return None
    return path


def _problem(leaf: payloads.FieldAt) -> str | None:
    if leaf.in_array:
        return "it lies inside a list"
    if not leaf.required:
        return "it is not required, so a message may lack it"
    if "null" in leaf.kinds:
        return "it may be null"
    if not leaf.kinds <= {"string", "number"}:
        return f"it is {' or '.join(sorted(leaf.kinds - {'string', 'number'}))}"
    return None


def _examples(
    symbols: SymbolTable, node: Mapping, payload: ObjectShape
) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for example in parse.items(node.get("examples")):
        value = fitting(symbols, example, payload, what="example")
        if value is not None:
            found.append(value)
    return tuple(found)


def fitting(
    symbols: SymbolTable, node: Node, payload: ObjectShape, *, what: str
) -> dict[str, Any] | None:
    """Return an example or a published payload if it fits the schema; report it if not."""
    value = to_json(node)
    violations = payloads.violations(payload, value)
    for violation in violations:
        place = at(node, violation.path)
        symbols.report(
            codes.INVALID_EXAMPLE,
            place.span,
            f"the {what} doesn't fit `{payload.name}`: {_said(violation)}",
        )
    return value if isinstance(value, dict) and not violations else None


def _said(violation: payloads.Violation) -> str:
    steps = [f"[{s}]" if isinstance(s, int) else f".{s}" for s in violation.path]
    place = "".join(steps).lstrip(".")
    return f"`{place}`: {violation.message}" if place else violation.message
