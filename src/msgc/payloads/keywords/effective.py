"""Keywords that have an effect: others, as `minLength: 0`, let every value through.

Beside a `$ref` these must not make another type of what the reference leads to.
"""

from __future__ import annotations

from msgc.payloads.vocabulary import CHECKED_FORMATS, NOTES, REFERENCES, SUPPORTED
from msgc.tree import Mapping, Node, Scalar, Sequence


def effective_keywords(node: Mapping) -> frozenset[str]:
    """Return the keywords of a schema that restrict values, but for references."""
    return frozenset(word for word in node.entries if _is_effective(node, word))


def accepts_anything(node: Node | None) -> bool:
    """Whether it is a schema without effective keywords, which every value fits."""
    if isinstance(node, Scalar):
        return node.value is True
    return (
        isinstance(node, Mapping)
        and not effective_keywords(node)
        and REFERENCES.isdisjoint(node.entries)
    )


def says_nothing(part: Node) -> bool:
    """Whether a part of an `allOf` changes nothing, not even for `unevaluatedProperties`."""
    opening = isinstance(part, Mapping) and not _OPENING.isdisjoint(part.entries)
    return not opening and accepts_anything(part)


def _is_effective(node: Mapping, word: str) -> bool:
    if word in NOTES or word in REFERENCES or word not in node.entries:
        return False
    if word.startswith("x-"):
        return word == "x-python"
    value = node.entries[word][1]
    if word in _SCHEMAS:
        return not accepts_anything(value)
    if word in _EMPTY:
        return not isinstance(value, Mapping | Sequence) or _length(value) > 0
    if word in _FROM_ZERO:
        return not (isinstance(value, Scalar) and value.value is not False and value.value == 0)
    return _is_effective_beside(node, word, value)


def _is_effective_beside(node: Mapping, word: str, value: Node) -> bool:  # noqa: PLR0911  # one a word
    """Look at the keywords whose effect depends on their value or on others beside them."""
    match word:
        case "uniqueItems":
            return not (isinstance(value, Scalar) and value.value is False)
        case "allOf":
            parts = value.items if isinstance(value, Sequence) else ()
            return not (parts and all(map(says_nothing, parts)))
        case "format":
            return not (isinstance(value, Scalar) and value.text not in CHECKED_FORMATS)
        case "if":
            return _is_effective(node, "then") or _is_effective(node, "else")
        case "then" | "else":
            return "if" in node.entries and not accepts_anything(value)
        case "minContains" | "maxContains":
            return "contains" in node.entries
        case "discriminator":
            return not {"oneOf", "anyOf"}.isdisjoint(node.entries)
        case _:
            return word in SUPPORTED


def _length(value: Mapping | Sequence) -> int:
    return len(value.entries if isinstance(value, Mapping) else value.items)


_SCHEMAS = frozenset({
    "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items", "propertyNames",
})  # fmt: skip
_EMPTY = frozenset({
    "properties", "required", "patternProperties", "dependentRequired", "dependentSchemas",
})  # fmt: skip
_OPENING = frozenset({"additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems"})
_FROM_ZERO = frozenset({"minLength", "minItems", "minProperties"})
