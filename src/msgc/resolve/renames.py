"""Check `was`, the key under which something was first built: of one thing, that is no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgc.diagnostics import Findings, Label
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Producer
from msgc.tree import Mapping, Node


def check_renames(
    symbols: SymbolTable, producers: Iterable[Producer], edges: Iterable[Subscription]
) -> None:
    """Report every `was` that can't be meant."""
    _check_service(symbols)
    _check_default_bus(symbols)
    named = tuple(_named_edges(symbols, edges))
    dead_letters = [each.queue for each in symbols.implicit_queues.values() if each.of is not None]
    declared: tuple[tuple[str, Iterable[Declared], Iterable[Declared]], ...] = (
        ("message", symbols.messages.values(), ()),
        (
            "queue",
            symbols.queues.values(),
            (each for each in dead_letters if each.name not in symbols.queues),
        ),
        ("topic", symbols.topics.values(), ()),
        ("bus", (each for each in symbols.buses.values() if not each.is_default), ()),
        ("consumer", symbols.consumers.values(), ()),
        ("producer", producers, ()),
        ("subscription", named, ()),
    )
    for word, things, derived in declared:
        check_former_names(symbols, word, tuple(things), derived)


def check_former_names(
    symbols: Findings, word: str, things: Sequence[Declared], derived: Iterable[Declared] = ()
) -> None:
    """Report what would take the place of something that is there, and two heirs of one thing."""
    there = {each.built_as: each for each in derived}
    there |= {each.name: each for each in things if each.was is None}
    heirs: dict[str, Declared] = {}
    for each in things:
        was = each.was
        if was is None:
            continue
        if was == each.name:
            symbols.report(
                codes.WAS_ITSELF,
                each.place("was"),
                f"`{was}` is what the {word} is called",
                "take `was` out",
            )
        elif was in there:
            other, is_derived = there[was], there[was] not in things
            symbols.report(
                codes.WAS_STILL_EXISTS,
                each.place("was"),
                f"`{each.name}` can't have been the {word} `{was}`, which still exists",
                "take `was` out"
                if is_derived
                else f"take `was` out; or, if `{other.name}` took over the name later, say what it"
                f" was itself: `{other.name}: {{was: ...}}`",
                Label(
                    span=other.key,
                    message="it comes with this" if is_derived else "declared here",
                ),
            )
        elif (first := heirs.setdefault(was, each)) is not each:
            symbols.report(
                codes.TWO_HEIRS,
                each.place("was"),
                f"`{first.name}` was the {word} `{was}` already",
                "one thing can go on under one name only: take one of the two `was` out",
                Label(span=first.place("was"), message="the other one"),
            )


def _check_service(symbols: SymbolTable) -> None:
    written = symbols.root.get("was")
    if written is not None and parse.text(written) == symbols.service:
        symbols.report(
            codes.WAS_ITSELF,
            written.span,
            f"`{symbols.service}` is what the service is called",
            "take `was` out",
        )


def _check_default_bus(symbols: SymbolTable) -> None:
    """Report that the account's own bus was another one, and that another one was it."""
    for key, node in symbols.declarations("buses"):
        if key.text == "default" and "was" in node.entries:
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key("was").span,
                "`was` means nothing here: `default` is the account's own bus, and always was",
                "take it out",
            )
        elif (was := node.get("was")) is not None and parse.text(was) == "default":
            symbols.report(
                codes.NO_FORMER_NAME,
                was.span,
                f"`{key.text}` can't have been `default`, which is the account's own bus",
                "take it out: what lay on that bus stays there",
            )


def _named_edges(symbols: SymbolTable, edges: Iterable[Subscription]) -> Iterator[Subscription]:
    """Yield the edges that have a name in AWS, each once; report `was` of those that have none."""
    for edge in edges:
        if edge.index:
            continue  # one of a list, of the same name
        is_own = isinstance(edge.node, Mapping) and "to" in edge.node.entries
        written = edge.node.get("was") if isinstance(edge.node, Mapping) and is_own else None
        if edge.way.named_after == "edge":
            if written is not None:
                _check_name(symbols, written)
            yield edge
        elif written is not None and edge.way.named_after == "ends":
            symbols.report(
                codes.OPTION_NOT_HERE,
                edge.node.key("was").span if isinstance(edge.node, Mapping) else edge.key,
                f"`was` means nothing on the way from a {edge.way.origin} to a consumer, which has"
                " no name of its own in AWS",
                "take it out; if the queue or the consumer was renamed, `was` stands there",
            )


def _check_name(symbols: SymbolTable, written: Node) -> None:
    """Report what can't have been the name of a subscription."""
    was = parse.text(written)
    if was is not None and not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", was):
        symbols.report(
            codes.NO_FORMER_NAME,
            written.span,
            f"`{was}` can't have been the name of a subscription",
            "write the name that it had, such as `nightly-report`; only of a topic's endpoint is"
            " `was` an address",
        )
