"""Dialects of JSON Schema and OpenAPI: schemas are translated into 2020-12 when a file is read.

What is here is what every file needs; the dialects are loaded for one that is written in another.
"""

from __future__ import annotations

from functools import lru_cache

from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar

Idle = tuple[Scalar, str]
"""A word that says nothing where it stands, and why."""


TABLES = frozenset({
    "properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions",
})  # fmt: skip
"""Keywords whose values are schemas by name: no keyword stands among those names."""
DATA = frozenset({"enum", "const", "default", "examples", "example"})
"""Keywords whose values are no schemas, whatever is in them."""


class Translated(Mapping):
    """A schema in words of 2020-12 which was written in others."""

    __slots__ = ("idle",)

    def __init__(
        self, entries: dict[str, tuple[Scalar, Node]], span: Span, idle: tuple[Idle, ...]
    ) -> None:
        super().__init__(entries, span)
        self.idle = idle
        """Words of it that say nothing."""

    def new_word(self, word: str, below: str) -> str:
        """Return the keyword that a step of a JSON pointer leads to; `below` is the next step."""
        if word == "items" and "prefixItems" in self.entries and below.isdecimal():
            return "prefixItems"
        if word == "additionalItems":
            return "items"
        if word == "dependencies" and word not in self.entries:
            return "dependentSchemas"
        return word


@lru_cache(maxsize=200)
def translated(root: Node) -> Node:
    """Return the root of a file as 2020-12 has it; made once, as many messages may refer to it."""
    if not _is_foreign(root):
        return root
    from msgc.payloads.dialects.translation import in_2020  # noqa: PLC0415  # few are foreign

    return in_2020(root)


def is_openapi(root: Node) -> bool:
    """Whether a file is a description of an API, with schemas in it."""
    return isinstance(root, Mapping) and not _APIS.isdisjoint(root.entries)


_APIS = frozenset({"openapi", "swagger", "asyncapi"})
NEWEST = "json-schema.org/draft/2020-12/"
_RARE = ("nullable", "dependencies", "additionalItems", "$recursive", "$dynamicRef")
"""Words without one of which nothing of a file needs translation, but for those below."""
_BEFORE = {"items": "[-", "exclusiveMinimum": "tTfF", "exclusiveMaximum": "tTfF"}
"""Words that do where their value begins so: a list, `true` or `false`."""


def _is_foreign(root: Node) -> bool:
    """Whether a file is, or its text may have words, of another dialect than 2020-12."""
    if not isinstance(root, Mapping):
        return False
    stated = root.get("$schema")
    newest = isinstance(stated, Scalar) and NEWEST in stated.text
    if (stated is not None and not newest) or "id" in root.entries or is_openapi(root):
        return True
    text, start, end = root.span.source.text, root.span.start, root.span.end
    return (
        any(text.find(word, start, end) >= 0 for word in _RARE)
        or text.count("$schema", start, end) > newest
        or any(_is_before(text, start, end, word, first) for word, first in _BEFORE.items())
    )


def _is_before(text: str, start: int, end: int, word: str, first: str) -> bool:
    """Whether a word stands before a value that begins with one of these characters."""
    at = text.find(word, start, end)
    while at >= 0:
        at += len(word)
        value = text[at : at + 60].lstrip("\"' :\t\r\n")
        if value and value[0] in first:
            return True
        at = text.find(word, at, end)
    return False
