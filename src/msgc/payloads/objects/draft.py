"""Object drafts: the object keywords of one schema, before `allOf` is merged."""

from __future__ import annotations

from collections.abc import Callable

from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.effective import accepts_anything
from msgc.payloads.keywords.python_words import is_sensitive
from msgc.payloads.model import Constraints, Shape, UnionShape
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar

_OTHERS = ("additionalProperties", "unevaluatedProperties")
_OPEN = frozenset({"additionalProperties", "patternProperties"})


class Property:
    """A property of a draft, which several parts of an `allOf` may declare."""

    __slots__ = ("node", "places", "sensitive", "shape", "span")

    def __init__(
        self,
        shape: Shape,
        node: Node,
        span: Span,
        places: tuple[Subschema, ...] = (),
        *,
        sensitive: bool = False,
    ) -> None:
        self.sensitive = sensitive
        """Whether its value shall not be seen in logs."""
        self.shape = shape
        self.node = node
        self.span = span
        self.places = places
        """All schemas that its values must fit."""


class Draft:
    """An object before it is a class: parts of an `allOf` are merged as drafts."""

    __slots__ = (
        "alternatives", "beside", "closed", "constraints", "deferred", "description", "forbidden",
        "keeps", "least", "most", "open", "properties", "required", "rest", "rest_at", "span",
    )  # fmt: skip

    def __init__(self, span: Span) -> None:
        self.span = span
        self.description = ""
        self.properties: dict[str, Property] = {}
        self.required: dict[str, Span] = {}
        self.forbidden: dict[str, None] = {}
        """Properties whose schema is `false`."""
        self.closed: Span | None = None
        """Where it says `additionalProperties: false`."""
        self.rest: Shape | None = None
        """The shape of undeclared properties, where `additionalProperties` is a schema."""
        self.rest_at: tuple[Subschema, ...] = ()
        self.keeps = False
        """Whether it allows undeclared properties explicitly: then they are kept."""
        self.open = False
        """Whether a part says something about undeclared properties."""
        self.constraints: Constraints | None = None
        self.beside: Constraints | None = None
        """Constraints around it, where it is one of several types of a schema."""
        self.least: int | None = None
        self.most: int | None = None
        self.alternatives: UnionShape | None = None
        """The classes that it is one of, where it is a message and has none of its own."""
        self.deferred: list[Callable[[Draft], None]] = []
        """What adds properties to it once all parts are merged."""


def read_draft(context: Context, here: Subschema, node: Mapping) -> Draft:
    """Compile the object keywords of one schema."""
    out = Draft(node.span)
    out.description = described(node)
    for key, value in context.entries(node, "properties"):
        if isinstance(value, Scalar) and value.value is False:
            out.forbidden[key.text] = None
            continue
        below = here.child(value, "properties", key.text)
        out.properties[key.text] = Property(
            context.shape(below), value, key.span, (below,), sensitive=is_sensitive(context, below)
        )
    if out.forbidden:  # they must not be there, which is a rule
        absent: JsonValue = {"properties": dict.fromkeys(out.forbidden, False)}
        out.constraints = Constraints(schema=absent, definitions=context.definitions)
    out.required = context.property_names(node, "required")
    others = node.get("additionalProperties")
    if others is not None and "patternProperties" not in node.entries:  # else it is a constraint
        if isinstance(others, Scalar) and isinstance(others.value, bool):
            out.closed = None if others.value else others.span
        else:
            below = here.child(others, "additionalProperties")
            out.rest, out.rest_at = context.shape(below), (below,)
    out.keeps = any(accepts_anything(node.get(word)) for word in _OTHERS)
    opened = out.keeps or not _OPEN.isdisjoint(node.entries)
    out.open = opened and out.closed is None
    out.least = context.integer(node, "minProperties")
    out.most = context.integer(node, "maxProperties")
    return out
