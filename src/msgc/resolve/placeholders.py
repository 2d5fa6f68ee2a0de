"""Check placeholders such as `${region}`: where they stand, and that there is what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.diagnostics import nearest
from msgc.kinds import KINDS
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import BUILT_IN, ENVIRONMENT
from msgc.tree import Node, Scalar, Sequence

_Path = tuple[str, ...]

SECTIONS = frozenset(
    {"version", "service", "source", "owner", "build", "defaults", "messages", "queues", "topics",
     "buses", "subscriptions", "consumers", "producers", "tests"}
)  # fmt: skip
FREE = frozenset({"filter", "pattern"})
"""Where keys are those of payloads: a `description` there is a field."""
ADDRESSES = frozenset(
    {"account", "arn", "parameter", "layers", "url", "connection", "secret", "endpoint",
     "client_id", *(kind.word for kind in KINDS.values() if not kind.section)}
)  # fmt: skip
"""Keys whose values are addresses, wherever they stand; they are read by `parse.address`."""
_NAMED = frozenset({"import", *KINDS})
"""Keys below which a `name` is that of something which exists."""
PARTS = frozenset({"environment", "allow"})
"""Keys below which every text may have placeholders."""
_NEAR = {"AWS::AccountId": "account", "AWS::Region": "region", "accountid": "account",
         "account-id": "account", "account_id": "account"}  # fmt: skip
"""What CloudFormation and others call what every file has, beside the letters' case."""


def check_placeholders(symbols: SymbolTable) -> None:
    """Report every placeholder that nothing fills in; note the inputs that others name.

    Text for people, schemas and payloads have none: there `${` is what it is.
    """
    told: set[tuple[str, int]] = set()
    for key, (_, node) in symbols.root.entries.items():
        if key not in SECTIONS:
            continue  # reserved or unknown, and reported
        for path, scalar in _values(node, (key,)):
            if "${" not in scalar.text or scalar.span.place in told:
                continue  # an anchor's value is met more than once
            told.add(scalar.span.place)
            _check(symbols, path, scalar)


def placeholders(text: str) -> Iterator[str]:
    """Yield the placeholders in a text; `$${` is no beginning of one."""
    for match in re.finditer(r"\$\$\{|\$\{[^}]*\}?", text):
        if not match[0].startswith("$$"):
            yield match[0]


def _values(node: Node, path: _Path) -> Iterator[tuple[_Path, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, path)
    else:
        for key, value in node.items():
            below = (*path, key.text)
            if not _is_text(below, value):
                yield from _values(value, below)


def _is_text(path: _Path, value: Node) -> bool:
    """Whether a value is for people, or a payload or its schema."""
    match path:
        case ("messages", _, "schema" | "examples") | ("tests", "publish", "payload"):
            return not isinstance(value, Scalar)
        case ("tests", "name") | (_, _, "description"):
            return True
    return False


def _check(symbols: SymbolTable, path: _Path, scalar: Scalar) -> None:
    """Report the first placeholder of a text that is wrong."""
    may_stand = _may_stand(path)
    reported = False
    for found in placeholders(scalar.text):
        name = found[2:-1]
        symbols.used_inputs.add(name)
        if reported:
            continue
        reported = True
        if not may_stand:
            _report(symbols, scalar, found, f"a placeholder never stands in `{_place(path)}`")
        elif not found.endswith("}"):
            _report(symbols, scalar, found, "its `}` is missing")
        elif not name:
            _report(symbols, scalar, found, "it has no name")
        elif name == ENVIRONMENT:
            _report(symbols, scalar, found, "this version of msgc has no environments")
        elif name not in BUILT_IN and name not in symbols.inputs:
            _unknown(symbols, scalar, name)
        else:
            reported = False


def _may_stand(path: _Path) -> bool:
    """Whether a text may have placeholders."""
    if path[2:4] == ("send", "body"):
        return True
    if any(step in FREE for step in path[2:3]):
        return "numeric" not in path
    if path[-1] == "name" and path[-2] in _NAMED:
        return True
    return path[-1] in ADDRESSES or not PARTS.isdisjoint(path[2:-1])


def _place(path: _Path) -> str:
    word = next((step for step in path[2:3] if step in FREE), path[-1])
    return "numeric" if word in FREE and "numeric" in path else word


def _report(symbols: SymbolTable, scalar: Scalar, found: str, why: str) -> None:
    shown = found if len(found) <= 40 else f"{found[:37]}..."
    symbols.report(
        codes.PLACEHOLDER,
        scalar.span,
        f"`{shown}` isn't filled in: {why}",
        f"write the value itself; for `{found[:2]}` as text, write `$${{`",
    )


def _unknown(symbols: SymbolTable, scalar: Scalar, name: str) -> None:
    """Report a placeholder that names no input."""
    if symbols.is_misread("inputs", name):
        return
    meant = _NEAR.get(name) or _NEAR.get(name.lower())
    if meant is None:
        meant = nearest(name, [*symbols.inputs, *BUILT_IN])
    symbols.report(
        codes.UNKNOWN_INPUT,
        scalar.span,
        f"there is no input `{name}`",
        f"write `${{{meant}}}`"
        if meant
        else f"declare it: `inputs: {{{name}: {{description: ...}}}}`",
    )
