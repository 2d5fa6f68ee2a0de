"""A cache of the shapes of scalar schemas, by what these say: a service has many that are equal.

Such a shape doesn't depend on where its schema stands: it has no parts, and nothing was wrong
with it.
"""

from __future__ import annotations

from msgc.payloads.model import BooleanShape, NullShape, NumberShape, Shape, StringShape
from msgc.tree import Mapping, Node, Scalar, Sequence

Words = tuple[object, ...]

_WORDS = frozenset({
    "type", "enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "title", "description", "x-python",
})  # fmt: skip
_MOST = 1000
"""Of shapes that are kept, so that long-lived processes don't keep all they have ever read."""


class ScalarCache:
    """The shapes of scalar schemas so far, by their cache keys."""

    def __init__(self) -> None:
        """Know none."""
        self._shapes: dict[Words, Shape] = {}

    def get(self, words: Words) -> Shape | None:
        """Return the shape of an equal schema."""
        return self._shapes.get(words)

    def keep(self, words: Words, shape: Shape) -> None:
        """Remember a shape, if it is a scalar without constraints."""
        if (
            isinstance(shape, StringShape | NumberShape | BooleanShape | NullShape)
            and shape.constraints is None
            and len(self._shapes) < _MOST
        ):
            self._shapes[words] = shape


def cache_key(node: Node, kind: str | None) -> Words | None:
    """Return the cache key of a scalar schema; None if the schema may be anything else."""
    if not isinstance(node, Mapping):
        return None
    out: list[object] = [kind]
    for word, (_, value) in node.entries.items():
        if word not in _WORDS:
            return None
        if isinstance(value, Scalar):
            out += (word, value.plain, value.text)
        elif isinstance(value, Sequence):
            out += (word, len(value.items))
            for item in value.items:
                if not isinstance(item, Scalar):
                    return None
                out += (item.plain, item.text)
        else:
            return None
    return tuple(out)
