"""Schemas written in tests, read as a message's."""

from __future__ import annotations

from collections.abc import Mapping

from msgc import payloads
from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.documents import NO_CATALOG, Catalog
from msgc.payloads.model import Field, ObjectShape
from msgc.syntax import load_node
from tests.files import Memory

Files = Mapping[str, str | bytes]


def outcome_of(
    text: str,
    files: Files | None = None,
    *,
    name: str = "OrderPlaced",
    budget: payloads.SchemaBudget | None = None,
    catalog: Catalog = NO_CATALOG,
) -> Outcome[ObjectShape]:
    texts = Memory({**(files or {}), "api/messaging.yaml": text})
    loaded = load_node("api/messaging.yaml", texts)
    assert loaded.value is not None, [d.message for d in loaded.diagnostics]
    return payloads.read(
        loaded.value,
        name=name,
        path="api/messaging.yaml",
        load=lambda path: load_node(path, texts),
        budget=budget,
        catalog=catalog,
    )


def shape_of(text: str, files: Files | None = None, *, name: str = "OrderPlaced") -> ObjectShape:
    outcome = outcome_of(text, files, name=name)
    assert outcome.value is not None
    assert outcome.diagnostics == (), [shown(d) for d in outcome.diagnostics]
    return outcome.value


def field_of(text: str, files: Files | None = None) -> Field:
    """The first property of an object."""
    return shape_of(text, files).fields[0]


def shown(diagnostic: Diagnostic) -> str:
    help_ = f" ({diagnostic.help})" if diagnostic.help else ""
    return f"{diagnostic.span!r} {diagnostic.code.id} {diagnostic.message}{help_}"
