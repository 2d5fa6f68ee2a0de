"""Names that schemas give themselves: `$anchor`, `$dynamicAnchor` and `$id`."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.places import Document, Here, Path
from msgc.tree import Mapping, Node, Scalar, Sequence, at


def anchors_in(
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
            yield from anchors_in(value, (*path, key.text), inside=True)
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items):
            yield from anchors_in(item, (*path, i), inside=True)


def times_dynamic(node: Node, name: str) -> int:
    """Count the dynamic anchors of a name."""
    if isinstance(node, Mapping):
        anchor = node.get("$dynamicAnchor")
        own = isinstance(anchor, Scalar) and anchor.text == name
        return own + sum(times_dynamic(value, name) for _, value in node.items())
    return (
        sum(times_dynamic(item, name) for item in node.items) if isinstance(node, Sequence) else 0
    )


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
