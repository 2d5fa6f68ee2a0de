"""Which words of a schema say anything of a value: the others, as `minLength: 0`, change nothing.

Beside a `$ref` they must not make another type of what the reference leads to.
"""

from __future__ import annotations

from msgc.payloads.keywords import CHECKED_FORMATS, NOTES, REFERENCES
from msgc.tree import Mapping, Node, Scalar, Sequence


def telling(node: Mapping) -> frozenset[str]:
    """Return the words that say something, but for the references themselves."""
    return frozenset(word for word in node.entries if _tells(node, word))


def is_anything(node: Node | None) -> bool:
    """Whether it is a schema that every value fits, as it says nothing."""
    if isinstance(node, Scalar):
        return node.value is True
    return isinstance(node, Mapping) and not telling(node) and REFERENCES.isdisjoint(node.entries)


def _tells(node: Mapping, word: str) -> bool:
    if word in NOTES or word in REFERENCES or word not in node.entries:
        return False
    if word.startswith("x-"):
        return word == "x-python"
    value = node.entries[word][1]
    if word in _SCHEMAS:
        return not is_anything(value)
    if word in _EMPTY:
        return not isinstance(value, Mapping | Sequence) or _length(value) > 0
    if word in _FROM_ZERO:
        return not (isinstance(value, Scalar) and value.value is not False and value.value == 0)
    return _tells_beside(node, word, value)


def _tells_beside(node: Mapping, word: str, value: Node) -> bool:  # noqa: PLR0911  # one a word
    """Look at the words whose meaning depends on what stands beside them."""
    match word:
        case "uniqueItems":
            return not (isinstance(value, Scalar) and value.value is False)
        case "allOf":
            parts = value.items if isinstance(value, Sequence) else ()
            return not (parts and all(map(is_anything, parts)))
        case "format":
            return not (isinstance(value, Scalar) and value.text not in CHECKED_FORMATS)
        case "if":
            return _tells(node, "then") or _tells(node, "else")
        case "then" | "else":
            return "if" in node.entries and not is_anything(value)
        case "minContains" | "maxContains":
            return "contains" in node.entries
        case "discriminator":
            return not {"oneOf", "anyOf"}.isdisjoint(node.entries)
        case _:
            return True


def _length(value: Mapping | Sequence) -> int:
    return len(value.entries if isinstance(value, Mapping) else value.items)


_SCHEMAS = frozenset({
    "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items", "propertyNames",
})  # fmt: skip
_EMPTY = frozenset({
    "properties", "required", "patternProperties", "dependentRequired", "dependentSchemas",
})  # fmt: skip
_FROM_ZERO = frozenset({"minLength", "minItems", "minProperties"})
