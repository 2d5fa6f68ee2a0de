"""Messages: schemas read, names on the wire derived, examples checked."""

from __future__ import annotations

from typing import Any

from msgc import payloads
from msgc.diagnostics import Outcome, did_you_mean
from msgc.payloads.model import ObjectShape
from msgc.resolve import codes, values
from msgc.resolve.schemas import Schemas
from msgc.resolve.scope import Scope
from msgc.topology.ends import Message
from msgc.tree import Mapping, Node, Scalar, Sequence, at, to_json


def resolve_messages(scope: Scope, schemas: Schemas) -> None:
    """Add every message of the file to the scope."""
    budget = payloads.SchemaBudget()
    for key, node in scope.declarations("messages"):
        schema = node.get("schema")
        if not isinstance(schema, Mapping):
            continue  # required, and reported as missing or as what it is
        document = payloads.Document(path=node.span.source.path, root=schema)
        payload = _payload(scope, schemas, key, document, budget)
        if payload is None:
            continue
        written = node.get("source")
        sources = _sources(written) or (scope.source,)
        scope.messages[key.text] = Message(
            name=key.text,
            key=key.span,
            node=node,
            description=values.prose(node.get("description")) or payload.description,
            payload=payload,
            schema=payloads.WrittenSchema(document=document, files=schemas.trees),
            type=values.text(node.get("type")) or key.text,
            source=next((s for s in sources if isinstance(s, str)), scope.source),
            sources=sources,
            group_by=_field(scope, node, "group_by", payload),
            deduplicate_by=_field(scope, node, "deduplicate_by", payload),
            examples=_examples(scope, node, payload),
        )


def _payload(
    scope: Scope,
    schemas: Schemas,
    key: Scalar,
    document: payloads.Document,
    budget: payloads.SchemaBudget,
) -> ObjectShape | None:
    outcome: Outcome[ObjectShape] = payloads.read(
        document.root, name=key.text, path=document.path, load=schemas.load, budget=budget
    )
    scope.diagnostics.extend(outcome.diagnostics)
    if not outcome.ok:
        scope.misread.add(key.text)
    return outcome.value


def _sources(node: Node | None) -> tuple[Any, ...]:
    if isinstance(node, Sequence):
        return tuple(v for item in node.items for v in _sources(item))
    if isinstance(node, Mapping):
        return (values.json(node),)
    written = values.text(node)
    return (written,) if written else ()


def _field(
    scope: Scope, node: Mapping, option: str, payload: ObjectShape
) -> tuple[str, ...] | None:
    path = values.path(node.get(option))
    if path is None:
        return None
    written, span = ".".join(path), at(node, (option,)).span
    leaf = payloads.field_at(payload, path)
    if leaf is None:
        names = (field.wire for field in payload.fields)
        scope.report(
            codes.UNKNOWN_FIELD,
            span,
            f"`{payload.name}` has no field `{written}`",
            did_you_mean(written, names),
        )
        return None
    problem = _problem(leaf)
    if problem:
        scope.report(
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


def _examples(scope: Scope, node: Mapping, payload: ObjectShape) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for example in values.items(node.get("examples")):
        value = fitting(scope, example, payload, what="example")
        if value is not None:
            found.append(value)
    return tuple(found)


def fitting(scope: Scope, node: Node, payload: ObjectShape, *, what: str) -> dict[str, Any] | None:
    """Return what is written if it is a payload; report what isn't."""
    value = to_json(node)
    violations = payloads.violations(payload, value)
    for violation in violations:
        place = at(node, violation.path)
        scope.report(
            codes.INVALID_EXAMPLE,
            place.span,
            f"the {what} doesn't fit `{payload.name}`: {_said(violation)}",
        )
    return value if isinstance(value, dict) and not violations else None


def _said(violation: payloads.Violation) -> str:
    steps = [f"[{s}]" if isinstance(s, int) else f".{s}" for s in violation.path]
    place = "".join(steps).lstrip(".")
    return f"`{place}`: {violation.message}" if place else violation.message
