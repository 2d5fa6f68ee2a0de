"""What the endpoint of a topic's subscription was first written as, which is in its logical id."""

from __future__ import annotations

from typing import assert_never

from msgc.resolve import codes, parse
from msgc.resolve.ends.target_lists import Target
from msgc.resolve.places.addresses import stem_of
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import deferred, spelling
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import ByArn, ByParameter
from msgc.tree import Mapping, Node, Scalar, Sequence


def endpoint_was(symbols: SymbolTable, node: Mapping, targets: tuple[Target, ...]) -> str | None:
    """Return what ids call the endpoint of a topic's edge, if `was` says it; None: as it is now.

    A key is no endpoint, where what is handed over is called after its subscription.
    """
    written = node.get("was")
    was = parse.text(written)
    if "to" not in node.entries or was is None:  # a consumer's own `was` is about its name
        return None
    at = written.span if written is not None else node.span
    if isinstance(node.get("to"), Sequence):
        symbols.report(
            codes.OPTION_NOT_HERE,
            at,
            "`was` is about one endpoint of a topic, and these are several",
            "write a subscription for each",
        )
        return None
    is_key = not parse.is_address(was)
    if is_key and (_is_provided(node.get("to")) or _is_provided(node.get("from"))):
        return None
    end, now = targets[0].end, None
    match end:
        case Consumer():
            found = None if is_key else was
        case Queue() | Topic() | Bus():
            if is_key:
                found = was if end.imported is not None else None
            else:
                address = deferred(was)
                parameter = was.startswith("/")
                found = stem_of(
                    ByParameter(parameter=address) if parameter else ByArn(arn=address),
                    kind_of(end),
                )
        case Outside():
            found = None if is_key and end.kind.cdk is None else was
            now = None if end.text is None else spelling(end.text)
        case _:
            assert_never(end)
    if found is None:
        symbols.report(
            codes.OPTION_NOT_HERE,
            at,
            f"`{was}` is no endpoint: the subscription of a topic has no name in AWS, so a new one"
            " changes nothing",
            "take `was` out; if what it leads to was renamed, `was` stands there"
            if end.key is not None
            else "take it out; or write what its address was: a URL, an ARN, `${input}`",
        )
    elif found == now:
        symbols.report(
            codes.WAS_ITSELF, at, f"`{was}` is what the endpoint is now", "take `was` out"
        )
    return found


def _is_provided(end: Node | None) -> bool:
    """Whether an end is `provided` alone, and so an argument that is called after the edge."""
    values = end.entries.values() if isinstance(end, Mapping) else ()
    return any(isinstance(value, Scalar) and value.text == "provided" for _, value in values)
