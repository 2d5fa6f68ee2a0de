"""Class names of nested objects: from where they stand, so that no edit elsewhere changes them.

The name comes from the nearest `$defs` entry, title or file above, and the properties from there:
`OrderPlacedCustomer`, `OrderPlacedItem` for what is in `items`, `Money` for `#/$defs/Money`.
"""

from __future__ import annotations

import re
from keyword import iskeyword

from msgc.payloads.documents import Document, Key, Subschema
from msgc.payloads.identifiers import Taken, from_title, pascal, singular
from msgc.record import Record
from msgc.tree import Mapping, Node, Scalar, Sequence

RESERVED = frozenset({"None", "True", "False", "Any", "ClassVar", "Literal", "Decimal", "UUID"})
"""What can't be a class, and what the generated module imports."""

_CONTAINERS = ("properties", "$defs", "definitions", "allOf", "anyOf", "oneOf")


class ClassName(Record):
    """The name of a class, what it is called where messages share it, and where it stands."""

    name: str
    short: str
    origin: str


class ClassNames:
    """Gives every object of a message its class name; the message has its own."""

    def __init__(self, message: str, root: Subschema) -> None:
        self._message = message
        self._root = root
        whole = ClassName(name=message, short=message, origin="")
        self._given: dict[Key, ClassName] = {root.key: whole}
        self._taken = Taken((message, *RESERVED))
        self.wished: dict[Key, str] = {}
        """Names that messaging.yaml has for schemas."""

    def is_message(self, here: Subschema) -> bool:
        """Whether this schema is the message itself."""
        return here.key == self._root.key

    def give(self, here: Subschema) -> str:
        """Return the class name of the object at a place, the same every time."""
        return self.given(here).name

    def given(self, here: Subschema) -> ClassName:
        """Return the name of the object at a place, with all that is known of it."""
        found = self._given.get(here.key)
        if found is None:
            named = self._name(here, titles=True)
            if named.name in self._taken:
                named = self._name(here, titles=False)
                named = named.replace(name=self._taken.unique(named.name))
            self._taken.add(named.name)
            self._given[here.key] = found = named
        return found

    def place(self, name: str) -> Key:
        """Return the schema that a class name was given to."""
        return next(key for key, given in self._given.items() if given.name == name)

    def _name(self, here: Subschema, *, titles: bool) -> ClassName:
        root = self._root
        below = (
            here.document.path == root.document.path and here.path[: len(root.path)] == root.path
        )
        name = Path(self._message) if below else self._base(here.document)
        node: Node = root.node if below else here.document.root
        steps = list(here.path[len(root.path) :] if below else here.path)
        while steps:
            keyword = steps.pop(0)
            node = _below(node, keyword)
            if keyword in _CONTAINERS and steps:
                step, above = steps.pop(0), node
                node = _below(node, step)
                if keyword == "properties":
                    name.property(str(step))
                elif keyword in ("$defs", "definitions"):
                    name.definition(str(step), alone=titles)
                elif keyword != "allOf":
                    name.add(_option(above, node, step))
            elif keyword in ("items", "additionalProperties"):
                name.item()
            elif not isinstance(keyword, int):
                # a pointer to somewhere of the user's own: `#/components/schemas/Money`
                name.definition(str(keyword), alone=True)
            title = python_name(node) or (_title(node) if titles else None)
            if title is not None:
                name.author(title)
        if here.key in self.wished:
            name.author(self.wished[here.key])
        return name.given()

    def _base(self, document: Document) -> Path:
        if document.path == self._root.document.path:
            return Path(self._message)
        file = document.path.rpartition("/")[2]
        name = _title(document.root) or pascal(file.partition(".")[0]) or "Object"
        return Path(name, f"`{file}`")


LONGEST = 45
"""Characters that a class name has at most, if nobody wrote it so."""


