"""Validator of the JSON Schema keywords that no Python type expresses.

These are `not`, `if`, unions without a tag, patterns of names; the value is looked at as JSON. The
schemas are JSON Schema 2020-12 as msgc leaves it: notes are gone, patterns are Python's, formats
stand only where they are checked, and a `$ref` names an entry of the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..any_value import plain
from ..checks import Convert, Found, Pending, Place, kind_of
from ..scalars import Spec
from . import in_place, of_arrays, of_objects, of_values
from .scope import Findings, Make, Rule, Scope

_KEYWORDS: dict[str, Make] = {
    **of_values.KEYWORDS,
    **of_objects.KEYWORDS,
    **of_arrays.KEYWORDS,
    **in_place.KEYWORDS,
}


class Rules:
    """A schema that a value must fit, beside its type."""

    __slots__ = ("_definitions", "_rule", "_schema")

    def __init__(
        self, schema: Any, definitions: Mapping[str, Any] | None = None
    ) -> None:
        self._schema = schema
        self._definitions = definitions or {}
        self._rule: Rule | None = None

    def check(self, value: Any, place: Place, found: Found) -> None:
        """Add what is wrong with a value."""
        if self._rule is None:
            self._rule = Scope(self._definitions, _KEYWORDS).rule(self._schema)
        wrong = Findings()
        self._rule(value, place, wrong, None)
        found += dict.fromkeys(wrong)  # what two parts say is said once


class Checked(Spec):
    """A value of a type that must fit a schema as well."""

    __slots__ = ("kind", "rules", "typed")

    def __init__(
        self, typed: Spec, schema: Any, definitions: Mapping[str, Any] | None = None
    ) -> None:
        self.typed = typed
        self.kind = typed.kind
        self.rules = Rules(schema, definitions)

    def admits_null(self) -> bool:
        """Whether the type has `null`; the schema may still refuse it."""
        return self.typed.admits_null()

    def respells(self, seen: set[Any]) -> bool:
        """Whether the type does."""
        return self.typed.respells(seen)

    def decode(self, pending: Pending) -> Convert:
        """Take what is of the type and fits."""
        typed, check = self.typed.decode(pending), self.rules.check

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            out = typed(value, place, found)
            if len(found) == before:
                check(value, place, found)
            return out

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Write it, and look at what was written."""
        typed, check = self.typed.encode(pending), self.rules.check

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            out = typed(value, place, found)
            if len(found) == before:
                check(out, place, found)
            return out

        return convert

    def accepts(self, value: Any) -> bool:
        """Whether it is of the type."""
        return self.typed.accepts(value)


class Loose(Spec):
    """A value of any type: one of the options' types must fit, all others pass."""

    __slots__ = ("options",)

    def admits_null(self) -> bool:
        """Say that it does."""
        return True

    def __init__(self, *options: Spec) -> None:
        self.options = options

    def respells(self, seen: set[Any]) -> bool:
        """Whether one of the options does."""
        return any(option.respells(seen) for option in self.options)

    def decode(self, pending: Pending) -> Convert:
        """Pick by the JSON type; take others as they are."""
        table = {option.kind: option.decode(pending) for option in self.options}

        def convert(value: Any, place: Place, found: Found) -> Any:
            option = table.get(kind_of(value))
            return value if option is None else option(value, place, found)

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Pick by the Python type; what comes as plain JSON is checked as such."""
        options = [(option, option.encode(pending)) for option in self.options]
        check = self.decode(Pending())

        def convert(value: Any, place: Place, found: Found) -> Any:
            for option, write in options:
                if option.accepts(value):
                    return write(value, place, found)
            out = plain(value, place, found)
            check(out, place, found)
            return out

        return convert
