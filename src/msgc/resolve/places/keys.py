"""Resolve the KMS keys with which places and pipes are encrypted."""

from __future__ import annotations

from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.ends.found import handed_over
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import spelling
from msgc.topology.placement import MAIN
from msgc.topology.settings import ByArn, Key, Provided
from msgc.tree import Mapping, Node

OWN = "messaging"
"""The name of the key that `managed-by-stack` means."""


def encryption_key(symbols: SymbolTable, name: str, written: Node | None, stack: str) -> Key | None:
    """Return the key that `encryption` names; one and the same wherever it is found alike.

    Of what the service makes, each stack has one of its own. None where it is switched off, or
    misshapen.
    """
    node = written.get("key") if isinstance(written, Mapping) else None
    if node is None:
        return None
    managed = managed_key(node)
    if managed is not None:
        own = in_stack(managed, stack)
        return _key(symbols, ("managed", own), node, own, stack)
    arn = parse.address(node.get("arn")) if isinstance(node, Mapping) else None
    if arn is not None:
        text = spelling(arn)
        return _key(symbols, ("arn", text), node, _name(text), ByArn(arn=arn))
    given = handed_over(node, name, "key")
    if given is None:
        return None
    return _key(symbols, ("provided", given.argument), node, given.argument, given)


def managed_key(node: Node) -> str | None:
    """Return the name of a key that the stack makes."""
    if isinstance(node, Mapping):
        return parse.text(node.get("managed")) or None
    return OWN if parse.text(node) == "managed-by-stack" else None


def in_stack(managed: str, stack: str) -> str:
    """Return the name of a key that the stack of a name makes for itself."""
    return managed if stack == MAIN else f"{stack}-{managed}"


def _key(
    symbols: SymbolTable,
    identity: tuple[str, str],
    node: Node,
    name: str,
    found: Provided | ByArn | str,
) -> Key:
    """Return a key, by its identity; it is found somewhere, or made in the stack of a name."""
    key = symbols.keys.get(identity)
    if key is None:
        made = found if isinstance(found, str) else None
        key = symbols.keys[identity] = Key(
            name=name,
            key=node.span,
            node=node,
            address=None if isinstance(found, str) else found,
            alias="" if made is None else OPEN,
            stack=made or MAIN,
        )
    return key


def _name(arn: str) -> str:
    """Return what a key that exists is called: by an input, or by its id: `kms-1234abcd`."""
    last = arn.rpartition("/")[2]
    if "${" in last:
        return last.replace("${", "").replace("}", "")
    first, *_ = (word for word in last.split("-") if word != "mrk")
    return f"kms-{first}"
