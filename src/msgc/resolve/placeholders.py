"""Report placeholders such as `${env}` that stand for a value: nothing fills them in yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.kinds import KINDS
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.tree import Node, Scalar, Sequence

_Path = tuple[str, ...]

SECTIONS = frozenset(
    {"version", "service", "source", "owner", "build", "defaults", "messages", "queues", "topics",
     "buses", "subscriptions", "consumers", "producers", "tests"}
)  # fmt: skip
FREE = frozenset({"filter", "pattern"})
"""Where keys are those of payloads: a `description` there is a field."""
ADDRESSES = frozenset(
    {"name", "arn", "parameter", *(kind.word for kind in KINDS.values() if not kind.section)}
)


def check_placeholders(symbols: SymbolTable) -> None:
    """Report every placeholder that stands where a value is meant.

    Text for people, schemas and payloads have none: there `${` is what it is.
    """
    told: set[int] = set()
    for key, (_, node) in symbols.root.entries.items():
        if key not in SECTIONS:
            continue  # reserved or unknown, and reported
        for path, scalar in _values(node, (key,)):
            found = next(iter(placeholders(scalar.text)), None)
            if found is not None and scalar.span.start not in told:
                told.add(scalar.span.start)  # an anchor's value is met more than once
                symbols.report(codes.PLACEHOLDER, scalar.span, _message(found, path), _help(found))


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


def _may_stand(path: _Path) -> bool:
    """Whether a placeholder may stand here where a file has environments or inputs."""
    if any(step in FREE for step in path[2:3]):
        return "numeric" not in path
    return path[-1] in ADDRESSES or "environment" in path[:-1]


def _message(found: str, path: _Path) -> str:
    shown = found if len(found) <= 40 else f"{found[:37]}..."
    if _may_stand(path):
        return f"`{shown}` isn't filled in: this version of msgc has no environments or inputs"
    word = next((step for step in path[2:3] if step in FREE), path[-1])
    place = "numeric" if word in FREE else word
    return f"`{shown}` isn't filled in: a placeholder never stands in `{place}`"


def _help(found: str) -> str:
    return f"write the value itself; for `{found[:2]}` as text, write `$${{`"
