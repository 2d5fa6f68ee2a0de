"""Translate a file of schemas into JSON Schema 2020-12, keeping the place of every node.

Words that mean something else there are said in its words, words that say nothing in the file's
dialect are left out. What needs no translation is the same node as before.
"""

from __future__ import annotations

from functools import lru_cache

from msgc.payloads.dialects.dialect import DRAFT_2020, PLAIN, Dialect, file_dialect, stated_dialect
from msgc.payloads.dialects.positions import DATA, TABLES
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence


class Translated(Mapping):
    """A schema in words of 2020-12 which was written in others."""

    __slots__ = ("idle",)

    def __init__(
        self, entries: dict[str, tuple[Scalar, Node]], span: Span, idle: tuple[Idle, ...]
    ) -> None:
        super().__init__(entries, span)
        self.idle = idle
        """Words that say nothing where they stand, and why."""

    def new_word(self, word: str, below: str) -> str:
        """Return the keyword that a step of a JSON pointer leads to; `below` is the next step."""
        if word == "items" and "prefixItems" in self.entries and below.isdecimal():
            return "prefixItems"
        if word == "additionalItems":
            return "items"
        if word == "dependencies" and word not in self.entries:
            return "dependentSchemas"
        return word


Idle = tuple[Scalar, str]


@lru_cache(maxsize=200)
def translated(root: Node) -> Node:
    """Return the root of a file as 2020-12 has it; made once, as many messages may refer to it."""
    dialect = file_dialect(root)
    if dialect in (PLAIN, DRAFT_2020) and not _is_foreign(root):
        return root
    return translated_from(dialect, root)


def translated_from(dialect: Dialect, root: Node) -> Node:
    """Return a schema as 2020-12 has it, and all below."""
    return _Walk().schema(root, dialect, recursive=False)


_RARE = ("nullable", "dependencies", "additionalItems", "$recursive", "exclusiveM", "$dynamicRef")
"""Texts without one of which nothing of a file needs translation, but for a list of `items`."""


def _is_foreign(root: Node) -> bool:
    """Whether the text of a file may have words of another dialect than 2020-12."""
    text, start, end = root.span.source.text, root.span.start, root.span.end
    if any(text.find(word, start, end) >= 0 for word in _RARE):
        return True
    own = isinstance(root, Mapping) and "$schema" in root.entries
    if text.count("$schema", start, end) > own:
        return True
    at = text.find("items", start, end)
    while at >= 0:
        if text[at + 5 : at + 60].lstrip("\"' :\t\r\n")[:1] in ("[", "-"):
            return True
        at = text.find("items", at + 5, end)
    return False


class _Walk:
    """Goes through all that may be a schema, the innermost first."""

    def schema(self, node: Node, dialect: Dialect, *, recursive: bool) -> Node:
        """Translate what may be a schema, or have some below; data and notes stay as they are."""
        if isinstance(node, Sequence):
            items = [self.schema(item, dialect, recursive=recursive) for item in node.items]
            same = all(map(_is, items, node.items))
            return node if same else Sequence(tuple(items), node.span)
        if not isinstance(node, Mapping):
            return node
        dialect = stated_dialect(node) or dialect
        if dialect.own_id in node.entries or "$recursiveAnchor" in node.entries:
            anchor = node.get("$recursiveAnchor")
            recursive = isinstance(anchor, Scalar) and anchor.value is True
        entries: dict[str, tuple[Scalar, Node]] = {}
        changed = False
        for word, (key, value) in node.entries.items():
            below = value
            if word in TABLES and isinstance(value, Mapping):
                below = self._table(value, dialect, recursive=recursive)
            elif not (word in DATA or isinstance(value, Scalar) or word.startswith("x-")):
                below = self.schema(value, dialect, recursive=recursive)
            entries[word] = key, below
            changed = changed or below is not value
        made: Mapping = Mapping(entries, node.span) if changed else node
        if _CHANGING.isdisjoint(entries) and dialect.without.isdisjoint(entries):
            return made
        from msgc.payloads.dialects.words import in_new_words  # noqa: PLC0415  # few are foreign

        idle: list[Idle] = []
        new = in_new_words(entries, dialect, idle, recursive=recursive)
        return Translated(new, node.span, tuple(idle)) if new != entries or idle else made

    def _table(self, node: Mapping, dialect: Dialect, *, recursive: bool) -> Mapping:
        entries = {
            name: (key, self.schema(value, dialect, recursive=recursive))
            for name, (key, value) in node.entries.items()
        }
        same = all(entries[name][1] is value for name, (_, value) in node.entries.items())
        return node if same else Mapping(entries, node.span)


_CHANGING = frozenset({
    "$ref", "id", "$id", "items", "additionalItems", "dependencies", "nullable", "exclusiveMinimum",
    "exclusiveMaximum", "$recursiveRef", "$recursiveAnchor", "$dynamicRef",
})  # fmt: skip
"""Words that may mean something else than in 2020-12."""


def _is(first: Node, second: Node) -> bool:
    return first is second
