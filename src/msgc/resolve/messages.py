"""Resolve messages: read their schemas, name their types, check their examples."""

from __future__ import annotations

from typing import Any

from msgc import payloads
from msgc.diagnostics import Outcome, did_you_mean
from msgc.payloads.model import ObjectShape
from msgc.resolve import codes, parse
from msgc.resolve.schemas import Schemas
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Message
from msgc.tree import Mapping, Node, Scalar, Sequence, at, to_json


def resolve_messages(symbols: SymbolTable, schemas: Schemas) -> None:
    """Add every message of the file to the symbol table."""
    budget = payloads.SchemaBudget()
    for key, node in symbols.declarations("messages"):
        schema = node.get("schema")
        if not isinstance(schema, Mapping):
            continue  # required, and reported as missing or as what it is
        document = payloads.Document(path=node.span.source.path, root=schema)
        payload = _payload(symbols, schemas, key, document, budget)
        if payload is None:
            continue
        written = node.get("source")
        sources = _sources(written) or (symbols.source,)
        symbols.messages[key.text] = Message(
            name=key.text,
            key=key.span,
            node=node,
            description=parse.prose(node.get("description")) or payload.description,
            payload=payload,
            schema=payloads.WrittenSchema(document=document, files=schemas.trees),
            type=parse.text(node.get("type")) or key.text,
            source=next((s for s in sources if isinstance(s, str)), symbols.source),
            sources=sources,
            group_by=_field(symbols, node, "group_by", payload),
            deduplicate_by=_field(symbols, node, "deduplicate_by", payload),
            examples=_examples(symbols, node, payload),
        )


def _payload(
    symbols: SymbolTable,
    schemas: Schemas,
    key: Scalar,
    document: payloads.Document,
    budget: payloads.SchemaBudget,
) -> ObjectShape | None:
    outcome: Outcome[ObjectShape] = payloads.read(
        document.root, name=key.text, path=document.path, load=schemas.load, budget=budget
    )
    symbols.diagnostics.extend(outcome.diagnostics)
    if not outcome.ok:
        symbols.misread.add(key.text)
    return outcome.value


def _sources(node: Node | None) -> tuple[Any, ...]:
    if isinstance(node, Sequence):
        return tuple(v for item in node.items for v in _sources(item))
    if isinstance(node, Mapping):
        return (parse.json(node),)
    written = parse.text(node)
    return (written,) if written else ()


def _field(
    symbols: SymbolTable, node: Mapping, option: str, payload: ObjectShape
) -> tuple[str, ...] | None:
    path = parse.path(node.get(option))
    if path is None:
        return None
    written, span = ".".join(path), at(node, (option,)).span
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
