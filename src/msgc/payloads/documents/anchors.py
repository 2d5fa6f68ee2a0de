"""Names that the schemas of a file give themselves: `$id`, `$anchor` and `$dynamicAnchor`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgc.payloads.dialects import DATA, TABLES, is_openapi
from msgc.payloads.documents import Document, Steps, Subschema
from msgc.payloads.vocabulary import SUPPORTED
from msgc.tree import Mapping, Node, Scalar, Sequence


@lru_cache(maxsize=100)
def names_of(path: str, root: Node) -> Names:
    """Return the names in a file; looked for once, as many messages may refer to one file."""
    return Names(Document(path=path, root=root))


class Names:
    """The schemas of one file by their names; a schema with an `$id` has anchors of its own."""

    def __init__(self, document: Document) -> None:
        self.by_id: dict[str, Subschema] = {}
        """Schemas by the absolute form of their `$id`."""
        self.dynamic: list[str] = []
        """All `$dynamicAnchor`s, as often as they are given."""
        self._anchors: dict[Steps, dict[str, Subschema]] = {(): {}}
        self._bases: dict[Steps, str] = {(): ""}
        self._document = document
        self._everywhere = is_openapi(document.root)
        """Whether schemas stand under words that are none of JSON Schema's."""
        self._add(document.root, (), ())
        if self.by_id:
            self.by_id.setdefault("", Subschema(document.root, document, ()))

    def anchors(self, root: Subschema) -> dict[str, Subschema]:
        """Return the anchors of the file, or of a schema with an `$id`."""
        return self._anchors[root.path]

    def base_of(self, here: Subschema) -> str:
        """Return what references in a schema are relative to: the `$id`s above it, put together."""
        return self._bases[self.resource_of(here)]

    def resource_of(self, here: Subschema) -> Steps:
        """Return the path of the schema with an `$id` that a schema is a part of, or the root's."""
        path = here.path
        while path not in self._bases:
            path = path[:-1]
        return path

    def _add(self, node: Node, path: Steps, root: Steps) -> None:
        if isinstance(node, Mapping):
            root = self._named(Subschema(node, self._document, path), node, root)
        for steps, below in _below(node, everywhere=self._everywhere):
            self._add(below, path + steps, root)

    def _named(self, here: Subschema, node: Mapping, root: Steps) -> Steps:
        """Keep the names of a schema; return the path of the one whose anchors come below."""
        own = node.get("$id")
        if isinstance(own, Scalar):
            base = resolved(self._bases[root], own.text).removesuffix("#")
            root = here.path
            self._bases[root], self._anchors[root], self.by_id[base] = base, {}, here
        for word in ("$anchor", "$dynamicAnchor"):
            anchor = node.get(word)
            if isinstance(anchor, Scalar):
                self._anchors[root][anchor.text] = here
                self.dynamic += [anchor.text] if word == "$dynamicAnchor" else []
        return root


def _below(node: Node, *, everywhere: bool) -> Iterator[tuple[Steps, Node]]:
    """Yield what may be schemas, or have some in it."""
    if isinstance(node, Sequence):
        yield from (((i,), item) for i, item in enumerate(node.items))
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key.text in TABLES and isinstance(value, Mapping):
                yield from (((key.text, name.text), schema) for name, schema in value.items())
            elif key.text not in DATA and (everywhere or key.text in SUPPORTED):
                yield (key.text,), value


def resolved(base: str, ref: str) -> str:
    """Return a reference in its absolute form; a URN has no parts to be relative to."""
    from urllib.parse import urljoin  # noqa: PLC0415  # 4 ms, for few

    if ref.startswith("#"):
        return base + ref
    return urljoin(base, ref)
