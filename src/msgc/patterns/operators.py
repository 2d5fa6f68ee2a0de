"""The grammar of one value in a list: a scalar, or an object with one operator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgc.diagnostics import Code, Diagnostic, did_you_mean
from msgc.patterns import codes
from msgc.patterns.dialect import ALL_OPERATORS, Dialect
from msgc.tree import Mapping, Node, Scalar, Sequence

Found = Iterator[Diagnostic]

_COMPARISONS = frozenset(("=", "<", "<=", ">", ">="))


def check_value(node: Node, dialect: Dialect) -> Found:
    """Check one member of a list of values."""
    if isinstance(node, Sequence):
        yield _error(
            codes.NOT_A_VALUE, node, "a list can't be a value", "take one pair of `[]` away"
        )
    elif isinstance(node, Mapping):
        yield from _matcher(node, dialect)


def _matcher(node: Mapping, dialect: Dialect) -> Found:
    if len(node.entries) != 1:
        listed = ", ".join(f"`{key}`" for key in node.entries) or "none"
        yield _error(
            codes.ONE_OPERATOR,
            node,
            f"one object has one operator, this has {listed}",
            "give each an object of its own: they are alternatives",
        )
        return
    key, operand = next(node.items())
    if key.text not in ALL_OPERATORS:
        yield _unknown(key)
    elif key.text not in dialect.operators:
        yield _not_here(key, key.text, dialect)
    else:
        if key.text in dialect.recent:
            yield _recent(key, f"`{key.text}`")
        yield from _OPERANDS[key.text](key, operand, dialect)


def _unknown(key: Scalar) -> Diagnostic:
    help_ = did_you_mean(key.text, ALL_OPERATORS)
    if key.text == "exactly":
        help_ = "write the value itself"
    if key.text in _COMPARISONS:
        help_ = f'write `{{numeric: ["{key.text}", ...]}}`'
    return _error(codes.UNKNOWN_OPERATOR, key, f"`{key.text}` is no operator", help_)


def _not_here(node: Node, name: str, dialect: Dialect) -> Diagnostic:
    return _error(
        codes.OPERATOR_NOT_HERE,
        node,
        f"{dialect.name} has no `{name}`",
        "filter elsewhere, or say it with the operators there are: "
        + ", ".join(f"`{operator}`" for operator in dialect.operators),
    )


def _recent(node: Node, name: str) -> Diagnostic:
    return _error(
        codes.RECENT_OPERATOR,
        node,
        f"SNS knows {name} since recently, and may refuse it",
        "if it does, use values or `prefix`, or a bus instead of a topic",
    )


# --- operands -----------------------------------------------------------------------------------


def _text(key: Scalar, operand: Node, _: Dialect) -> Found:
    if not _is_text(operand):
        yield _wrong(key, operand, "takes a text")


def _affix(key: Scalar, operand: Node, dialect: Dialect) -> Found:
    if not isinstance(operand, Mapping):
        yield from _text(key, operand, dialect)
        return
    inner = operand.get("equals-ignore-case")
    if inner is None or len(operand.entries) != 1 or not _is_text(inner):
        yield _wrong(key, operand, "takes a text, or `{equals-ignore-case: text}`")
    elif not dialect.folded_affixes:
        yield _error(
            codes.OPERATOR_NOT_HERE,
            operand,
            f"{dialect.name} has no `equals-ignore-case` in `{key.text}`",
            f"list the spellings: `[{{{key.text}: a}}, {{{key.text}: A}}]`",
        )


def _wildcard(key: Scalar, operand: Node, dialect: Dialect) -> Found:
    if not isinstance(operand, Scalar) or not _is_text(operand):
        yield _wrong(key, operand, "takes a text")
        return
    bare = re.sub(r"\\[*\\]", "", operand.text)
    if "\\" in bare:
        yield _error(codes.BAD_WILDCARD, operand, "a backslash can only escape `*` or a backslash",
                     "write two backslashes for one")  # fmt: skip
    elif "**" in bare:
        yield _error(codes.BAD_WILDCARD, operand, "two `*` in a row are refused", "write one")
    elif bare.count("*") > dialect.stars:
        yield _error(
            codes.BAD_WILDCARD,
            operand,
            f"{bare.count('*')} `*` are too complex: {dialect.name} takes {dialect.stars}",
            "use fewer, or `prefix` and `suffix`",
        )


def _exists(key: Scalar, operand: Node, _: Dialect) -> Found:
    if not isinstance(operand, Scalar) or not isinstance(operand.value, bool):
        yield _wrong(key, operand, "takes `true` or `false`")


def _cidr(key: Scalar, operand: Node, dialect: Dialect) -> Found:
    if not isinstance(operand, Scalar) or not _is_text(operand):
        yield _wrong(key, operand, "takes a text")
        return
    from ipaddress import ip_network  # noqa: PLC0415  # 5 ms that few patterns need

    address, slash, bits = operand.text.partition("/")
    try:
        ip_network(operand.text, strict=False)
        fine = bool(address) and (not slash or bits.isdigit())
    except ValueError:
        fine = False
    if not fine or not (slash or dialect.bare_addresses):
        yield _error(codes.BAD_NETWORK, operand, f"`{operand.text}` is no network",
                     "write address, slash and bits: `10.0.0.0/24`")  # fmt: skip


def _numeric(key: Scalar, operand: Node, _: Dialect) -> Found:
    if not isinstance(operand, Sequence):
        yield _wrong(key, operand, 'takes a list: `[">=", 100]`')
        return
    why = _half_problem(operand.items) or _range_problem(operand.items)
    if why is not None:
        yield _error(codes.BAD_NUMERIC, operand, why, 'like `[">=", 100]` or `[">", 0, "<", 10]`')


def _half_problem(items: tuple[Node, ...]) -> str | None:
    """Return what is wrong with one of the comparisons and numbers that take turns."""
    if not items or len(items) % 2:
        return "a comparison and a number belong together"
    for operator, bound in zip(items[::2], items[1::2], strict=True):
        if not isinstance(operator, Scalar) or operator.text not in _COMPARISONS:
            return "a comparison comes first: `=`, `<`, `<=`, `>` or `>=`"
        if not _is_number(bound):
            shown = f"`{bound.text}`" if isinstance(bound, Scalar) else "what follows it"
            return f"{shown} is no number" + (", but a text" if _is_text(bound) else "")
    return None


def _range_problem(items: tuple[Node, ...]) -> str | None:
    """Return what is wrong with a lower and an upper bound."""
    words = [item.text for item in items if isinstance(item, Scalar)]
    if len(words) == 2:
        return None
    if len(words) > 4 or words[0] not in {">", ">="} or words[2] not in {"<", "<="}:
        return "a range has a lower bound (`>`, `>=`) and then an upper one (`<`, `<=`)"
    low, high = words[1], words[3]
    return f"nothing lies between {low} and {high}" if float(low) >= float(high) else None


def _anything_but(key: Scalar, operand: Node, dialect: Dialect) -> Found:
    if isinstance(operand, Mapping):
        yield from _excluded_matcher(operand, dialect)
        return
    items = operand.items if isinstance(operand, Sequence) else (operand,)
    texts, numbers = sum(map(_is_text, items)), sum(map(_is_number, items))
    if not items or texts + numbers != len(items):
        yield _wrong(key, operand, "takes texts or numbers, no `null`, `true` or `false`")
    elif texts and numbers and not dialect.mixed_exclusions:
        yield _wrong(key, operand, "takes either texts or numbers, not both in one list")


def _excluded_matcher(operand: Mapping, dialect: Dialect) -> Found:
    if len(operand.entries) != 1:
        yield _error(codes.ONE_OPERATOR, operand, "`anything-but` takes one operator",
                     "write them as two objects, if either will do")  # fmt: skip
        return
    key, inner = next(operand.items())
    known = ("prefix", "suffix", "equals-ignore-case", "wildcard")
    if key.text not in known:
        yield _error(codes.UNKNOWN_OPERATOR, key, f"`anything-but` has no `{key.text}` in it",
                     did_you_mean(key.text, known))  # fmt: skip
        return
    if key.text not in dialect.excludable:
        yield _error(codes.OPERATOR_NOT_HERE, key,
                     f"{dialect.name} has no `anything-but` with `{key.text}`",
                     "list the values, or use `prefix`")  # fmt: skip
        return
    if f"anything-but {key.text}" in dialect.recent:
        yield _recent(key, f"`anything-but` with `{key.text}`")
    many = isinstance(inner, Sequence) and bool(inner.items) and dialect.excluded_lists
    for item in inner.items if many and isinstance(inner, Sequence) else (inner,):
        empty = isinstance(item, Scalar) and not item.text
        if not _is_text(item) or (empty and key.text in {"prefix", "suffix"}):
            yield _wrong(key, item, "takes a text that isn't empty")
        elif key.text == "wildcard":
            yield from _wildcard(key, item, dialect)


_OPERANDS: dict[str, Callable[[Scalar, Node, Dialect], Found]] = {
    "prefix": _affix,
    "suffix": _affix,
    "equals-ignore-case": _text,
    "wildcard": _wildcard,
    "numeric": _numeric,
    "cidr": _cidr,
    "exists": _exists,
    "anything-but": _anything_but,
}


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, str)


def _is_number(node: Node) -> bool:
    return (
        isinstance(node, Scalar)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


def _wrong(key: Scalar, operand: Node, takes: str) -> Diagnostic:
    help_ = None
    if isinstance(operand, Scalar) and "text" in takes and _is_number(operand):
        help_ = f'quote it: `"{operand.text}"`'
    return _error(codes.WRONG_OPERAND, operand, f"`{key.text}` {takes}", help_)


def _error(code: Code, node: Node, message: str, help_: str | None) -> Diagnostic:
    return code.at(node.span, message, help=help_)
