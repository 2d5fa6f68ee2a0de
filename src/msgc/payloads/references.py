"""Where a `$ref` leads: files, JSON pointers, anchors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath

from msgc.diagnostics import Diagnostic, Label, Outcome, did_you_mean
from msgc.payloads.codes import (
    REF_FILE_NOT_FOUND,
    REF_NOT_A_FILE,
    REF_TARGET_NOT_FOUND,
    UNSUPPORTED_KEYWORD,
)
from msgc.record import Record
from msgc.source import Span
from msgc.syntax.codes import FILE_UNREADABLE
from msgc.tree import Mapping, Node, Scalar, Sequence, at

Load = Callable[[str], Outcome[Node]]
Path = tuple[str | int, ...]
Key = tuple[str, Path]
"""A schema: the path of its file, and the way to it from the root."""


class Document(Record):
    """A file with schemas, or one that stands inline in messaging.yaml."""

    path: str
    root: Node


class Here:
    """A schema and where it stands: the document and the way from its root.

    Not a record: one is made for every schema that is looked at.
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
        """The type that a value must have for what stands around this schema."""
        self.key: Key = (document.path, path)
        """What this schema is known by, however it was reached."""

    @property
    def pointer(self) -> str:
        """The JSON pointer, for messages."""
        return pointer(self.path)

    def child(self, node: Node, *steps: str | int) -> Here:
        """Return a schema below."""
        return Here(node, self.document, self.path + steps, self.depth + 1)

    def within(self, kind: str | None) -> Here:
        """Return the same schema where the type of the value is known."""
        return Here(self.node, self.document, self.path, self.depth, kind or self.kind)


