"""Check a file against its schema: every mistake in one walk over the tree."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.schema import key_findings, value_findings
from msgc.schema.expected import Expected
from msgc.schema.filled import could_fit
from msgc.schema.loading import expected_of_file
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence


def validate(root: Mapping) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with the shape of a file.

    A scalar is judged by its spelling: where text is meant, `123` and `on` are text; where a
    number is meant, `"4"` in quotes is none.
    """
    checker = _Checker()
    first = next(iter(root.entries.values()), None)
    checker.mapping(root, expected_of_file(), first[0].span if first else root.span, "")
    return tuple(checker.found)


def _fits(node: Node, expected: Expected) -> bool:
    """Whether nothing is wrong with a value where it doesn't stand."""
    checker = _Checker()
    checker.check(node, expected, node.span, "")
    return not checker.found


class _Checker:
    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def check(self, node: Node, expected: Expected, place: Span, name: str) -> None:
        """Check a value; `place` and `name` are those of its key, or of the list that it is in."""
        if expected.is_anything:
            return
        if isinstance(node, Mapping):
            if expected.is_mapping:
                self.mapping(node, expected, place, name)
            else:
                self.found.append(value_findings.wrong_kind(node, expected, name, "object"))
        elif isinstance(node, Sequence):
            if expected.is_list:
                self.list(node, expected, name)
            else:
                self.found.append(value_findings.wrong_kind(node, expected, name, "array"))
        else:
            self.scalar(node, expected, place, name)

    def mapping(self, node: Mapping, expected: Expected, place: Span, name: str) -> None:
        """Check keys and values; of what is free-form only that it isn't empty."""
        entries = node.entries
        least, _ = expected.bounds("Properties")
        if least and not entries:
            self.found.append(value_findings.empty(node, expected, name))
        if expected.free:
            return
        reserved, meant = self.keys(node, expected, name)
        if reserved:
            return  # what is missing may be what the reserved word would bring
        if meant == {None} and all(expected.child(key) is None for key in entries):
            return  # nothing of it is understood: what is missing is most likely what that means
        for required in expected.required:
            if required not in entries and required not in meant:
                self.found.append(key_findings.missing_key(place, expected, name, required))
        some = expected.some_of
        if some and meant.isdisjoint(some) and entries.keys().isdisjoint(some):
            self.found.append(key_findings.nothing_of(place, expected, name))
        chosen = [key for key, _ in node.items() if key.text in expected.one_of]
        if chosen or meant.isdisjoint(expected.one_of):
            self.combination(node, expected, place, name, chosen)

    def keys(self, node: Mapping, expected: Expected, name: str) -> tuple[bool, set[str | None]]:
        """Check each key; return whether one is reserved, and what the unknown ones mean."""
        reserved = False
        meant: set[str | None] = set()
        for key, value in node.entries.values():
            if expected.names is not None:
                self.name(key, expected.names)
            child = expected.child(key.text)
            if child is not None:
                self.check(value, child, key.span, key.text)
            elif key.text in expected.reserved:
                reserved = True
                self.found.append(key_findings.reserved_key(key, expected.reserved[key.text]))
            else:
                meant.add(key_findings.key_meant(key.text, expected))
                self.found.append(key_findings.unknown_key(key, expected, node, name, _fits))
        return reserved, meant

    def combination(
        self, node: Mapping, expected: Expected, place: Span, name: str, chosen: list[Scalar]
    ) -> None:
        """Check which keys go together; `chosen` are those of which there must be one."""
        if expected.one_of and len(chosen) != 1:
            self.found.append(key_findings.choice(place, expected, name, chosen))
            return
        for wanting, needed in expected.needs.items():
            if wanting in node.entries and any(key not in node.entries for key in needed):
                self.found.append(key_findings.needs(node.key(wanting), needed, node, expected))
        for one, others in expected.excludes.items():
            for other in others:
                if one in node.entries and other in node.entries:
                    self.found.append(
                        key_findings.excludes(node.key(one), node.key(other), expected)
                    )

    def name(self, key: Scalar, expected: Expected) -> None:
        """Check the spelling of a name that is a key."""
        pattern, (_, most) = expected.pattern, expected.bounds("Length")
        if pattern is not None and pattern.match(key.text) is None:
            self.found.append(value_findings.bad_form(key, expected, ""))
        elif most is not None and len(key.text) > most:
            self.found.append(
                value_findings.out_of_range(key, "", len(key.text), (None, most), "name")
            )

    def list(self, node: Sequence, expected: Expected, name: str) -> None:
        """Check a list, its items, and that it has none of them twice."""
        count = len(node.items)
        least, most = expected.bounds("Items")
        if least and not count:
            self.found.append(value_findings.empty(node, expected, name))
        elif most is not None and count > most:
            self.found.append(
                value_findings.out_of_range(node, name, count, (least, most), "items")
            )
        if expected.unique:
            self.unique(node, name)
        if expected.items is not None:
            for item in node.items:
                self.check(item, expected.items, item.span, "")

    def unique(self, node: Sequence, name: str) -> None:
        seen: dict[str, Scalar] = {}
        for item in node.items:
            if isinstance(item, Scalar) and seen.setdefault(item.text, item) is not item:
                self.found.append(value_findings.duplicate_item(item, seen[item.text], name))

    def scalar(self, node: Scalar, expected: Expected, place: Span, name: str) -> None:
        """Check a single value by the kinds that may stand here."""
        if node.plain and node.is_null:
            if "null" not in expected.types:
                self.found.append(value_findings.no_value(node, expected, place, name))
        elif "${" in node.text and "$${" not in node.text:
            # a placeholder: `msgc.resolve` tells where these may stand
            if expected.pattern is not None and not could_fit(node.text, expected):
                self.found.append(value_findings.bad_form(node, expected, name))
        elif expected.is_boolean and isinstance(node.value, bool) and node.plain:
            if expected.const is False and node.value:
                self.found.append(value_findings.wrong_kind(node, expected, name, "scalar"))
            elif expected.const is not None and node.value is not expected.const:
                self.found.append(value_findings.not_constant(node, name, "true"))
        elif expected.is_text:
            self.text(node, expected, name)
        elif expected.is_integer and type(node.value) is int:
            self.integer(node, node.value, expected, name)
        else:
            self.found.append(value_findings.wrong_kind(node, expected, name, "scalar"))

    def text(self, node: Scalar, expected: Expected, name: str) -> None:
        written = node.text
        if expected.choices:
            if written not in expected.choices:
                self.found.append(value_findings.not_a_choice(node, expected, name))
            return
        pattern = expected.pattern
        if pattern is not None and pattern.match(written) is None:
            self.found.append(value_findings.bad_form(node, expected, name))
            return
        least, most = expected.bounds("Length")
        if least and not written:
            self.found.append(value_findings.empty(node, expected, name))
        elif (least and len(written) < least) or (most is not None and len(written) > most):
            self.found.append(
                value_findings.out_of_range(node, name, len(written), (least, most), "characters")
            )

    def integer(self, node: Scalar, value: int, expected: Expected, name: str) -> None:
        if expected.const is not None and value != expected.const:
            self.found.append(value_findings.not_constant(node, name, str(expected.const)))
            return
        least, most = expected.bounds("imum")
        if (least is not None and value < least) or (most is not None and value > most):
            self.found.append(value_findings.out_of_range(node, name, value, (least, most), ""))
