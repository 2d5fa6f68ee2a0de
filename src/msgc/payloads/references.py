"""Where a `$ref` leads: files, JSON pointers, anchors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath

from msgc.diagnostics import Diagnostic, Label, Outcome, did_you_mean
from msgc.payloads.codes import REF_FILE_NOT_FOUND, REF_NOT_A_FILE, REF_TARGET_NOT_FOUND
from msgc.record import Record
from msgc.source import Span
from msgc.syntax.codes import FILE_UNREADABLE
from msgc.tree import Mapping, Node, Scalar, Sequence

Load = Callable[[str], Outcome[Node]]


class Document(Record):
    """A file with schemas, or one that stands inline in messaging.yaml."""

    path: str
    root: Node


class Here:
    """A schema and where it stands: the document and the way from its root.

    Not a record: one is made for every schema that is looked at.
    """

    __slots__ = ("depth", "document", "key", "node", "path")

    def __init__(
        self, node: Node, document: Document, path: tuple[str | int, ...], depth: int = 0
    ) -> None:
        self.node = node
        self.document = document
        self.path = path
        self.depth = depth
        self.key = (document.path, path)
        """What this schema is known by, however it was reached."""

    @property
    def pointer(self) -> str:
        """The JSON pointer, for messages."""
        return pointer(self.path)

    def child(self, node: Node, *steps: str | int) -> Here:
        """Return a schema below."""
        return Here(node, self.document, self.path + steps, self.depth + 1)


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
        self._said: set[tuple[str, str, int]] = set()

    def follow(self, here: Here, ref: Scalar) -> Here | None:
        """Return the schema that a `$ref` names; None after a diagnostic."""
        file, _, fragment = ref.text.partition("#")
        document = self._document(here.document, file, ref.span) if file else here.document
        if document is None:
            return None
        fragment = _unquoted(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchor(document, fragment, here, ref.span)
        return self._walk(document, fragment, here, ref.span)

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


def _anchors(
    node: Node, path: tuple[str | int, ...]
) -> Iterator[tuple[str, tuple[tuple[str | int, ...], Node]]]:
    if isinstance(node, Mapping):
        anchor = node.get("$anchor")
        if isinstance(anchor, Scalar):
            yield anchor.text, (path, node)
        for key, value in node.items():
            yield from _anchors(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items):
            yield from _anchors(item, (*path, i))
