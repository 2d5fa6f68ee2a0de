"""A file against its schema: every mistake in one walk over the tree."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.schema import about_keys, about_values
from msgc.schema.loading import root_shape
from msgc.schema.shape import Shape
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence


def validate(root: Mapping) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with the shape of a file.

    A scalar is judged by its spelling: where text is meant, `123` and `on` are text; where a
    number is meant, `"4"` in quotes is none.
    """
    checker = _Checker()
    first = next(iter(root.entries.values()), None)
    checker.mapping(root, root_shape(), first[0].span if first else root.span, "")
    return tuple(checker.found)


def _fits(node: Node, shape: Shape) -> bool:
    """Whether nothing is wrong with a value where it doesn't stand."""
    checker = _Checker()
    checker.check(node, shape, node.span, "")
    return not checker.found


class _Checker:
    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def check(self, node: Node, shape: Shape, place: Span, name: str) -> None:
        """Check a value; `place` and `name` are those of its key, or of the list that it is in."""
        if shape.is_anything:
            return
        if isinstance(node, Mapping):
            if shape.is_mapping:
                self.mapping(node, shape, place, name)
            else:
                self.found.append(about_values.wrong_kind(node, shape, name, "object"))
        elif isinstance(node, Sequence):
            if shape.is_list:
                self.list(node, shape, name)
            else:
                self.found.append(about_values.wrong_kind(node, shape, name, "array"))
        else:
            self.scalar(node, shape, place, name)

    def mapping(self, node: Mapping, shape: Shape, place: Span, name: str) -> None:
        """Check keys and values; of what is free-form only that it isn't empty."""
        entries = node.entries
        least, _ = shape.bounds("Properties")
        if least and not entries:
            self.found.append(about_values.empty(node, shape, name))
        if shape.free:
            return
        reserved, meant = self.keys(node, shape, name)
        if reserved:
            return  # what is missing may be what the reserved word would bring
        for required in shape.required:
            if required not in entries and required not in meant:
                self.found.append(about_keys.missing_key(place, shape, name, required))
        chosen = [key for key, _ in node.items() if key.text in shape.one_of]
        if chosen or meant.isdisjoint(shape.one_of):
            self.combination(node, shape, place, name, chosen)

    def keys(self, node: Mapping, shape: Shape, name: str) -> tuple[bool, set[str | None]]:
        """Check each key; return whether one is reserved, and what the unknown ones mean."""
        reserved = False
        meant: set[str | None] = set()
        for key, value in node.entries.values():
            if shape.names is not None:
                self.name(key, shape.names)
            child = shape.child(key.text)
            if child is not None:
                self.check(value, child, key.span, key.text)
            elif key.text in shape.reserved:
                reserved = True
                self.found.append(about_keys.reserved_key(key, shape.reserved[key.text]))
            else:
                meant.add(about_keys.key_meant(key.text, shape))
                self.found.append(about_keys.unknown_key(key, shape, node, name, _fits))
        return reserved, meant

    def combination(
        self, node: Mapping, shape: Shape, place: Span, name: str, chosen: list[Scalar]
    ) -> None:
        """Check which keys go together; `chosen` are those of which there must be one."""
        if shape.one_of and len(chosen) != 1:
            self.found.append(about_keys.choice(place, shape, name, chosen))
            return
        for wanting, needed in shape.needs.items():
            if wanting in node.entries and any(key not in node.entries for key in needed):
                self.found.append(about_keys.needs(node.key(wanting), needed, node, shape))
        for one, others in shape.excludes.items():
            for other in others:
                if one in node.entries and other in node.entries:
                    self.found.append(about_keys.excludes(node.key(one), node.key(other), node))

    def name(self, key: Scalar, shape: Shape) -> None:
        """Check the spelling of a name that is a key."""
        pattern, (_, most) = shape.pattern, shape.bounds("Length")
        if pattern is not None and pattern.match(key.text) is None:
            self.found.append(about_values.bad_form(key, shape, ""))
        elif most is not None and len(key.text) > most:
            self.found.append(
                about_values.out_of_range(key, "", len(key.text), (None, most), "name")
            )

    def list(self, node: Sequence, shape: Shape, name: str) -> None:
        """Check a list, its items, and that it has none of them twice."""
        count = len(node.items)
        least, most = shape.bounds("Items")
        if least and not count:
            self.found.append(about_values.empty(node, shape, name))
        elif most is not None and count > most:
            self.found.append(about_values.out_of_range(node, name, count, (least, most), "items"))
        if shape.unique:
            self.unique(node, name)
        if shape.items is not None:
            for item in node.items:
                self.check(item, shape.items, item.span, "")

    def unique(self, node: Sequence, name: str) -> None:
        seen: dict[str, Scalar] = {}
        for item in node.items:
            if isinstance(item, Scalar) and seen.setdefault(item.text, item) is not item:
                self.found.append(about_values.duplicate_item(item, seen[item.text], name))

    def scalar(self, node: Scalar, shape: Shape, place: Span, name: str) -> None:
        """Check a single value by the kinds that may stand here."""
        if node.plain and node.is_null:
            self.found.append(about_values.no_value(node, shape, place, name))
        elif "${" in node.text and "$${" not in node.text:
            return  # a placeholder: `msgc.resolve` tells where these may stand
        elif shape.is_boolean and isinstance(node.value, bool) and node.plain:
            if shape.const is not None and node.value is not shape.const:
                self.found.append(about_values.not_constant(node, name, "true"))
        elif shape.is_text:
            self.text(node, shape, name)
        elif shape.is_integer and type(node.value) is int:
            self.integer(node, node.value, shape, name)
        else:
            self.found.append(about_values.wrong_kind(node, shape, name, "scalar"))

    def text(self, node: Scalar, shape: Shape, name: str) -> None:
        written = node.text
        if shape.choices:
            if written not in shape.choices:
                self.found.append(about_values.not_a_choice(node, shape, name))
            return
        pattern = shape.pattern
        if pattern is not None and pattern.match(written) is None:
            self.found.append(about_values.bad_form(node, shape, name))
            return
        least, most = shape.bounds("Length")
        if least and not written:
            self.found.append(about_values.empty(node, shape, name))
        elif (least and len(written) < least) or (most is not None and len(written) > most):
            self.found.append(
                about_values.out_of_range(node, name, len(written), (least, most), "characters")
            )

    def integer(self, node: Scalar, value: int, shape: Shape, name: str) -> None:
        if shape.const is not None and value != shape.const:
            self.found.append(about_values.not_constant(node, name, str(shape.const)))
            return
        least, most = shape.bounds("imum")
        if (least is not None and value < least) or (most is not None and value > most):
            self.found.append(about_values.out_of_range(node, name, value, (least, most), ""))
