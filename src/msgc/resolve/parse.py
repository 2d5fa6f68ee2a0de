"""Parse nodes of the tree: text, numbers, durations in seconds, sizes in bytes.

The shape has been checked before; what is not of the expected shape has been reported there, and
reads as `None` here, so that resolving can go on and find the other mistakes.
"""

from __future__ import annotations

from typing import TypeVar

from msgc.patterns.at_deploy import AtDeploy
from msgc.topology.deferred import Known, Text, deferred, known
from msgc.topology.units import BYTES, SECONDS
from msgc.tree import Filled, JsonValue, Mapping, Node, Scalar, Sequence, to_json, whole

T = TypeVar("T")


def text(node: Node | None) -> str | None:
    """Return a scalar's spelling, in which `$${` stands for `${`; a YAML null has none."""
    return None if not isinstance(node, Scalar) or node.is_null else literal(node.text)


def address(node: Node | None) -> Text | None:
    """Return a scalar's spelling, with its placeholders as parts: for whatever may have some.

    `msgc.resolve.variables.placeholders` says where placeholders may stand, and reports all others,
    and inputs that aren't declared.
    """
    if not isinstance(node, Scalar) or node.is_null:
        return None
    found = deferred(node.text)
    if not isinstance(node, Filled):
        return found
    if isinstance(found, str):
        return Known(found, node.written)
    return found.replace(written=node.written)


def prose(node: Node | None) -> str | None:
    """Return text for people, as it is spelled: it has no placeholders, and none to escape."""
    return None if not isinstance(node, Scalar) or node.is_null else node.text


def literal(written: str) -> str:
    """Return a text with `$${` as the `${` that it stands for."""
    return written.replace("$${", "${") if "$${" in written else written


def json(node: Node) -> JsonValue:
    """Return a filter, a pattern or a matcher as JSON; its texts are as `text` has them.

    One with placeholders is an `AtDeploy`.
    """
    return _literals(to_json(node))


def _literals(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        if "$" not in value:
            return value
        return literal(value) if known(deferred(value)) is not None else AtDeploy(value)
    if isinstance(value, list):
        return [_literals(item) for item in value]
    if isinstance(value, dict):
        return {literal(key): _literals(item) for key, item in value.items()}
    return value


def integer(node: Node | None) -> int | None:
    """Return a whole number."""
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def boolean(node: Node | None) -> bool | None:
    """Return `true` or `false`."""
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, bool) else None


def duration(node: Node | None) -> int | None:
    """Return seconds for `30s`, `5m`, `12h`, `14d`."""
    return _scaled(text(node), SECONDS)


def size(node: Node | None) -> int | None:
    """Return bytes for `256KiB`, `1MiB`."""
    return _scaled(text(node), BYTES)


def mapping(node: Node | None) -> Mapping | None:
    """Return a node that is a mapping."""
    return node if isinstance(node, Mapping) else None


def items(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list; nothing for anything else."""
    return node.items if isinstance(node, Sequence) else ()


def texts(node: Node | None) -> tuple[Scalar, ...]:
    """Return the scalars of a list."""
    return tuple(item for item in items(node) if isinstance(item, Scalar))


def former_key(node: Mapping) -> str | None:
    """Return the key under which a declaration was first built; None of one that says no key.

    On an edge from a topic `was` may be an address as well, which no key is like.
    """
    written = text(node.get("was")) if "was" in node.entries else None
    return None if written is None or is_address(written) else written


def is_address(written: str) -> bool:
    """Whether a text is an ARN, a URL, somebody's address or number, or a placeholder: no key."""
    return any(mark in written for mark in (":", "/", "@", "+", "$"))


def path(node: Node | None) -> tuple[str, ...] | None:
    """Return the steps of a dotted path into a payload: `customer.tier`."""
    written = text(node)
    return tuple(written.split(".")) if written else None


def given(value: T | None, default: T) -> T:
    """Return a value, or the default where none was given; zero is one."""
    return default if value is None else value


def _scaled(written: str | None, units: dict[str, int]) -> int | None:
    if written is None:
        return None
    for unit, factor in units.items():
        number = written.removesuffix(unit)
        if number != written and number.isdecimal() and number.isascii():
            return whole(number) * factor
    return None
