"""The fallback for schemas that no class expresses: their JSON type, and constraints."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.payloads.constraints import both, constrained
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Constraints,
    NumberShape,
    Shape,
    StringShape,
)
from msgc.payloads.objects.draft import Draft
from msgc.tree import Node


def fallback(context: Context, here: Subschema, kinds: Iterable[str]) -> Shape | Draft:
    """Return the shape of a schema's JSON type, if it has one, with all it says as constraints."""
    known = {here.kind} if here.kind else set(kinds)
    kind = known.pop() if len(known) == 1 else None
    made = shape_of_type(here.node, kind)
    return with_constraints(made, constraints_of(context, here))


def shape_of_type(node: Node, kind: str | None) -> Shape | Draft:
    """Return the shape of any value of a JSON type; None: of any value."""
    match kind:
        case "object":
            made = Draft(node.span)
            made.description = described(node)
            return made
        case "string":
            return StringShape(description=described(node))
        case "integer":
            return NumberShape(description=described(node), integer=True)
        case "boolean":
            return BooleanShape(description=described(node))
        case "array":
            return ArrayShape(description=described(node), items=AnyShape())
        case _:
            return AnyShape(description=described(node))


def with_constraints(made: Shape | Draft, constraints: Constraints | None) -> Shape | Draft:
    """Return a shape or an object draft that has these constraints as well."""
    if not isinstance(made, Draft):
        return constrained(made, constraints)
    made.constraints = both(made.constraints, constraints)
    return made
