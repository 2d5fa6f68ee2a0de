"""Where a `$ref` leads: files, JSON pointers, anchors."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.anchors import anchors_in, base_of, identified, resolved, times_dynamic
from msgc.payloads.codes import REF_TARGET_NOT_FOUND, UNSUPPORTED_KEYWORD
from msgc.payloads.files import SchemaFiles, unquoted
from msgc.payloads.places import Document, Here, pointer
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence, at


def reference(node: Mapping) -> Node | None:
    """Return what a schema refers to with `$ref` or `$dynamicRef`; `check_words` refuses both."""
    return node.get("$ref") or node.get("$dynamicRef")


class References:
    """Follows references."""

    def __init__(self, files: SchemaFiles) -> None:
        self._files = files
        self._ids: dict[str, dict[str, Here]] = {}

    def follow(self, here: Here, ref: Scalar) -> Here | None:
        """Return the schema that a `$ref` names; None after a diagnostic."""
        target = self._target(here, ref)
        if target is None or not isinstance(here.node, Mapping):
            return target
        if here.node.get("$dynamicRef") is not ref or self._is_static(target, ref):
            return target
        self._files.say(
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
        return sum(times_dynamic(file.root, name) for file in self._files.read) == 1

    def _target(self, here: Here, ref: Scalar) -> Here | None:
        if self._identified(here.document):
            found = self._by_id(here, ref.text)
            if found is not None:
                return found
        file, _, fragment = ref.text.partition("#")
        document = self._files.find(here.document, file, ref.span) if file else here.document
        if document is None:
            return None
        fragment = unquoted(fragment)
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
        fragment = unquoted(fragment)
        if root is None:
            return None
        if not fragment:
            return root
        if not fragment.startswith("/"):
            named = dict(anchors_in(root.node, root.path)).get(fragment)
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
                self._files.say(
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
        anchors = dict(anchors_in(document.root, ()))
        if name in anchors:
            path, node = anchors[name]
            return Here(node=node, document=document, path=path, depth=here.depth + 1)
        self._files.say(
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
