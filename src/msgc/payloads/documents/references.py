"""Where a `$ref` leads: files, JSON pointers, anchors."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import REF_TARGET_NOT_FOUND
from msgc.payloads.dialects import Translated
from msgc.payloads.documents import Document, Key, Subschema, pointer
from msgc.payloads.documents.anchors import Names, names_of, resolved
from msgc.payloads.documents.files import SchemaFiles, is_address, unquoted
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence


def reference(node: Mapping) -> Node | None:
    """Return the `$ref` or `$dynamicRef` of a schema; `check_keywords` refuses one with both."""
    return node.get("$ref") or node.get("$dynamicRef")


class References:
    """Follows references: `$ref` and `$dynamicRef`, to files, JSON pointers, `$id`s and anchors."""

    def __init__(self, files: SchemaFiles) -> None:
        self.files = files
        self.led: dict[tuple[str, str, str], Subschema] = {}
        """Where references to other files led, by the file, the base there, and what they name."""
        self.undecided: tuple[Span, Span] | None = None
        """The first `$dynamicRef` whose meaning depends on who refers: the word, and its value."""

    def follow(self, here: Subschema, ref: Scalar) -> Subschema | None:
        """Return the schema that a `$ref` names; None after a diagnostic."""
        target = self._target(here, ref)
        if target is None or not isinstance(here.node, Mapping):
            return target
        if here.node.get("$dynamicRef") is not ref or self._is_static(target, ref):
            return target
        self.undecided = self.undecided or (here.node.key("$dynamicRef").span, ref.span)
        return None

    def _is_static(self, target: Subschema, ref: Scalar) -> bool:
        """Whether a `$dynamicRef` leads to one schema, whoever refers."""
        own = target.node.get("$dynamicAnchor") if isinstance(target.node, Mapping) else None
        name = ref.text.partition("#")[2]
        if not isinstance(own, Scalar) or own.text != name:
            return True
        return sum(_names_of(file).dynamic.count(name) for file in self.files.read) == 1

    def _target(self, here: Subschema, ref: Scalar) -> Subschema | None:
        found = self._by_id(here, ref.text)
        if found is not None:
            return found
        file, _, fragment = ref.text.partition("#")
        root = self._root(here, ref, file)
        if root is None:
            return None
        fragment = unquoted(fragment)
        found, missing = self.inside(root, fragment)
        if missing:
            self._say_missing(here, ref, found, missing)
            return None
        return found

    def _root(self, here: Subschema, ref: Scalar, file: str) -> Subschema | None:
        """Return the schema that a reference means without its fragment."""
        if not file:
            return Subschema(here.document.root, here.document, (), here.depth + 1)
        names = _names_of(here.document)
        base = names.base_of(here)
        address = resolved(base, file) if names.by_id else file
        document = self.files.known(address, ref.span) if is_address(address) else None
        if document is None:
            document = self.files.find(here.document, file, ref.span, address)
        if document is None:
            return None
        found = _names_of(document).by_id.get(address) or Subschema(document.root, document, ())
        self.led[here.document.path, base, file] = found
        return Subschema(found.node, document, found.path, here.depth + 1)

    def _by_id(self, here: Subschema, ref: str) -> Subschema | None:
        """Return the schema in the same file that a reference means by the `$id`s around it."""
        names = _names_of(here.document)
        if not names.by_id:
            return None
        from urllib.parse import urldefrag  # noqa: PLC0415  # 4 ms, for few

        address, fragment = urldefrag(resolved(names.base_of(here), ref))
        root = names.by_id.get(address)
        if root is None:
            return None
        root = Subschema(root.node, root.document, root.path, here.depth + 1)
        found, missing = self.inside(root, unquoted(fragment))
        return None if missing else found

    def inside(self, root: Subschema, fragment: str) -> tuple[Subschema, str]:
        """Return what a fragment leads to; or how far it leads, and the step that isn't there."""
        if fragment and not fragment.startswith("/"):
            named = _names_of(root.document).anchors(root).get(fragment)
            if named is None:
                return root, fragment
            return Subschema(named.node, named.document, named.path, root.depth), ""
        node, path = root.node, root.path
        steps = fragment.split("/")[1:]
        for i, step in enumerate(steps):
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Translated):
                name = node.new_word(name, steps[i + 1] if i + 1 < len(steps) else "")
            if isinstance(node, Mapping) and name in node.entries:
                node, path = node.entries[name][1], (*path, name)
            elif isinstance(node, Sequence) and _is_index(name, node):
                node, path = node.items[int(name)], (*path, int(name))
            else:
                return Subschema(node, root.document, path, root.depth), f"/{step}"
        return Subschema(node, root.document, path, root.depth), ""

    def _say_missing(self, here: Subschema, ref: Scalar, last: Subschema, missing: str) -> None:
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
        self.files.say(REF_TARGET_NOT_FOUND.at(ref.span, message, help=near))


def composed_of(references: References, here: Subschema) -> Iterator[tuple[Subschema, Mapping]]:
    """Yield a schema and all that it is composed of by `$ref` and `allOf`, each once."""
    return _composed_of(references, here, set())


def _composed_of(
    references: References, here: Subschema, seen: set[Key]
) -> Iterator[tuple[Subschema, Mapping]]:
    node = here.node
    if not isinstance(node, Mapping) or here.key in seen:
        return
    seen.add(here.key)
    yield here, node
    ref = reference(node)
    target = references.follow(here, ref) if isinstance(ref, Scalar) else None
    if target is not None:
        yield from _composed_of(references, target, seen)
    parts = node.get("allOf")
    for i, part in enumerate(parts.items if isinstance(parts, Sequence) else ()):
        yield from _composed_of(references, here.child(part, "allOf", i), seen)


def _names_of(document: Document) -> Names:
    return names_of(document.path, document.root)


def _is_index(text: str, items: Sequence) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and int(text) < len(items.items)
