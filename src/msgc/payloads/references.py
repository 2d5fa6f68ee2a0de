"""Where a `$ref` leads: files, JSON pointers, anchors."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.anchors import Names, names_of, resolved
from msgc.payloads.codes import REF_TARGET_NOT_FOUND, UNSUPPORTED_KEYWORD
from msgc.payloads.files import SchemaFiles, unquoted
from msgc.payloads.places import Document, Here, pointer
from msgc.tree import Mapping, Node, Scalar, Sequence


def reference(node: Mapping) -> Node | None:
    """Return what a schema refers to with `$ref` or `$dynamicRef`; `check_words` refuses both."""
    return node.get("$ref") or node.get("$dynamicRef")


class References:
    """Follows references."""

    def __init__(self, files: SchemaFiles) -> None:
        self._files = files

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
        return sum(_names_of(file).dynamic.count(name) for file in self._files.read) == 1

    def _target(self, here: Here, ref: Scalar) -> Here | None:
        found = self._by_id(here, ref.text)
        if found is not None:
            return found
        file, _, fragment = ref.text.partition("#")
        document = self._files.find(here.document, file, ref.span) if file else here.document
        if document is None:
            return None
        root = Here(document.root, document, (), here.depth + 1)
        fragment = unquoted(fragment)
        found, missing = self._inside(root, fragment)
        if missing:
            self._say_missing(here, ref, found, missing)
            return None
        return found

    def _by_id(self, here: Here, ref: str) -> Here | None:
        """Return the schema in the same file that a reference means by the `$id`s around it."""
        names = _names_of(here.document)
        if not names.by_id:
            return None
        from urllib.parse import urldefrag  # noqa: PLC0415  # 4 ms, for few

        address, fragment = urldefrag(resolved(names.base_of(here), ref))
        root = names.by_id.get(address)
        if root is None:
            return None
        root = Here(root.node, root.document, root.path, here.depth + 1)
        found, missing = self._inside(root, unquoted(fragment))
        return None if missing else found

    def _inside(self, root: Here, fragment: str) -> tuple[Here, str]:
        """Return what a fragment leads to; or how far it leads, and the step that isn't there."""
        if fragment and not fragment.startswith("/"):
            named = _names_of(root.document).anchors(root).get(fragment)
            if named is None:
                return root, fragment
            return Here(named.node, named.document, named.path, root.depth), ""
        node, path = root.node, root.path
        for step in fragment.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Mapping) and name in node.entries:
                node, path = node.entries[name][1], (*path, name)
            elif isinstance(node, Sequence) and _is_index(name, node):
                node, path = node.items[int(name)], (*path, int(name))
            else:
                return Here(node, root.document, path, root.depth), f"/{step}"
        return Here(node, root.document, path, root.depth), ""

    def _say_missing(self, here: Here, ref: Scalar, last: Here, missing: str) -> None:
        whose = (
            "this schema" if last.document.path == here.document.path else f"`{last.document.path}`"
        )
        if missing.startswith("/"):
            names = last.node.entries if isinstance(last.node, Mapping) else ()
            prefix = pointer(last.path).rstrip("/")
            fragment = ref.text.partition("#")[2]
            message = f"`#{unquoted(fragment)}` leads nowhere: {whose} has no `{prefix}{missing}`"
            near = did_you_mean(f"#{prefix}{missing}", (f"#{prefix}/{name}" for name in names))
        else:
            anchors = _names_of(last.document).anchors(last)
            message = f"{whose} has no `$anchor` named `{missing}`"
            near = did_you_mean(f"#{missing}", (f"#{name}" for name in anchors))
            near = near or "a pointer begins with a slash: `#/$defs/Name`"
        self._files.say(REF_TARGET_NOT_FOUND.at(ref.span, message, help=near))


def _names_of(document: Document) -> Names:
    return names_of(document.path, document.root)


def _is_index(text: str, items: Sequence) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and int(text) < len(items.items)
