"""Find which place replaces which: one heir of each, both made by this file."""

from __future__ import annotations

from collections.abc import Mapping as Names
from typing import assert_never

from msgc.diagnostics import Label, did_you_mean, nearest
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.tree import Mapping, Node, Scalar


def heirs(symbols: SymbolTable) -> dict[Place, Place]:
    """Return by each place that is replaced the one that replaces it; report all others."""
    found: dict[Place, Place] = {}
    for heir in symbols.places:
        written = heir.node.get("replaces") if isinstance(heir.node, Mapping) else None
        if not isinstance(written, Scalar) or not parse.text(written):
            continue
        replaced = _named(symbols, heir, written)
        if replaced is None or not _is_made(symbols, heir, replaced, written):
            continue
        if symbols.buffers.get(replaced.name) is replaced:
            _report_buffer(symbols, replaced, written)
            continue
        if (other := found.setdefault(replaced, heir)) is not heir:
            symbols.report(
                codes.TWO_REPLACEMENTS,
                written.span,
                f"`{other.name}` replaces `{replaced.name}` already",
                "what comes to it can move to one place only: take one of the two `replaces` out",
                Label(span=other.place("replaces"), message="the other one"),
            )
    return {old: new for old, new in found.items() if not _is_chained(symbols, old, found)}


def _named(symbols: SymbolTable, heir: Place, written: Scalar) -> Place | None:
    """Return the place of a name, of the same kind; report one that isn't there."""
    table, name = _table(symbols, heir), written.text
    if name == heir.name:
        symbols.report(
            codes.REPLACEMENT_CHAIN,
            written.span,
            f"`{name}` can't replace itself",
            f"keep the entry `{name}` as it is deployed, and write the one that replaces it under"
            " another name",
        )
        return None
    if name not in table and heir.was == name:
        symbols.report(
            codes.CANT_REPLACE,
            written.span,
            f"`{heir.name}` was `{name}` itself, so it can't replace it",
            f"keep `was` if it is the same {kind_of(heir).word} with all that is in it, and take"
            f" `replaces` out; or take `was` out, and put the entry `{name}` back",
            Label(span=heir.place("was"), message="the same one under another name"),
        )
        return None
    if name in table or _is_of_another_kind(symbols, heir, name):
        return table.get(name)
    implicit = symbols.implicit_queues.get(name)
    if implicit is not None and table is symbols.queues:
        of = implicit.of
        symbols.report(
            codes.CANT_REPLACE,
            written.span,
            f"`{name}` comes with "
            + ("edges" if of is None else f"`{of.name}`")
            + ", and isn't replaced by itself",
            "name the dead-letter queue instead: `dead_letter: {queue: ...}`"
            if of is None
            else f"replace `{of.name}`: what does so gets a dead-letter queue of its own",
        )
        return None
    if not symbols.is_misread(kind_of(heir).section, name):
        symbols.report(
            codes.UNKNOWN_NAME,
            written.span,
            f"there is no {kind_of(heir).word} `{name}` to replace",
            did_you_mean(name, [each for each in table if each != heir.name])
            if nearest(name, table) is not None
            else f"both stay in the file until `{name}` is done with: put its entry back as it is"
            f" deployed; if it is gone already, take `replaces` out of `{heir.name}`",
        )
    return None


def _report_buffer(symbols: SymbolTable, buffer: Place, written: Node) -> None:
    name = buffer.name
    symbols.report(
        codes.CANT_REPLACE,
        written.span,
        f"`{name}` is the queue that `buffered` makes for the consumer `{name}`",
        f"declare it first, in place of `buffered`: `queues: {{{name}: {{}}}}`, with an edge to it"
        f" and `from: {{queue: {name}}}`, is the same queue in AWS; then it can be replaced",
        Label(span=buffer.key, message="made for this consumer"),
    )


def _is_of_another_kind(symbols: SymbolTable, heir: Place, name: str) -> bool:
    """Whether a name is that of a place of another kind, which is reported."""
    other = next((place for place in symbols.places if place.name == name), None)
    if other is None:
        return False
    word, new = kind_of(other).word, kind_of(heir).word
    symbols.report(
        codes.CANT_REPLACE,
        heir.place("replaces"),
        f"`{name}` is a {word}, and `{heir.name}` a {new}",
        f"declare both, and let publishers and edges move from the one to the other by themselves;"
        f" only a {word} replaces a {word}",
        Label(span=other.key, message=f"a {word}"),
    )
    return True


def _is_made(symbols: SymbolTable, heir: Place, replaced: Place, written: Node) -> bool:
    """Whether the stack makes both; report one that it doesn't."""
    for place, does in ((replaced, "be replaced"), (heir, "replace anything")):
        if place.is_default:
            why = "is the account's own bus"
        elif place.imported is not None:
            why = "is imported, and this stack doesn't make it"
        else:
            continue
        if heir.elsewhere is not None:
            return False  # it isn't this file's to say, which is reported
        symbols.report(
            codes.CANT_REPLACE,
            written.span,
            f"`{place.name}` {why}: it can't {does} here",
            "replace it in the file that makes it; here, write an edge from each of the two"
            if place.imported is not None
            else "declare another bus, and move edges and publishers there",
            Label(span=place.key, message=why.removeprefix("is ")),
        )
        return False
    return True


def _is_chained(symbols: SymbolTable, replaced: Place, found: dict[Place, Place]) -> bool:
    """Whether a place that is replaced replaces another one itself, which is reported."""
    earlier = next((old for old, new in found.items() if new is replaced), None)
    if earlier is None:
        return False
    heir = found[replaced]
    circle = heir is earlier
    symbols.report(
        codes.REPLACEMENT_CHAIN,
        heir.place("replaces"),
        f"`{heir.name}` and `{replaced.name}` replace each other"
        if circle
        else f"`{replaced.name}` is to be replaced, and replaces `{earlier.name}` itself",
        "the new one says whom it replaces: take `replaces` out of the one that is deployed"
        if circle
        else f"one step at a time: first let `{replaced.name}` take over, and take"
        f" `{earlier.name}` out",
        Label(span=replaced.place("replaces"), message="here"),
    )
    return True


def _table(symbols: SymbolTable, heir: Place) -> Names[str, Place]:
    match heir:
        case Queue():
            return symbols.queues
        case Topic():
            return symbols.topics
        case Bus():
            return symbols.buses
        case _:
            assert_never(heir)
