"""What is known of a value that has rules and no class: at most its JSON type."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NumberShape,
    Rules,
    Shape,
    StringShape,
)
from msgc.payloads.objects import Draft
from msgc.payloads.places import Here
from msgc.payloads.reading import Reading, described
from msgc.payloads.rules import both, ruled
from msgc.payloads.translate import rules_of
from msgc.tree import Node


def loose(reading: Reading, here: Here, kinds: Iterable[str]) -> Shape | Draft:
    """Return what is known of a value that has rules and no class: at most its JSON type."""
    known = {here.kind} if here.kind else set(kinds)
    kind = known.pop() if len(known) == 1 else None
    made = outline(here.node, kind)
    return with_rules(made, rules_of(reading, here))


def outline(node: Node, kind: str | None) -> Shape | Draft:
    """Return what a value of this JSON type is, if there is one."""
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


def with_rules(made: Shape | Draft, rules: Rules | None) -> Shape | Draft:
    """Return what was made, with these rules as well."""
    if not isinstance(made, Draft):
        return ruled(made, rules)
    made.rules = both(made.rules, rules)
    return made
