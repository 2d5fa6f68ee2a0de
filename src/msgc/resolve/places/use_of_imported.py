"""Check what a file puts on the places of other services: the messages, and who publishes them."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import Label
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Bus, Publisher, Topic
from msgc.topology.narrowing import as_topic
from msgc.tree import Mapping
from msgc.workspace.codes import BARE_PUBLISHER


def check_listed(symbols: SymbolTable) -> None:
    """Report messages that others' places are said to carry, and that their owners don't know."""
    places: tuple[Topic | Bus, ...] = (*symbols.topics.values(), *symbols.buses.values())
    for place in places:
        elsewhere = place.elsewhere
        if elsewhere is None or elsewhere.open or not isinstance(place.node, Mapping):
            continue
        for name in parse.texts(place.node.get("messages")):
            message = symbols.messages.get(name.text)
            if message is None or message.type in elsewhere.types:
                continue
            symbols.report(
                codes.MESSAGE_NOT_HERE,
                name.span,
                f"`{elsewhere.name}` of `{elsewhere.service}` doesn't carry `{message.type}`",
                "add it to its `messages` there; or say there that others publish to it: "
                "`external: publish`",
                Label(span=elsewhere.span, message="what is declared there"),
            )


def check_publishers(symbols: SymbolTable, publishers: Iterable[Publisher]) -> None:
    """Report code that publishes to another service's topic without the attributes it counts on."""
    for publisher in publishers:
        for publication in publisher.publishes if not publisher.stubs else ():
            elsewhere = publication.target.elsewhere
            if elsewhere is None or elsewhere.open or as_topic(publication.target) is None:
                continue
            symbols.report(
                BARE_PUBLISHER,
                publication.span,
                f"`{publisher.name}` publishes by code of its own (`stubs: false`), and "
                f"`{elsewhere.service}` counts on attributes at `{elsewhere.name}`",
                "publish with the generated code; or say there `external: publish`, so that its "
                "filters look at the body",
                Label(span=elsewhere.span, message="declared there"),
            )
