"""Resolve the KMS keys with which places and pipes are encrypted."""

from __future__ import annotations

from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.ends.found import handed_over
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import spelling
from msgc.topology.settings import ByArn, Key, Provided
from msgc.tree import Mapping, Node

OWN = "messaging"
"""The name of the key that `managed-by-stack` means."""


def encryption_key(symbols: SymbolTable, name: str, written: Node | None) -> Key | None:
    """Return the key that `encryption` names; one and the same wherever it is found alike.

    None where it is switched off, or misshapen.
    """
    node = written.get("key") if isinstance(written, Mapping) else None
    if node is None:
        return None
    managed = _managed(node)
    if managed is not None:
        return _key(symbols, ("managed", managed), node, managed, None)
    arn = parse.address(node.get("arn")) if isinstance(node, Mapping) else None
    if arn is not None:
        text = spelling(arn)
        return _key(symbols, ("arn", text), node, _name(text), ByArn(arn=arn))
    given = handed_over(node, name, "key")
    if given is None:
        return None
    return _key(symbols, ("provided", given.argument), node, given.argument, given)


def _managed(node: Node) -> str | None:
    """Return the name of a key that the stack makes."""
    if isinstance(node, Mapping):
        return parse.text(node.get("managed")) or None
    return OWN if parse.text(node) == "managed-by-stack" else None


def _key(
    symbols: SymbolTable,
    identity: tuple[str, str],
    node: Node,
    name: str,
    address: Provided | ByArn | None,
) -> Key:
    found = symbols.keys.get(identity)
    if found is None:
        alias = OPEN if address is None else ""
        found = Key(name=name, key=node.span, node=node, address=address, alias=alias)
        symbols.keys[identity] = found
    return found


def _name(arn: str) -> str:
    """Return what a key that exists is called: by an input, or by its id: `kms-1234abcd`."""
    last = arn.rpartition("/")[2]
    if "${" in last:
        return last.replace("${", "").replace("}", "")
    first, *_ = (word for word in last.split("-") if word != "mrk")
    return f"kms-{first}"
