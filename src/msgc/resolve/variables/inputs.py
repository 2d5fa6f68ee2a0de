"""Resolve inputs: the values that are known only when the stack is deployed."""

from __future__ import annotations

from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology import names, reserved
from msgc.topology.deferred import BUILT_IN, ENVIRONMENT
from msgc.topology.model import Input
from msgc.tree import Scalar


def resolve_inputs(symbols: SymbolTable) -> None:
    """Add every input to the symbol table; report the names that can't be arguments."""
    for key, node in symbols.declarations("inputs"):
        _check(symbols, key)
        symbols.inputs[key.text] = Input(
            name=key.text,
            key=key.span,
            node=node,
            description=parse.prose(node.get("description")) or "",
        )


def _check(symbols: SymbolTable, key: Scalar) -> None:
    if key.text in (*BUILT_IN, ENVIRONMENT):
        symbols.report(
            codes.RESERVED_INPUT,
            key.span,
            f"`${{{key.text}}}` stands for the stack's {_OWN[key.text]} in every file",
            "give the input another name, or take it away",
        )
    elif (argument := names.snake(key.text)) in reserved.ARGUMENTS:
        symbols.report(
            codes.RESERVED_INPUT,
            key.span,
            f"the construct, or the stack that holds it, has an argument `{argument}` already",
            "give the input another name",
        )


_OWN = {"account": "account", "region": "Region", "env": "environment"}
