"""`Schemas`: load the files that `$ref` names, each once."""

from __future__ import annotations

from msgc import syntax
from msgc.diagnostics import Outcome
from msgc.payloads.documents import NO_CATALOG, Catalog
from msgc.resolve.symbols import SymbolTable
from msgc.source import Files, Referred
from msgc.tree import Node


class Schemas:
    """Loads the files that `$ref` names; what is wrong with one is said once."""

    def __init__(self, files: Files, origin: str, catalog: Catalog = NO_CATALOG) -> None:
        """Read through `files` what the messaging.yaml at `origin` may refer to."""
        self.catalog = catalog
        self._files = Referred(files, origin)
        self._budget = syntax.Budget()
        self._loaded: dict[str, Outcome[Node]] = {}
        self.trees: dict[str, Node] = {}
        """What was read, by path: files that couldn't be are missing."""

    def load(self, path: str) -> Outcome[Node]:
        """Return the tree of a file; raises `OSError` when there is none to read."""
        if path in self._loaded:
            return Outcome(self._loaded[path].value)
        loaded = self._loaded[path] = syntax.load_node(path, self._files, self._budget)
        if loaded.value is not None:
            self.trees[path] = loaded.value
        return loaded


def schemas_of(files: Files, origin: str, symbols: SymbolTable) -> Schemas:
    """Return what loads the schemas of a file, and finds them as its `schemas` say."""
    written = symbols.root.get("schemas")
    if written is None:
        return Schemas(files, origin)
    from msgc.resolve.messages.schema_folders import catalog_of  # noqa: PLC0415  # few have any

    return Schemas(files, origin, catalog_of(written, files, origin, symbols))