class Path:
    """The way to an object, and the names that it gives."""

    def __init__(self, base: str, origin: str = "") -> None:
        self._base = base
        self._name = base
        self._short = base
        self._last = ""
        """The property at the end of the name, which `items` puts into the singular."""
        self._authored = True
        """Whether somebody wrote the whole name."""
        self._origin = origin
        self._steps: list[str] = []

    def property(self, step: str) -> None:
        """Go to a property."""
        self._last = self._short = pascal(step) or "Field"
        self._name += self._last
        self._authored = False
        self._steps.append(step)

    def item(self) -> None:
        """Go to the items of an array, or the values of a map."""
        last = self._last
        self._name = self._name.removesuffix(last) + singular(last) if last else f"{self._name}Item"
        self._short = singular(last) if last else f"{self._short}Item"
        self._last = ""
        self._authored = False

    def add(self, option: str) -> None:
        """Go to an option of a union."""
        if option:
            self._name += option
            self._short += option
            self._authored = False

    def definition(self, step: str, *, alone: bool) -> None:
        """Go to a definition, which has its own name; not `alone`: after that of its document."""
        name = pascal(step) or ("Object" if not alone or step else self._base)
        self._steps = []
        self._origin = f"`{step}` in its schema"
        if alone or name == self._base:
            self._name = self._short = name if alone else f"{name}Value"
        else:
            self._name, self._short = self._base + name, name
        self._last = ""
        self._authored = alone

    def author(self, title: str) -> None:
        """Take the name that somebody wrote."""
        self._name = self._short = title
        self._last = ""
        self._authored = True

    def given(self) -> ClassName:
        """Return the name of where it leads; a long one keeps its ends."""
        name = self._name
        if len(name) > LONGEST and not self._authored:
            name = self._base + self._short
        if len(name) > LONGEST and not self._authored:
            name = self._short if len(self._short) <= LONGEST else self._short[:LONGEST]
        path = ".".join(self._steps)
        said = f"the value of `{path}`" if path else ""
        origin = " of ".join(filter(None, (said, self._origin)))
        return ClassName(name=name, short=self._short, origin=origin)


def _below(node: Node, step: str | int) -> Node:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step) or node
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step]
    return node


def python_name(node: Node) -> str | None:
    """Return the class name that `x-python: {name: ...}` gives, if it can be one."""
    written = node.get("x-python") if isinstance(node, Mapping) else None
    return class_name(written.get("name")) if isinstance(written, Mapping) else None


def class_name(name: Node | None) -> str | None:
    """Return what is written as the name of a class, if it can be one."""
    text = name.text if isinstance(name, Scalar) else ""
    return text if re.fullmatch(r"[A-Z][A-Za-z0-9]*", text) and not iskeyword(text) else None


def _title(node: Node) -> str | None:
    title = node.get("title") if isinstance(node, Mapping) else None
    return from_title(title.text) if isinstance(title, Scalar) else None


def _option(options: Node, node: Node, step: str | int) -> str:
    """Name an option of a union by its constants: `{kind: {const: card}}` is `Card`.

    One without a constant is named by what only it requires: `{required: [iban]}` is `Iban`.
    """
    properties = node.get("properties") if isinstance(node, Mapping) else None
    if isinstance(properties, Mapping):
        for _, schema in properties.entries.values():
            constant = schema.get("const") if isinstance(schema, Mapping) else None
            if isinstance(constant, Scalar):
                return pascal(constant.text)
    own = _required(node)
    for sibling in options.items if isinstance(options, Sequence) else ():
        if sibling is not node:
            own = [name for name in own if name not in _required(sibling)]
    if own:
        return pascal(own[0])
    return f"Option{int(step) + 1}" if isinstance(properties, Mapping) and int(step) else ""


def _required(node: Node) -> list[str]:
    names = node.get("required") if isinstance(node, Mapping) else None
    listed = names.items if isinstance(names, Sequence) else ()
    return [name.text for name in listed if isinstance(name, Scalar)]
