"""Documents of schemas as the package `jsonschema` reads them: by address, in Python's words.

Notes are left out. A file's address is made from its path relative to messaging.yaml, so that
relative references between files hold, and that it is the same wherever the repository lies.
"""

from __future__ import annotations

import posixpath
from typing import Protocol
from urllib.parse import quote

from msgc.payloads.dialects import DATA, TABLES
from msgc.payloads.documents import Document, Steps, Subschema, pointer
from msgc.payloads.documents.anchors import names_of, resolved
from msgc.payloads.documents.files import is_address, unquoted
from msgc.payloads.documents.references import References
from msgc.payloads.model import Library
from msgc.payloads.vocabulary import NOTES
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, at, to_json


class Pattern(Protocol):
    """Returns a regular expression as Python has it; None after a diagnostic."""

    def __call__(self, text: str, span: Span, *, of_names: bool = False) -> str | None:
        """Return the expression of a text, or of the `of_names` of properties."""
        ...


_KEPT = frozenset({"$id", "$anchor", "$dynamicAnchor", "$defs", "definitions"})
_LEFT_OUT = (NOTES - _KEPT) | {"format", "x-python", "x-sensitive"}
"""What changes no verdict of `jsonschema`; formats are checked where the codec knows the type."""


def bundle(references: References, here: Subschema, pattern: Pattern) -> Library:
    """Return a schema with all files that were read for it."""
    made = _Bundle(references, pattern)
    files = references.files
    documents = {
        made.address(file): made.whole(file)
        for file in files.read
        if file is not files.main or file is here.document  # else it is but a reference
    }
    steps = pointer(here.path) if here.path else ""
    return Library(schema=f"{made.address(here.document)}#{quote(steps)}", documents=documents)


class _Bundle:
    def __init__(self, references: References, pattern: Pattern) -> None:
        self._references = references
        self._pattern = pattern
        files = references.files
        folder = posixpath.dirname(files.main.path) or "."
        self._paths = {
            file.path: posixpath.relpath(file.path, folder)
            for file in files.read
            if not is_address(file.path)
        }
        up = max((path.split("/").count("..") for path in self._paths.values()), default=0)
        self._top = "/" + "_/" * up

    def address(self, document: Document) -> str:
        """Return the `$id` of a file, or one that its path makes."""
        own = document.root.get("$id") if isinstance(document.root, Mapping) else None
        if isinstance(own, Scalar) and is_address(own.text):
            return own.text.removesuffix("#")
        if document.path not in self._paths:
            return document.path
        path = posixpath.normpath(posixpath.join(self._top, self._paths[document.path]))
        return f"file://{quote(path)}"

    def whole(self, document: Document) -> JsonValue:
        """Return a file as JSON."""
        return self._plain(document, document.root, ())

    def _plain(self, document: Document, node: Node, path: Steps) -> JsonValue:
        """Return a schema, or what schemas stand in, as JSON."""
        if isinstance(node, Scalar):
            return node.value
        if isinstance(node, Sequence):
            items = enumerate(node.items)
            return [self._plain(document, item, (*path, i)) for i, item in items]
        out: dict[str, JsonValue] = {}
        for word, (_, value) in node.entries.items():
            if word in TABLES and isinstance(value, Mapping):
                out[word] = self._table(document, value, (*path, word))
            elif word in ("enum", "const"):
                out[word] = to_json(value)
            elif isinstance(value, Scalar):
                made = self._scalar(document, word, value, path)
                out |= {} if made is None else {word: made}
            elif word not in DATA and word != "discriminator":
                out[word] = self._plain(document, value, (*path, word))
        return out

    def _scalar(self, document: Document, word: str, value: Scalar, path: Steps) -> JsonValue:
        """Return the value of a keyword, None if that is left out."""
        if word in ("$ref", "$dynamicRef"):
            return self._ref(document, value.text, path)
        if word == "pattern":
            return self._pattern(value.text, value.span)
        return None if word in _LEFT_OUT else value.value

    def _table(self, document: Document, table: Mapping, path: Steps) -> JsonValue:
        out: dict[str, JsonValue] = {}
        for name, (key, below) in table.entries.items():
            text: str | None = name
            if path[-1] == "patternProperties":
                text = self._pattern(name, key.span, of_names=True)
            if text is not None:
                out[text] = self._plain(document, below, (*path, name))
        return out

    def _ref(self, document: Document, text: str, path: Steps) -> str:
        """Return a reference; one out of the schema with the `$id` around it by that one's address.

        `referencing` doesn't take a JSON pointer into a schema with an `$id` for a way through it.
        """
        file, sharp, fragment = text.partition("#")
        names = names_of(document.path, document.root)
        here = Subschema(document.root, document, path)
        start = names.resource_of(here)
        if file:
            led = self._references.led.get((document.path, names.base_of(here), file))
            if led is None:
                return text
        else:
            led = Subschema(at(document.root, start), document, start)
        names = names_of(led.document.path, led.document.root)
        target, missing = self._references.inside(led, unquoted(fragment))
        inner = names.resource_of(target) if fragment.startswith("/") else led.path
        if missing or (not file and inner == start):
            return text
        address = self.address(led.document)
        if inner:  # a schema within it that has an `$id`
            address = resolved(address, names.base_of(target if inner != led.path else led))
        if fragment.startswith("/"):
            below = target.path[len(inner) :]
            return f"{address}#{quote(pointer(below))}" if below else address
        return f"{address}{sharp}{fragment}"
