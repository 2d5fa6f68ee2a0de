"""The grammar of a pattern as a whole: objects, lists of values, `$or`, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import Diagnostic, Edit, Label, did_you_mean, nearest
from msgc.patterns import codes, size
from msgc.patterns.dialect import ALL_OPERATORS, Dialect
from msgc.patterns.operators import check_value
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence, to_json

Found = Iterator[Diagnostic]

EVENT_TEXTS = ("version", "id", "detail-type", "source", "account", "time", "region", "resources",
               "replay-name")  # fmt: skip
"""What is text in every event; the rest is `detail`."""

RESERVED = frozenset(
    {*ALL_OPERATORS, "exactly", "=", "<", "<=", ">", ">=", "regex", "not-wildcard",
     "not-equals-ignore-case", "date-after", "date-on-or-after", "date-before",
     "date-on-or-before", "in-date-range", "ip-address-in-range", "ip-address-not-in-range"}
)  # fmt: skip
"""Names that a field inside `$or` can't have."""


def check_pattern(node: Node, dialect: Dialect) -> tuple[Diagnostic, ...]:
    """Return everything that AWS would refuse in a pattern, and what would surprise its writer."""
    found = list(_check_object(node, dialect, top=True, in_or=False))
    if not any(diagnostic.is_error for diagnostic in found):
        found += _replaced(node, "", {})
        found += check_size(to_json(node), dialect, node.span)
    return tuple(found)


def _check_object(node: Node, dialect: Dialect, *, top: bool, in_or: bool) -> Found:
    if not isinstance(node, Mapping) or not node.entries:
        message = "an empty object asks for nothing" if isinstance(node, Mapping) else (
            f"{dialect.name} is an object")  # fmt: skip
        help_ = "name a field and its values: `status: [paid]`"
        yield codes.EMPTY_PATTERN.at(node.span, message, help=help_)
        return
    for key, value in node.items():
        if key.text == "$or":
            yield from _check_or(key, value, dialect, top=top)
            continue
        if in_or and key.text in RESERVED:
            yield codes.BAD_OR.at(
                key.span,
                f"a field inside `$or` can't be called `{key.text}`",
                help="that name belongs to an operator: write it into a list, `field: [{...}]`",
            )
            continue
        if top and dialect.whole_event:
            yield from _check_event_field(key, value)
        yield from _check_field(key, value, dialect, in_or=in_or)


def _check_field(key: Scalar, value: Node, dialect: Dialect, *, in_or: bool) -> Found:
    if isinstance(value, Mapping):
        operator = _misplaced_operator(value)
        if operator is not None:
            yield codes.VALUE_NOT_IN_LIST.at(
                value.span,
                f"`{operator}` stands in a list: `{key.text}: [{{{operator}: ...}}]`",
                help="put `[]` around it",
                fix=_bracketed(value),
            )
        elif not dialect.nested:
            yield codes.NESTED_ATTRIBUTE.at(
                value.span,
                f"`{key.text}` is an object, and attributes are flat",
                help="join the names with dots, or filter on the body",
            )
        else:
            yield from _check_object(value, dialect, top=False, in_or=in_or)
    elif isinstance(value, Scalar):
        yield codes.VALUE_NOT_IN_LIST.at(
            value.span if value.text else key.span,
            f"the values of `{key.text}` stand in a list",
            help=f"write `{key.text}: [{value.text}]`" if value.plain else "put `[]` around it",
            fix=_bracketed(value),
        )
    elif not value.items:
        yield codes.EMPTY_LIST.at(
            value.span,
            f"`{key.text}` has no values, so nothing could match",
            help="leave the field out, or write `[{exists: false}]` to ask for its absence",
        )
    else:
        for item in value.items:
            yield from check_value(item, dialect)


def _misplaced_operator(value: Mapping) -> str | None:
    """Return the operator that an object is meant to be; a field may have that name, too."""
    if len(value.entries) != 1:
        return None
    key, operand = next(value.items())
    if key.text not in ALL_OPERATORS:
        return None
    if isinstance(operand, Sequence):
        first = operand.items[0] if operand.items else None
        compares = isinstance(first, Scalar) and first.text in {"=", "<", "<=", ">", ">="}
        meant = key.text == "anything-but" or (key.text == "numeric" and compares)
    else:
        meant = isinstance(operand, Scalar) or key.text == "anything-but"
    return key.text if meant else None


def _bracketed(node: Node) -> tuple[Edit, ...]:
    text = node.span.source.text[node.span.start : node.span.end]
    return (Edit(span=node.span, text=f"[{text}]"),) if text and "\n" not in text else ()


