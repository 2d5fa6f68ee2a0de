"""Compiler of JSON Schemas to functions, and the definitions that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..checks import Place, a_dict, a_list

Marks = set[Any] | None
"""Names and positions that a schema looked at, where `unevaluated...` asks for them."""
Rule = Callable[[Any, Place, "Findings", Marks], None]
Make = Callable[[Any, Mapping[str, Any], "Scope"], Rule]


a_parted: Any = (a_dict, a_list)


class Findings(list[tuple[Place, str]]):
    """What is wrong with a value, and how definitions judged its parts.

    They judge a part once: options that lead to the same definition again would else take twice
    the time at each level of a recursive value.
    """

    __slots__ = ("judged",)

    def __init__(
        self, judged: dict[Any, tuple[tuple[Place, str] | None, Marks]] | None = None
    ) -> None:
        super().__init__()
        self.judged = {} if judged is None else judged


class Scope:
    """The definitions that schemas refer to, each compiled once: they may be recursive."""

    def __init__(
        self, definitions: Mapping[str, Any], keywords: Mapping[str, Make]
    ) -> None:
        self._definitions = definitions
        self._keywords = keywords
        self._rules: dict[str, Rule] = {}

    def rule(self, schema: Any) -> Rule:
        """Compile a schema."""
        if isinstance(schema, bool):
            return anything if schema else _nothing
        words: dict[str, Any] = schema
        rules: list[Rule] = []
        late: list[Rule] = []
        for word, value in words.items():
            if word in self._keywords:
                made = self._keywords[word](value, words, self)
                (late if word in _LATE else rules).append(made)
        if late:
            return _unevaluated(rules, late)
        return rules[0] if len(rules) == 1 else every(rules)

    def named(self, name: str) -> Rule:
        """Return the rule of a definition, compiled when it is first needed."""

        def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
            if name not in self._rules:
                self._rules[name] = self.rule(self._definitions[name])
            if not isinstance(value, a_parted):
                self._rules[name](value, place, found, marks)
                return
            key = (name, id(value), marks is None)  # the value lives as long as this
            if key in found.judged:
                first, mine = found.judged[key]
                found += () if first is None else (first,)
            else:
                below = Findings(found.judged)
                mine = None if marks is None else set[Any]()
                self._rules[name](value, place, below, mine)
                found.judged[key] = (below[0] if below else None, mine)
                found += below
            if marks is not None and mine is not None:
                marks |= mine

        return rule


_LATE = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""What looks at what all other keywords of the schema left."""


def anything(value: Any, place: Place, found: Findings, marks: Marks) -> None:
    """Take every value."""


def _nothing(value: Any, place: Place, found: Findings, marks: Marks) -> None:
    found.append((place, "must not be there"))


def every(rules: list[Rule]) -> Rule:
    """Return the rule that all of these hold."""

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        for each in rules:
            each(value, place, found, marks)

    return rule


def _unevaluated(rules: list[Rule], late: list[Rule]) -> Rule:
    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        mine: set[Any] = set()
        for each in (*rules, *late):
            each(value, place, found, mine)
        if marks is not None:
            marks |= mine

    return rule


def fits(
    rule: Rule, value: Any, place: Place, found: Findings, marks: Marks = None
) -> bool:
    """Whether a value fits; only then what was looked at counts."""
    apart = Findings(found.judged)
    mine: Marks = None if marks is None else set()
    rule(value, place, apart, mine)
    if not apart and marks is not None:
        marks |= mine or set()
    return not apart


def simple(holds: Callable[[Any], bool], kind: Any, message: str) -> Rule:
    """Check values of one Python type; a boolean is no number."""

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        right = isinstance(value, kind) and not isinstance(value, bool)
        if right and not holds(value):
            found.append((place, message))

    return rule
