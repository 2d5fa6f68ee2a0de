"""Load the files that `$ref`s name, and report those that can't be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath

from msgc.diagnostics import Diagnostic, Label, Outcome, listing
from msgc.payloads.codes import (
    ID_TWICE,
    REF_FILE_NOT_FOUND,
    REF_NOT_A_FILE,
    REF_NOT_REGULAR,
    REF_OUTSIDE,
)
from msgc.payloads.dialects import translated
from msgc.payloads.documents import NO_CATALOG, Catalog, Document
from msgc.source import Span
from msgc.syntax.codes import FILE_UNREADABLE, LINK_OUT, NOT_REGULAR
from msgc.tree import Node

Load = Callable[[str], Outcome[Node]]


class SchemaFiles:
    """Loads the files that `$ref`s name, each once, and reports what is wrong with them."""

    def __init__(
        self, main: Document, load: Load, found: list[Diagnostic], catalog: Catalog = NO_CATALOG
    ) -> None:
        self._catalog = catalog
        self.by_address: dict[str, Document] = {}
        """Files that were found by an address."""
        self._load = load
        self._found = found
        self._main = main
        self._documents: dict[str, Document | None] = {}
        self._refused: dict[str, str] = {}
        """Why there is nothing to read at a path: the id of the loader's code for it."""
        self._said: set[tuple[str, str, int]] = set()

    @property
    def main(self) -> Document:
        """The file that declares the message."""
        return self._main

    @property
    def read(self) -> tuple[Document, ...]:
        """All that have been read."""
        found = (self._main, *self._documents.values(), *self.by_address.values())
        documents = {file.path: file for file in found if file}
        return tuple(documents.values())

    def say(self, diagnostic: Diagnostic) -> None:
        """Add a finding, once: a reference may be followed again, for its constants."""
        span = diagnostic.span
        key = (diagnostic.code.id, span.source.path, span.start)
        if key not in self._said:
            self._said.add(key)
            self._found.append(diagnostic)

    def known(self, address: str, span: Span) -> Document | None:
        """Return the file in which a schema has an `$id`, if the folders of schemas have one."""
        paths = self._catalog.find(address)
        if len(paths) > 1:
            found = listing((f"`{path}`" for path in paths[:3]), "and of")
            help_ = "list narrower folders in `schemas: {folders: [...]}`, or write the path"
            self.say(ID_TWICE.at(span, f"`{address}` is the `$id` of {found}", help=help_))
        if paths:
            return self._keep(address, self._at(paths[0], span))
        from msgc.payloads.dialects.metaschemas import metaschema  # noqa: PLC0415  # few refer to them

        if address in self.by_address:
            return self.by_address[address]
        root = metaschema(address)
        return self._keep(address, Document(path=address, root=root)) if root is not None else None

    def _keep(self, address: str, document: Document | None) -> Document | None:
        if document is not None:
            self.by_address[address] = document
        return document

    def find(self, origin: Document, file: str, span: Span, address: str = "") -> Document | None:
        """Return the file that a reference in another one names; None after a diagnostic.

        `address` is what the `$id`s around the reference make of it.
        """
        if is_address(file):
            message = f"`$ref` is an address, `{file}`, and msgc reads no network"
            help_ = "keep a copy in the repository and write its path, relative to this file"
            if self._catalog.folders:
                help_ = f"{self._no_file} has this `$id`: keep a copy there"
            elif origin is not self._main:
                help_ = f"{help_}; or {_BY_ID}"
            self.say(REF_NOT_A_FILE.at(span, message, help=help_))
            return None
        advice = None
        if is_address(address):
            advice = f"if it is `{address}` that is meant, {_BY_ID}"
            if self._catalog.folders:
                advice = f"and {self._no_file} has the `$id` `{address}`"
        return self._at(normpath(join(dirname(origin.path), unquoted(file))), span, advice)

    @property
    def _no_file(self) -> str:
        return f"no file below {listing((f'`{each}`' for each in self._catalog.folders), 'or')}"

    def _at(self, path: str, span: Span, advice: str | None = None) -> Document | None:
        if path not in self._documents:
            self._documents[path] = self._read(path, span, advice)
        elif path in self._refused:
            self._say_refused(path, span, advice)
        return self._documents[path]

    def _read(self, path: str, span: Span, advice: str | None) -> Document | None:
        outcome = self._opened(path)
        refused = _refusal(outcome)
        if refused is not None:
            self._refused[path] = refused
            self._say_refused(path, span, advice)
            return None
        for diagnostic in outcome.diagnostics:
            label = Label(span=span, message="read because of this `$ref`")
            self.say(diagnostic.replace(labels=(*diagnostic.labels, label)))
        if outcome.value is None:
            return None
        return Document(path=path, root=translated(outcome.value))

    def _opened(self, path: str) -> Outcome[Node]:
        """Load a file; an outcome without a word if there is none."""
        try:
            return self._load(path)
        except OSError:
            return Outcome(None)

    def _say_refused(self, path: str, span: Span, advice: str | None) -> None:
        why = self._refused[path]
        if why == LINK_OUT.id:
            message = f"`{path}` leads out of the repository"
            help_ = "keep a copy beside messaging.yaml; msgc reads nothing above the folder with "
            self.say(REF_OUTSIDE.at(span, message, help=f"{help_}`.git`"))
            return
        if why == NOT_REGULAR.id:
            message = f"`{path}` is a device, a pipe or a socket"
            self.say(REF_NOT_REGULAR.at(span, message, help="name a file with a JSON Schema"))
            return
        message = f"there is no file `{path}` that can be read"
        self.say(REF_FILE_NOT_FOUND.at(span, message, help=advice or self._elsewhere(path)))

    def _elsewhere(self, path: str) -> str:
        """Guess what was meant by trying the likely slips; listing folders isn't ours to do."""
        stem, dot, extension = path.rpartition(".")
        others = [f"{stem}.{e}" for e in ("json", "yaml", "yml") if dot and e != extension]
        others += [path.replace(a, b) for a, b in ("-_", "_-", "\\/")] + [path.lower()]
        below = normpath(join(dirname(self._main.path), "schemas", path.rpartition("/")[2]))
        beside = normpath(join(dirname(self._main.path), path.rpartition("/")[2]))
        for other in (*others, f"{path}.json", f"{path}.yaml", below, beside):
            if other != path and _refusal(self._opened(other)) is None:
                return f"did you mean `{other}`?"
        return "the path is relative to the file that this `$ref` stands in"


def _refusal(outcome: Outcome[Node]) -> str | None:
    """Return the id of the code that says why a file can't be read, or None if it was."""
    for diagnostic in outcome.diagnostics:
        if diagnostic.code.id in (FILE_UNREADABLE.id, LINK_OUT.id, NOT_REGULAR.id):
            return diagnostic.code.id
    nothing = outcome.value is None and not outcome.diagnostics
    return FILE_UNREADABLE.id if nothing else None


_BY_ID = "name the folder with it in `schemas: {folders: [...]}`, at the top of messaging.yaml"


def is_address(text: str) -> bool:
    """Whether a reference is a whole URI, or one of another host: not a path."""
    if text.startswith("//"):
        return True
    return ":" in text and re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text) is not None


def unquoted(text: str) -> str:
    """Return the text without `%20` and its like."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415  # 4 ms, for few

    return unquote(text)
