"""Schemas of plain values, which a service has many alike of: all that say the same are one shape.

Nothing else depends on where such a schema stands: it has no parts, and nothing was wrong with it.
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


class Leaves:
    """The shapes so far, by what their schemas say."""

    def __init__(self) -> None:
        """Know none."""
        self._shapes: dict[Words, Shape] = {}

    def get(self, words: Words) -> Shape | None:
        """Return the shape of a schema that said the same."""
        return self._shapes.get(words)

    def keep(self, words: Words, shape: Shape) -> None:
        """Remember a shape, if it is a plain value's."""
        if (
            isinstance(shape, StringShape | NumberShape | BooleanShape | NullShape)
            and shape.rules is None
            and len(self._shapes) < _MOST
        ):
            self._shapes[words] = shape


def words_of(node: Node, kind: str | None) -> Words | None:
    """Return what a schema of a plain value says; None if it may be anything else."""
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
