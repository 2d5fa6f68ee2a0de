"""Schema documents, and the subschemas in them with their JSON pointers."""

from __future__ import annotations

from collections.abc import Callable

from msgc.record import Record
from msgc.tree import Node

Steps = tuple[str | int, ...]
"""A JSON pointer: keys and indices from the root of a document."""
Key = tuple[str, Steps]
"""What identifies a schema: the path of its file, and its JSON pointer as steps."""


class Document(Record):
    """A file with schemas, or one that stands inline in messaging.yaml."""

    path: str
    root: Node


def _nowhere(_: str) -> tuple[str, ...]:
    return ()


class Catalog(Record):
    """Schemas that are found by their `$id`, and words in schemas that mean nothing to msgc."""

    annotations: frozenset[str] = frozenset()
    """Words of others in schemas, of which nothing is said."""
    find: Callable[[str], tuple[str, ...]] = _nowhere
    """Return the paths of the files with an `$id`; it is given without a fragment."""
    folders: tuple[str, ...] = ()
    """The folders that were looked through, for messages."""


NO_CATALOG = Catalog()


class WrittenSchema(Record):
    """A message's JSON Schema as it was written, for whoever prints it."""

    document: Document
    """The file that declares the message; the root is its schema, which may be a `$ref` only."""
    files: dict[str, Node]
    """The trees of all files that were read for schemas of this messaging.yaml, by their paths.

    A `$ref` names one relative to the folder of the file that it stands in.
    """
    catalog: Catalog = NO_CATALOG
    """Where those are that a `$ref` names by their `$id`."""


class Subschema:
    """A schema in its document, with its JSON pointer.

    Not a record: one is made for every schema that is compiled.
    """

    __slots__ = ("depth", "document", "key", "kind", "node", "path")

    def __init__(
        self,
        node: Node,
        document: Document,
        path: tuple[str | int, ...],
        depth: int = 0,
        kind: str | None = None,
    ) -> None:
        self.node = node
        self.document = document
        self.path = path
        self.depth = depth
        self.kind = kind
        """The JSON type that the schemas around this one ask for."""
        self.key: Key = (document.path, path)
        """What identifies this schema, however it was reached."""

    @property
    def pointer(self) -> str:
        """The JSON pointer, for messages."""
        return pointer(self.path)

    def child(self, node: Node, *steps: str | int) -> Subschema:
        """Return a schema below."""
        return Subschema(node, self.document, self.path + steps, self.depth + 1)

    def within(self, kind: str | None) -> Subschema:
        """Return the same schema, where the JSON type of the value is known from around it."""
        return Subschema(self.node, self.document, self.path, self.depth, kind or self.kind)


def pointer(path: tuple[str | int, ...]) -> str:
    """Return a path as a JSON pointer, `/` for the root."""
    escaped = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return "/" + "/".join(escaped)
