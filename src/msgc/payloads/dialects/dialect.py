"""The dialects that schemas are written in, and how a file or a schema tells its own."""

from __future__ import annotations

from msgc.record import Record
from msgc.tree import Mapping, Node, Scalar


class SchemaDialect(Record):
    """What one draft of JSON Schema, or one version of OpenAPI, means by its keywords."""

    name: str
    """As findings have it: `draft 7`."""
    without: frozenset[str] = frozenset()
    """Keywords of 2020-12 that say nothing in it."""
    lone_ref: bool = False
    """Whether a `$ref` hides the keywords beside it."""
    own_id: str = "$id"
    """The keyword by which a schema names itself."""
    id_is_anchor: bool = False
    """Whether `$id: "#name"` is an anchor."""
    nullable: bool = True
    """Whether `nullable` means something."""


_OF_2020 = frozenset({"prefixItems", "$dynamicRef", "$dynamicAnchor"})
_OF_2019 = frozenset({
    "$anchor", "dependentRequired", "dependentSchemas", "unevaluatedItems",
    "unevaluatedProperties", "minContains", "maxContains", "$recursiveRef", "$recursiveAnchor",
})  # fmt: skip
_OF_7 = frozenset({"if", "then", "else"})
_OF_6 = frozenset({"const", "contains", "propertyNames"})

PLAIN = SchemaDialect(name="JSON Schema 2020-12")
"""A schema that doesn't say its dialect: 2020-12, and words of others where their form is plain."""
_PLAIN_WITH_ID = PLAIN.replace(own_id="id")
DRAFT_2020 = SchemaDialect(name="draft 2020-12", nullable=False)
DRAFT_2019 = SchemaDialect(name="draft 2019-09", without=_OF_2020, nullable=False)
DRAFT_7 = SchemaDialect(
    name="draft 7", without=_OF_2020 | _OF_2019, lone_ref=True, id_is_anchor=True, nullable=False
)
DRAFT_6 = DRAFT_7.replace(name="draft 6", without=DRAFT_7.without | _OF_7)
DRAFT_4 = DRAFT_6.replace(name="draft 4", without=DRAFT_6.without | _OF_6 | {"$id"}, own_id="id")
OPENAPI_3_0 = SchemaDialect(name="OpenAPI 3.0", lone_ref=True)
OPENAPI_3_1 = DRAFT_2020.replace(name="OpenAPI 3.1")

_BY_DRAFT = (
    ("draft/2020-12/", DRAFT_2020),
    ("draft/2019-09/", DRAFT_2019),
    ("draft-07/", DRAFT_7),
    ("draft-06/", DRAFT_6),
    ("draft-05/", DRAFT_4),
    ("draft-04/", DRAFT_4),
    ("draft-03/", DRAFT_4),
)
_OTHERS = (
    ("://json-schema.org/", PLAIN),  # `http://json-schema.org/schema#`: the newest one
    ("://spec.openapis.org/oas/3.1/", OPENAPI_3_1),
    ("://spec.openapis.org/oas/3.0/", OPENAPI_3_0),
    ("://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/", DRAFT_4),
)


def dialect_of(uri: str) -> SchemaDialect | None:
    """Return the dialect that a `$schema` names; None if it is none that is known."""
    if "://json-schema.org/" in uri:
        for part, dialect in _BY_DRAFT:
            if part in uri:
                return dialect
    return next((dialect for part, dialect in _OTHERS if part in uri), None)


def stated_dialect(node: Mapping) -> SchemaDialect | None:
    """Return the dialect that a schema says it is written in, if it says so."""
    stated = node.get("$schema")
    return dialect_of(stated.text) if isinstance(stated, Scalar) else None


def file_dialect(root: Node) -> SchemaDialect:
    """Return the dialect of a file: what its `$schema` names, or OpenAPI's if it is such a file."""
    if not isinstance(root, Mapping):
        return PLAIN
    version = root.get("openapi")
    if not isinstance(version, Scalar):
        if "swagger" in root.entries and "definitions" in root.entries:
            return OPENAPI_3_0
        return stated_dialect(root) or (_PLAIN_WITH_ID if _has_old_id(root) else PLAIN)
    if version.text.startswith("3.0"):
        return OPENAPI_3_0
    stated = root.get("jsonSchemaDialect")
    named = dialect_of(stated.text) if isinstance(stated, Scalar) else None
    return named or OPENAPI_3_1


def _has_old_id(root: Mapping) -> bool:
    own = root.get("id")
    return isinstance(own, Scalar) and "://" in own.text and "$id" not in root.entries