def _unquoted(text: str) -> str:
    """Return the text without `%20` and its like."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415  # 4 ms, for few

    return unquote(text)


def pointer(path: tuple[str | int, ...]) -> str:
    """Return a path as a JSON pointer, `/` for the root."""
    escaped = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return "/" + "/".join(escaped)


class References:
    """Follows references; files are loaded once."""

    def __init__(self, document: Document, load: Load, found: list[Diagnostic]) -> None:
        self._load = load
        self._found = found
        self._main = document
        self._documents: dict[str, Document | None] = {}
        self._gone: set[str] = set()
        self._ids: dict[str, dict[str, Here]] = {}
        self._said: set[tuple[str, str, int]] = set()

    def follow(self, here: Here, ref: Scalar) -> Here | None:
        """Return the schema that a `$ref` names; None after a diagnostic."""
        target = self._target(here, ref)
        if target is None or not isinstance(here.node, Mapping):
            return target
        if here.node.get("$dynamicRef") is not ref or self._is_static(target, ref):
            return target
        self._say(
            UNSUPPORTED_KEYWORD.at(
                here.node.key("$dynamicRef").span,
                f"which schema `$dynamicRef: {ref.text}` means depends on who refers here",
                help="write a `$ref` to the one that is meant",
            )
        )
        return None

    def _is_static(self, target: Here, ref: Scalar) -> bool:
        """Whether a `$dynamicRef` leads to one schema, whoever refers."""
        own = target.node.get("$dynamicAnchor") if isinstance(target.node, Mapping) else None
        name = ref.text.partition("#")[2]
        if not isinstance(own, Scalar) or own.text != name:
            return True
        documents = {d.path: d for d in (self._main, *self._documents.values()) if d is not None}
        return sum(_count(d.root, name) for d in documents.values()) == 1

    def _target(self, here: Here, ref: Scalar) -> Here | None:
        if self._identified(here.document):
            found = self._by_id(here, ref.text)
            if found is not None:
                return found
        file, _, fragment = ref.text.partition("#")
        document = self._document(here.document, file, ref.span) if file else here.document
        if document is None:
            return None
        fragment = _unquoted(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchor(document, fragment, here, ref.span)
        return self._walk(document, fragment, here, ref.span)

    def _identified(self, document: Document) -> dict[str, Here]:
        """Return the schemas of a file by their `$id`, if there is one below or at the root."""
        if document.path not in self._ids:
            self._ids[document.path] = identified(document)
        return self._ids[document.path]

    def _by_id(self, here: Here, ref: str) -> Here | None:
        """Return the schema in the same file that a reference means by the `$id`s around it."""
        from urllib.parse import urldefrag  # noqa: PLC0415  # 4 ms, for few

        address, fragment = urldefrag(resolved(base_of(here), ref))
        root = self._ids[here.document.path].get(address)
        fragment = _unquoted(fragment)
        if root is None:
            return None
        if not fragment:
            return root
        if not fragment.startswith("/"):
            named = dict(_anchors(root.node, root.path)).get(fragment)
            return None if named is None else Here(named[1], root.document, named[0])
        node, path = root.node, root.path
        for raw in fragment.split("/")[1:]:
            step = raw.replace("~1", "/").replace("~0", "~")
            key: str | int = int(step) if isinstance(node, Sequence) and step.isdecimal() else step
            below = at(node, (key,))
            if below is node:
                return None
            node, path = below, (*path, key)
        return Here(node, root.document, path, here.depth + 1)

    def _say(self, diagnostic: Diagnostic) -> None:
        """Add a finding, once: a reference may be followed again, for its constants."""
        span = diagnostic.span
        key = (diagnostic.code.id, span.source.path, span.start)
        if key not in self._said:
            self._said.add(key)
            self._found.append(diagnostic)

    def _document(self, origin: Document, file: str, span: Span) -> Document | None:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", file):
            self._say(
                REF_NOT_A_FILE.at(
                    span,
                    f"`$ref` is an address, `{file}`, and msgc reads no network",
                    help="keep a copy in the repository and write its path, relative to this file",
                )
            )
            return None
        path = normpath(join(dirname(origin.path), _unquoted(file)))
        if path not in self._documents:
            self._documents[path] = self._read(path, span)
        elif path in self._gone:
            self._missing(path, span)
        return self._documents[path]

    def _read(self, path: str, span: Span) -> Document | None:
        outcome = self._opened(path)
        if outcome is None:
            self._gone.add(path)
            self._missing(path, span)
            return None
        for diagnostic in outcome.diagnostics:
            label = Label(span=span, message="read because of this `$ref`")
            self._say(diagnostic.replace(labels=(*diagnostic.labels, label)))
        if outcome.value is None:
            return None
        return Document(path=path, root=outcome.value)

    def _opened(self, path: str) -> Outcome[Node] | None:
        """Load a file; None if there is none that can be read."""
        try:
            outcome = self._load(path)
        except OSError:
            return None
        unreadable = any(d.code.id == FILE_UNREADABLE.id for d in outcome.diagnostics)
        nothing = outcome.value is None and not outcome.diagnostics
        return None if unreadable or nothing else outcome

    def _missing(self, path: str, span: Span) -> None:
        message = f"there is no file `{path}` that can be read"
        self._say(REF_FILE_NOT_FOUND.at(span, message, help=self._elsewhere(path)))

    def _elsewhere(self, path: str) -> str:
        """Guess what was meant by trying the likely slips; listing folders isn't ours to do."""
        stem, dot, extension = path.rpartition(".")
        others = [f"{stem}.{e}" for e in ("json", "yaml", "yml") if dot and e != extension]
        others += [path.replace("-", "_"), path.replace("_", "-"), path.lower()]
        below = normpath(join(dirname(self._main.path), "schemas", path.rpartition("/")[2]))
        beside = normpath(join(dirname(self._main.path), path.rpartition("/")[2]))
        for other in (*others, f"{path}.json", f"{path}.yaml", below, beside):
            if other != path and self._opened(other) is not None:
                return f"did you mean `{other}`?"
        return "the path is relative to the file that this `$ref` stands in"

    def _walk(self, document: Document, fragment: str, here: Here, span: Span) -> Here | None:
        node = document.root
        path: tuple[str | int, ...] = ()
        for raw in fragment.split("/")[1:]:
            step = raw.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Mapping) and step in node.entries:
                node, path = node.entries[step][1], (*path, step)
            elif isinstance(node, Sequence) and step.isdecimal() and int(step) < len(node.items):
                node, path = node.items[int(step)], (*path, int(step))
            else:
                names = list(node.entries) if isinstance(node, Mapping) else []
                prefix = f"{pointer(path).rstrip('/')}/"
                self._say(
                    REF_TARGET_NOT_FOUND.at(
                        span,
                        f"`#{fragment}` leads nowhere: {self._in(document, here)}"
                        f" has no `{prefix}{raw}`",
                        help=did_you_mean(f"#{prefix}{step}", [f"#{prefix}{n}" for n in names]),
                    )
                )
                return None
        return Here(node=node, document=document, path=path, depth=here.depth + 1)

    def _anchor(self, document: Document, name: str, here: Here, span: Span) -> Here | None:
        anchors = dict(_anchors(document.root, ()))
        if name in anchors:
            path, node = anchors[name]
            return Here(node=node, document=document, path=path, depth=here.depth + 1)
        self._say(
            REF_TARGET_NOT_FOUND.at(
                span,
                f"{self._in(document, here)} has no `$anchor` named `{name}`",
                help=did_you_mean(f"#{name}", [f"#{anchor}" for anchor in anchors])
                or "a pointer begins with a slash: `#/$defs/Name`",
            )
        )
        return None

    def _in(self, document: Document, here: Here) -> str:
        return "this schema" if document is here.document else f"`{document.path}`"