def _check_or(key: Scalar, value: Node, dialect: Dialect, *, top: bool) -> Found:
    if not isinstance(value, Sequence) or len(value.items) < 2:
        yield codes.BAD_OR.at(
            value.span if not isinstance(value, Scalar) or value.text else key.span,
            "`$or` takes a list of at least two objects",
            help="with one alternative, write its fields without `$or`",
        )
        return
    for branch in value.items:
        if isinstance(branch, Mapping):
            yield from _check_object(branch, dialect, top=top, in_or=True)
        else:
            yield codes.BAD_OR.at(
                branch.span, "an alternative of `$or` is an object", help="`{field: [value]}`"
            )


def _check_event_field(key: Scalar, value: Node) -> Found:
    if key.text.partition(".")[0] not in (*EVENT_TEXTS, "detail"):
        yield codes.UNKNOWN_EVENT_FIELD.at(
            key.span,
            f"no event has `{key.text}` at its top",
            help=did_you_mean(_spelt(key.text), EVENT_TEXTS)
            if nearest(_spelt(key.text), EVENT_TEXTS)
            else f"if it is a part of the payload, write `detail: {{{key.text}: ...}}`",
        )
    if key.text not in EVENT_TEXTS or not isinstance(value, Sequence):
        return
    for item in value.items:
        if isinstance(item, Scalar) and not isinstance(item.value, str):
            yield codes.EVENT_FIELD_IS_TEXT.at(
                item.span,
                f"an event's `{key.text}` is a text, so `{item.text}` never matches",
                help=f'quote it: `"{item.text}"`',
                fix=(Edit(span=item.span, text=f'"{item.text}"'),) if item.text else (),
            )


def _spelt(name: str) -> str:
    """`detailType`, `detail_type` → `detail-type`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()


def _replaced(node: Node, prefix: str, outside: dict[str, Scalar]) -> Found:
    """Yield the fields that a branch of an `$or` replaces, or that replace one in a branch."""
    if not isinstance(node, Mapping):
        return
    fields = dict(outside)
    fields.update(_leaf_keys(node, prefix))
    for key, value in node.items():
        if key.text == "$or" and isinstance(value, Sequence):
            for branch in value.items:
                for name, inner in _leaf_keys(branch, prefix):
                    if name in fields:
                        yield codes.REPLACED_FIELD.at(
                            inner.span,
                            f"`{name}` stands inside and outside of `$or`, "
                            "and the later replaces the earlier",
                            help="write it in every branch that needs it, and not outside",
                            labels=(Label(span=fields[name].span, message="also here"),),
                        )
                yield from _replaced(branch, prefix, fields)
        else:
            yield from _replaced(value, f"{prefix}{key.text}.", fields)


def _leaf_keys(node: Node, prefix: str) -> Iterator[tuple[str, Scalar]]:
    """Yield the fields of an object that every alternative has: those outside of its `$or`s."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, Mapping):
                yield from _leaf_keys(value, f"{prefix}{key.text}.")
            elif key.text != "$or":
                yield prefix + key.text, key


def check_size(pattern: Any, dialect: Dialect, span: Span) -> Found:
    """Yield what is too much of a pattern whose grammar is right."""
    count = size.alternatives(pattern)
    if dialect.alternatives is not None and count > dialect.alternatives:
        yield codes.TOO_MANY_COMBINATIONS.at(
            span,
            f"its `$or`s make {count} alternatives, {dialect.name} takes {dialect.alternatives}",
            help="use fewer `$or`s, or several subscriptions",
        )
    if dialect.combinations is not None:
        count = size.combinations(pattern)
        if count > dialect.combinations:
            yield codes.TOO_MANY_COMBINATIONS.at(
                span,
                f"{count} combinations of values, {dialect.name} takes {dialect.combinations}",
                help="use fewer values, a `prefix`, or several subscriptions",
            )
    if dialect.keys is not None:
        top, fields = size.top_keys(pattern), size.fields(pattern)
        if len(top) > dialect.keys:
            yield codes.TOO_MANY_KEYS.at(
                span,
                f"{len(top)} keys, {dialect.name} takes {dialect.keys}",
                help="use a bus, whose patterns have no such limit",
            )
        elif len(fields) > dialect.keys:
            yield codes.MANY_FIELDS.at(
                span,
                f"{len(fields)} fields, {dialect.name} may take {dialect.keys} only",
                help="use a bus, whose patterns have no such limit",
            )
