"""What could tell the options of a union apart: required properties with constants.

Read from the schemas as they are written, since an option may be underway itself: a tree whose
nodes are a union of leaves and branches.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.places import Here
from msgc.payloads.reading import Reading
from msgc.payloads.references import reference
from msgc.tree import Mapping, Node, Scalar, Sequence

Constants = dict[str, frozenset[tuple[str, str]]]
"""Properties with the constants they admit, each as its type and its text."""


def constants(reading: Reading, here: Here) -> Constants:
    """Return the required properties of an object that have constants."""
    found: Constants = {}
    required: set[str] = set()
    for node in _nodes(reading, here, set()):
        properties = node.get("properties")
        if isinstance(properties, Mapping):
            for key, schema in properties.items():
                values = _values(schema)
                if values:
                    found[key.text] = values
        names = node.get("required")
        if isinstance(names, Sequence):
            required |= {name.text for name in names.items if isinstance(name, Scalar)}
    return {name: values for name, values in found.items() if name in required}


def _nodes(reading: Reading, here: Here, seen: set[object]) -> Iterator[Mapping]:
    """Yield the schema and what it is made of by `$ref` and `allOf`, each once."""
    node = here.node
    if not isinstance(node, Mapping) or here.key in seen:
        return
    seen.add(here.key)
    yield node
    ref = reference(node)
    if isinstance(ref, Scalar):
        target = reading.references.follow(here, ref)
        if target is not None:
            yield from _nodes(reading, target, seen)
    parts = node.get("allOf")
    if isinstance(parts, Sequence):
        for i, part in enumerate(parts.items):
            yield from _nodes(reading, here.child(part, "allOf", i), seen)


def _values(schema: Node) -> frozenset[tuple[str, str]]:
    if not isinstance(schema, Mapping):
        return frozenset()
    const, enum = schema.get("const"), schema.get("enum")
    nodes = (const,) if const else enum.items if isinstance(enum, Sequence) else ()
    values = [node.value for node in nodes if isinstance(node, Scalar)]
    if len(values) < len(nodes) or None in values:
        return frozenset()
    return frozenset((type(value).__name__, str(value)) for value in values)
