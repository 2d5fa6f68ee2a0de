"""Class names of nested objects: from where they stand, so that no edit elsewhere changes them.

The name comes from the nearest `$defs` entry, title or file above, and the properties from there:
`OrderPlacedCustomer`, `OrderPlacedItem` for what is in `items`, `Money` for `#/$defs/Money`.
"""

from __future__ import annotations

from msgc.payloads.documents import Document, Key, Subschema
from msgc.payloads.identifiers import Taken, from_title, pascal, singular
from msgc.tree import Mapping, Node, Scalar, Sequence

_RESERVED = frozenset({"None", "True", "False", "Any", "ClassVar", "Literal", "Decimal", "UUID"})
"""What can't be a class, and what the generated module imports."""

_CONTAINERS = ("properties", "$defs", "definitions", "allOf", "anyOf", "oneOf")


class ClassNames:
    """Gives every object of a message its class name; the message has its own."""

    def __init__(self, message: str, root: Subschema) -> None:
        self._message = message
        self._root = root
        self._given: dict[Key, str] = {root.key: message}
        self._taken = Taken((message, *_RESERVED))

    def is_message(self, here: Subschema) -> bool:
        """Whether this schema is the message itself."""
        return here.key == self._root.key

    def give(self, here: Subschema) -> str:
        """Return the class name of the object at a place, the same every time."""
        if here.key not in self._given:
            name = self._name(here, titles=True)
            if name in self._taken:
                name = self._taken.unique(self._name(here, titles=False))
            self._given[here.key] = name
            self._taken.add(name)
        return self._given[here.key]

    def place(self, name: str) -> Key:
        """Return the schema that a class name was given to."""
        return next(key for key, given in self._given.items() if given == name)

    def _name(self, here: Subschema, *, titles: bool) -> str:
        root = self._root
        below = (
            here.document.path == root.document.path and here.path[: len(root.path)] == root.path
        )
        name = base = self._message if below else self._base(here.document)
        node: Node = root.node if below else here.document.root
        last = ""  # the property at the end of the name, which `items` puts into the singular
        steps = list(here.path[len(root.path) :] if below else here.path)
        while steps:
            keyword = steps.pop(0)
            node = _below(node, keyword)
            if keyword in _CONTAINERS and steps:
                step = steps.pop(0)
                node = _below(node, step)
                if keyword == "properties":
                    last = pascal(str(step)) or "Field"
                    name += last
                elif keyword in ("$defs", "definitions"):
                    name, last = ("" if titles else base) + (pascal(str(step)) or "Object"), ""
                else:
                    name += _option(node, step)
            elif keyword in ("items", "additionalProperties"):
                name = name.removesuffix(last) + singular(last) if last else f"{name}Item"
                last = ""
            else:  # a pointer to somewhere of the user's own: `#/components/schemas/Money`
                name, last = pascal(str(keyword)) or base, ""
            title = _title(node) if titles else None
            if title is not None:
                name, last = title, ""
        return name

    def _base(self, document: Document) -> str:
        if document.path == self._root.document.path:
            return self._message
        stem = document.path.rpartition("/")[2].partition(".")[0]
        return _title(document.root) or pascal(stem) or "Object"


def _below(node: Node, step: str | int) -> Node:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step) or node
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step]
    return node


def _title(node: Node) -> str | None:
    title = node.get("title") if isinstance(node, Mapping) else None
    return from_title(title.text) if isinstance(title, Scalar) else None


def _option(node: Node, step: str | int) -> str:
    """Name an option of a union by its constants: `{kind: {const: card}}` is `Card`."""
    properties = node.get("properties") if isinstance(node, Mapping) else None
    if isinstance(properties, Mapping):
        for _, schema in properties.entries.values():
            constant = schema.get("const") if isinstance(schema, Mapping) else None
            if isinstance(constant, Scalar):
                return pascal(constant.text)
    return f"Option{int(step) + 1}" if isinstance(properties, Mapping) and int(step) else ""
