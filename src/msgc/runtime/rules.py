"""What JSON Schema says of a value beyond its type, checked on the value as it is in JSON.

Here stands what no Python type says: `not`, `if`, unions without a tag, patterns of names. The
schemas are JSON Schema 2020-12 as msgc leaves it: notes are gone, patterns are Python's, formats
stand only where they are checked, and a `$ref` names an entry of the definitions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .checks import (
    Convert,
    Found,
    Pattern,
    Pending,
    Place,
    a_dict,
    a_list,
    all_different,
    bounds,
    canonical,
    characters,
    counted,
    items_word,
    kind_of,
    one_of,
    plain,
)
from .formats import format_of
from .scalars import Spec

Marks = set[Any] | None
"""Names and positions that a schema looked at, where `unevaluated...` asks for them."""
Rule = Callable[[Any, Place, Found, Marks], None]
Make = Callable[[Any, Mapping[str, Any], "Scope"], Rule]


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
            self._rule = Scope(self._definitions).rule(self._schema)
        self._rule(value, place, found, None)


class Checked(Spec):
    """A value of a type that must fit a schema as well."""

    __slots__ = ("kind", "rules", "typed")

    def __init__(
        self, typed: Spec, schema: Any, definitions: Mapping[str, Any] | None = None
    ) -> None:
        self.typed = typed
        self.kind = typed.kind
        self.rules = Rules(schema, definitions)

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

    def __init__(self, *options: Spec) -> None:
        self.options = options

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
        check = self.decode({})

        def convert(value: Any, place: Place, found: Found) -> Any:
            for option, write in options:
                if option.accepts(value):
                    return write(value, place, found)
            out = plain(value, place, found)
            check(out, place, found)
            return out

        return convert


class Scope:
    """The definitions that schemas refer to, each compiled once: they may be recursive."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._rules: dict[str, Rule] = {}

    def rule(self, schema: Any) -> Rule:
        """Compile a schema."""
        if isinstance(schema, bool):
            return _anything if schema else _nothing
        words: dict[str, Any] = schema
        rules = [
            _MAKE[word](value, words, self)
            for word, value in words.items()
            if word in _MAKE
        ]
        last = [
            _LAST[word](value, words, self)
            for word, value in words.items()
            if word in _LAST
        ]
        if last:
            return _unevaluated(rules, last)
        return rules[0] if len(rules) == 1 else _all(rules)

    def named(self, name: str) -> Rule:
        """Return the rule of a definition, compiled when it is first needed."""

        def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
            if name not in self._rules:
                self._rules[name] = self.rule(self._definitions[name])
            self._rules[name](value, place, found, marks)

        return rule


def _anything(value: Any, place: Place, found: Found, marks: Marks) -> None:
    pass


def _nothing(value: Any, place: Place, found: Found, marks: Marks) -> None:
    found.append((place, "must not be there"))


def _all(rules: list[Rule]) -> Rule:
    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        for each in rules:
            each(value, place, found, marks)

    return rule


def _unevaluated(rules: list[Rule], last: list[Rule]) -> Rule:
    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        mine: set[Any] = set()
        for each in (*rules, *last):
            each(value, place, found, mine)
        if marks is not None:
            marks |= mine

    return rule


def _fits(rule: Rule, value: Any, marks: Marks = None) -> bool:
    """Whether a value fits; only then what was looked at counts."""
    found: Found = []
    mine: Marks = None if marks is None else set()
    rule(value, None, found, mine)
    if not found and marks is not None:
        marks |= mine or set()
    return not found


# Values of every type


def _simple(holds: Callable[[Any], bool], kind: Any, message: str) -> Rule:
    """Check values of one Python type; a boolean is no number."""

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        right = isinstance(value, kind) and not isinstance(value, bool)
        if right and not holds(value):
            found.append((place, message))

    return rule