def _count(node: Node, name: str) -> int:
    """Count the dynamic anchors of a name."""
    if isinstance(node, Mapping):
        anchor = node.get("$dynamicAnchor")
        own = isinstance(anchor, Scalar) and anchor.text == name
        return own + sum(_count(value, name) for _, value in node.items())
    return sum(_count(item, name) for item in node.items) if isinstance(node, Sequence) else 0


def reference(node: Mapping) -> Node | None:
    """Return what a schema refers to with `$ref` or `$dynamicRef`; `check_words` refuses both."""
    return node.get("$ref") or node.get("$dynamicRef")


def identified(document: Document) -> dict[str, Here]:
    """Return the schemas of a file that have an `$id`, by their absolute form."""
    found: dict[str, Here] = {}
    for path, node in _with_ids(document.root, ()):
        here = Here(node, document, path)
        found[base_of(here)] = here
    if found:
        found.setdefault("", Here(document.root, document, ()))
    return found


def _with_ids(node: Node, path: Path) -> Iterator[tuple[Path, Mapping]]:
    if isinstance(node, Mapping):
        # Under `properties`, `$id` is a property like any other; so are the values of enumerations.
        if isinstance(node.get("$id"), Scalar) and path[-1:] != ("properties",):
            yield path, node
        for key, value in node.items():
            if key.text not in ("enum", "const", "default", "examples"):
                yield from _with_ids(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items):
            yield from _with_ids(item, (*path, i))


def base_of(here: Here) -> str:
    """Return what references in a schema are relative to: the `$id`s above it, put together."""
    base = ""
    node = here.document.root
    for step in (*here.path, None):
        own = node.get("$id") if isinstance(node, Mapping) else None
        if isinstance(own, Scalar):
            base = resolved(base, own.text).removesuffix("#")
        if step is not None:
            node = at(node, (step,))
    return base


def resolved(base: str, ref: str) -> str:
    """Return a reference in its absolute form; a URN has no parts to be relative to."""
    from urllib.parse import urljoin  # noqa: PLC0415  # 4 ms, for few

    if ref.startswith("#"):
        return base + ref
    return urljoin(base, ref)


def _anchors(
    node: Node, path: Path, *, inside: bool = False
) -> Iterator[tuple[str, tuple[Path, Node]]]:
    """Yield the anchors of a schema, without those of schemas in it that have their own `$id`."""
    if isinstance(node, Mapping):
        if inside and isinstance(node.get("$id"), Scalar):
            return
        for word in ("$anchor", "$dynamicAnchor"):
            anchor = node.get(word)
            if isinstance(anchor, Scalar):
                yield anchor.text, (path, node)
        for key, value in node.items():
            yield from _anchors(value, (*path, key.text), inside=True)
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items):
            yield from _anchors(item, (*path, i), inside=True)
