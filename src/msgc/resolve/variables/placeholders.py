"""Check placeholders such as `${region}`: where they stand, and that there is what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.diagnostics import Diagnostic, nearest
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.resolve.variables.placeholder_places import (
    ANY,
    ITEM,
    KEY,
    PLACES,
    TEXTS,
    Path,
    is_own_name,
    stands_in,
)
from msgc.topology import names
from msgc.topology.deferred import ACCOUNT, BUILT_IN, ENVIRONMENT, REGION
from msgc.tree import Node, Scalar, Sequence

SECTIONS = frozenset(
    {"version", "service", "source", "owner", "build", "defaults", "messages", "queues", "topics",
     "buses", "subscriptions", "consumers", "producers", "tests", "tags", "discovery",
     "alarms", "dashboard", "large_messages"}
)  # fmt: skip
FREE = frozenset({"filter", "pattern"})
"""Where keys are those of payloads."""
_NEAR = {"AWS::AccountId": "account", "AWS::Region": "region", "accountid": "account",
         "account-id": "account", "account_id": "account"}  # fmt: skip
"""What CloudFormation and others call what every file has, beside the letters' case."""


def check_placeholders(symbols: SymbolTable) -> None:
    """Report every placeholder that nothing fills in; note the inputs that others name.

    Text for people, schemas and payloads have none: there `${` is what it is.
    """
    told: set[tuple[str, int, str]] = set()
    for key, (_, node) in symbols.root.entries.items():
        if key not in SECTIONS:
            continue  # reserved or unknown, and reported
        for path, scalar in _values(node, (key,)):
            if "${" in scalar.text and not stands_in(path, TEXTS):
                _check(symbols, path, scalar, told)


def placeholders(text: str) -> Iterator[str]:
    """Yield the placeholders in a text; `$${` is no beginning of one."""
    for match in re.finditer(r"\$\$\{|\$\{[^}]*\}?", text):
        if not match[0].startswith("$$"):
            yield match[0]


def _values(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, (*path, ITEM))
    else:
        for key, value in node.items():
            if "${" in key.text and _has_free_keys(path):
                yield (*path, KEY), key
            yield from _values(value, (*path, key.text))


def _has_free_keys(path: Path) -> bool:
    """Whether keys may be anything here; elsewhere the schema of the file says what they are."""
    is_free = path[-1] != "environment" and stands_in((*path, ANY), PLACES)
    return is_free or path[-1] == "query"


def _check(
    symbols: SymbolTable, path: Path, scalar: Scalar, told: set[tuple[str, int, str]]
) -> None:
    """Report the first placeholder of a text that is wrong, once for all aliases of an anchor."""
    finding = _first_wrong(symbols, path, scalar)
    if finding is None:
        return
    key = (*scalar.span.place, finding.message)
    if key not in told:
        told.add(key)
        symbols.diagnostics.append(finding)


def _first_wrong(symbols: SymbolTable, path: Path, scalar: Scalar) -> Diagnostic | None:
    wrong: Diagnostic | None = None
    for found in placeholders(scalar.text):
        name = found[2:-1]
        symbols.used_inputs.add(name)
        if wrong is not None:
            continue
        if not _may_stand(path) or (is_own_name(path) and name not in _in_names(symbols)):
            wrong = _misplaced(path, scalar, found)
        elif not found.endswith("}"):
            wrong = _unfilled(scalar, found, "its `}` is missing")
        elif not name:
            wrong = _unfilled(scalar, found, "it has no name")
        elif name == ENVIRONMENT:
            if symbols.environment is None:
                wrong = _unfilled(scalar, found, "the file has no `environments`")
        elif name not in BUILT_IN and name not in symbols.inputs:
            wrong = _unknown(symbols, scalar, name)
    return wrong


def _in_names(symbols: SymbolTable) -> frozenset[str]:
    """Return the placeholders in names of the stack's own: they are known when it is built."""
    here = symbols.environment
    known = {ENVIRONMENT: True, ACCOUNT: here and here.account, REGION: here and here.region}
    return frozenset(name for name, value in known.items() if value)


def _misplaced(path: Path, scalar: Scalar, found: str) -> Diagnostic:
    """Return the finding about a placeholder that nothing fills in where it stands."""
    if is_own_name(path) and found[2:-1] in BUILT_IN:
        wrong = _unfilled(scalar, found, "a name must be known when the stack is built")
        advice = f"say `{found[2:-1]}` under each of the `environments`, or write the value itself"
        return wrong.replace(help=advice)
    where = "a key" if path[-1] == KEY else f"`{_place(path)}`"
    wrong = _unfilled(scalar, found, f"a placeholder never stands in {where}")
    if found == scalar.text and _takes_arn(path):
        advice = f'write `{_place(path)}: {{arn: "{found}"}}`'
        return wrong.replace(help=f"{advice}, if the input is an ARN")
    return wrong


def _takes_arn(path: Path) -> bool:
    """Whether a mapping with an ARN could stand here that is an input; a stream's says more."""
    takes_any = stands_in((*path, ANY), PLACES) or path[-1] == "stream"
    return stands_in((*path, "arn"), PLACES) and not takes_any


def _may_stand(path: Path) -> bool:
    return path[-1] != KEY and stands_in(path, PLACES) and not _is_number(path)


def _is_number(path: Path) -> bool:
    """Whether a text is in a filter's `numeric`, where it would never be a number.

    A field may be called so too; an operator stands in a matcher, which is in a list.
    """
    operators = (
        above == ITEM and step == "numeric" and of != "$or"
        for of, above, step in zip(path[2:], path[3:], path[4:], strict=False)
    )
    return path[2:3] != () and path[2] in FREE and any(operators)


def _place(path: Path) -> str:
    if path[2:3] and path[2] in FREE:
        return "numeric" if _is_number(path) else path[2]
    return next(step for step in reversed(path) if step != ITEM)


def _unfilled(scalar: Scalar, found: str, why: str) -> Diagnostic:
    shown = found if len(found) <= 40 else f"{found[:37]}..."
    return codes.PLACEHOLDER.at(
        scalar.span,
        f"`{shown}` isn't filled in: {why}",
        help=f"write the value itself; for `{found[:2]}` as text, write `$${{`",
    )


def _unknown(symbols: SymbolTable, scalar: Scalar, name: str) -> Diagnostic | None:
    """Return the finding about a placeholder that names no input."""
    if symbols.is_misread("inputs", name):
        return None
    meant = _NEAR.get(name) or _NEAR.get(name.lower())
    if meant is None:
        meant = nearest(name, [*symbols.inputs, *BUILT_IN])
    return codes.UNKNOWN_INPUT.at(
        scalar.span,
        f"there is no input `{name}`",
        help=f"write `${{{meant}}}`" if meant else _declare(name),
    )


def _declare(name: str) -> str:
    """Return how an input is declared, under a name that an input may have."""
    right = names.snake(name).replace("_", "-").strip("-").lstrip("-0123456789") or "my-input"
    written = "" if right == name else f"write `${{{right}}}`, and "
    return f"{written}declare it: `inputs: {{{right}: {{description: ...}}}}`"