def _is_integer(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("a string", lambda value: isinstance(value, str)),
    "number": ("a number", _is_number),
    "integer": ("an integer", _is_integer),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "null": ("null", lambda value: value is None),
    "array": ("an array", lambda value: isinstance(value, a_list)),
    "object": ("an object", lambda value: isinstance(value, a_dict)),
}


def _type(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names: list[str] = [value] if isinstance(value, str) else value
    tests = [_TYPES[name][1] for name in names]
    expected = "expected " + one_of(_TYPES[name][0] for name in names)

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if not any(test(value) for test in tests):
            found.append((place, f"{expected}, got {kind_of(value)}"))

    return rule


def _enum(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    values: list[Any] = value
    table = {canonical(each) for each in values}
    message = "expected " + one_of(json.dumps(each) for each in values)

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if canonical(value) not in table:
            found.append((place, message))

    return rule


def _const(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _enum([value], schema, scope)


# Strings and numbers


def _min_length(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _simple(lambda text: len(text) >= value, str, characters("least", value))


def _max_length(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _simple(lambda text: len(text) <= value, str, characters("most", value))


def _pattern(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    found = Pattern(value, schema.get("maxLength")).found
    return _simple(found, str, f"doesn't match the pattern {value}")


def _format(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    read = format_of(value).read

    def holds(text: str) -> bool:
        try:
            read(text)
        except (ValueError, OverflowError):
            return False
        return True

    return _simple(holds, str, f"is no {value}")


def _bound(position: int) -> Make:
    def make(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
        given: list[Any] = [None] * 5
        given[position] = value
        ((holds, message),) = bounds(*given)
        return _simple(holds, (int, float), message)

    return make


# Objects


def _entries(rule: Callable[[dict[str, Any], Place, Found, Marks], None]) -> Rule:
    def guarded(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if isinstance(value, a_dict):
            rule(value, place, found, marks)

    return guarded


def _properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = {name: scope.rule(below) for name, below in value.items()}

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name, each in rules.items():
            if name in value:
                each(value[name], (place, name), found, None)
                if marks is not None:
                    marks.add(name)

    return _entries(rule)


def _pattern_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = [(Pattern(text).found, scope.rule(below)) for text, below in value.items()]

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name, below in value.items():
            for matches, each in rules:
                if matches(name):
                    each(below, (place, name), found, None)
                    if marks is not None:
                        marks.add(name)

    return _entries(rule)


def _additional_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    known = frozenset(schema.get("properties", ()))
    patterns = [Pattern(text).found for text in schema.get("patternProperties", ())]
    others = scope.rule(value)

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name, below in value.items():
            if name in known or any(matches(name) for matches in patterns):
                continue
            others(below, (place, name), found, None)
            if marks is not None:
                marks.add(name)

    return _entries(rule)


def _unevaluated_properties(
    value: Any, schema: Mapping[str, Any], scope: Scope
) -> Rule:
    others = scope.rule(value)

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        seen = marks if marks is not None else set[Any]()
        for name, below in value.items():
            if name not in seen:
                others(below, (place, name), found, None)
                seen.add(name)

    return _entries(rule)


def _property_names(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names = scope.rule(value)

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name in value:
            if not _fits(names, name):
                found.append(((place, name), "isn't an allowed name of a property"))

    return _entries(rule)


def _required(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names: list[str] = value

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name in names:
            if name not in value:
                found.append(((place, name), "is required"))

    return _entries(rule)


def _dependent_required(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    needs: dict[str, list[str]] = value

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name, others in needs.items():
            for other in others if name in value else ():
                if other not in value:
                    found.append(((place, other), f"is required beside {name}"))

    return _entries(rule)


def _dependent_schemas(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = {name: scope.rule(below) for name, below in value.items()}

    def rule(value: dict[str, Any], place: Place, found: Found, marks: Marks) -> None:
        for name, each in rules.items():
            if name in value:
                each(value, place, found, marks)

    return _entries(rule)


def _min_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(value, None)


def _max_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(None, value)


def _counting(least: int | None, most: int | None) -> Rule:
    ((holds, message),) = counted(least, most)
    return _simple(holds, a_dict, message)


# Arrays


def _elements(rule: Callable[[list[Any], Place, Found, Marks], None]) -> Rule:
    def guarded(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if isinstance(value, a_list):
            rule(value, place, found, marks)

    return guarded


def _items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    first = len(schema.get("prefixItems", ()))
    item = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Found, marks: Marks) -> None:
        for i in range(first, len(value)):
            item(value[i], (place, i), found, None)
            if marks is not None:
                marks.add(i)

    return _elements(rule)


def _prefix_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = [scope.rule(below) for below in value]

    def rule(value: list[Any], place: Place, found: Found, marks: Marks) -> None:
        for i, (item, each) in enumerate(zip(value, rules, strict=False)):
            each(item, (place, i), found, None)
            if marks is not None:
                marks.add(i)

    return _elements(rule)


def _contains(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    least: int = schema.get("minContains", 1)
    most: int | None = schema.get("maxContains")
    wanted = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Found, marks: Marks) -> None:
        fitting = [i for i, item in enumerate(value) if _fits(wanted, item)]
        if len(fitting) < least:
            word = items_word("least", least)
            found.append((place, f"{word} that fit `contains`"))
        if most is not None and len(fitting) > most:
            found.append((place, f"{items_word('most', most)} that fit `contains`"))
        if marks is not None:
            marks.update(fitting)

    return _elements(rule)


def _unevaluated_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    item = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Found, marks: Marks) -> None:
        seen = marks if marks is not None else set[Any]()
        for i, each in enumerate(value):
            if i not in seen:
                item(each, (place, i), found, None)
                seen.add(i)

    return _elements(rule)


def _min_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    message = items_word("least", value)
    return _simple(lambda items: len(items) >= value, a_list, message)


def _max_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    message = items_word("most", value)
    return _simple(lambda items: len(items) <= value, a_list, message)


def _unique_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    if not value:
        return _anything
    return _simple(all_different, a_list, "expected items that are all different")


# Schemas of the same value


def _ref(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return scope.named(value)


def _all_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _all([scope.rule(below) for below in value])


def _any_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    options = [scope.rule(below) for below in value]

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if marks is None:
            fits = any(_fits(option, value) for option in options)
        else:  # each that fits says what it looked at
            fits = sum([_fits(option, value, marks) for option in options]) > 0
        if not fits:
            found.append((place, "fits none of the schemas of `anyOf`"))

    return rule


def _one_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    options = [scope.rule(below) for below in value]

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        count = sum([_fits(option, value, marks) for option in options])
        if count != 1:
            some = f"{count} of" if count else "none of"
            message = f"fits {some} the schemas of `oneOf`, expected one"
            found.append((place, message))

    return rule


def _not(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    forbidden = scope.rule(value)

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        if _fits(forbidden, value):
            found.append((place, "is what `not` forbids"))

    return rule


def _if(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    condition = scope.rule(value)
    then, otherwise = (scope.rule(schema.get(word, True)) for word in ("then", "else"))

    def rule(value: Any, place: Place, found: Found, marks: Marks) -> None:
        branch = then if _fits(condition, value, marks) else otherwise
        branch(value, place, found, marks)

    return rule


_MAKE: dict[str, Make] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "format": _format,
    "minimum": _bound(0),
    "maximum": _bound(1),
    "exclusiveMinimum": _bound(2),
    "exclusiveMaximum": _bound(3),
    "multipleOf": _bound(4),
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "minProperties": _min_properties,
    "maxProperties": _max_properties,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "$ref": _ref,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}

_LAST: dict[str, Make] = {
    "unevaluatedProperties": _unevaluated_properties,
    "unevaluatedItems": _unevaluated_items,
}
