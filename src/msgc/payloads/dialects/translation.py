"""Translate a file of schemas into JSON Schema 2020-12, keeping the place of every node.

Words that mean something else there are said in its words, words that say nothing in the file's
dialect are left out. What needs no translation is the same node as before.
"""

from __future__ import annotations

from msgc.payloads.dialects import DATA, TABLES, Idle, Translated
from msgc.payloads.dialects.dialect import SchemaDialect, file_dialect, stated_dialect
from msgc.tree import Mapping, Node, Scalar, Sequence


def in_2020(root: Node) -> Node:
    """Return the root of a file as 2020-12 has it."""
    return translated_from(file_dialect(root), root)


def translated_from(dialect: SchemaDialect, root: Node) -> Node:
    """Return a schema as 2020-12 has it, and all below."""
    return _Walk().schema(root, dialect, recursive=False)


class _Walk:
    """Goes through all that may be a schema, the innermost first."""

    def schema(self, node: Node, dialect: SchemaDialect, *, recursive: bool) -> Node:
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

    def _table(self, node: Mapping, dialect: SchemaDialect, *, recursive: bool) -> Mapping:
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
