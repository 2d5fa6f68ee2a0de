"""Resolve `stacks`: which of the file's names lie in which stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgc.diagnostics import Label, did_you_mean
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology import names
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.placement import MAIN, Placement, is_made
from msgc.tree import Scalar

_NOUNS = {"queues": "queue", "topics": "topic", "buses": "bus", "subscriptions": "subscription",
          "consumers": "consumer", "producers": "producer"}  # fmt: skip


def read_placement(symbols: SymbolTable) -> Placement:
    """Return what the file says of stacks, by the names in it; of two places the first counts."""
    by_name: dict[tuple[str, str], str] = {}
    for stack, section, name in _named(symbols):
        by_name.setdefault((section, name.text), stack.text)
    for key, node in symbols.declarations("consumers"):
        written, stack_ = node.get("buffered"), by_name.get(("consumers", key.text))
        if stack_ and written is not None and parse.boolean(written) is not False:
            by_name["queues", key.text] = stack_
    stacks = tuple(
        Declared(
            name=key.text,
            key=key.span,
            node=node,
            description=parse.prose(node.get("description")) or "",
        )
        for key, node in symbols.declarations("stacks")
    )
    return Placement(stacks=stacks, by_name=by_name)


def placed(
    symbols: SymbolTable,
    placement: Placement,
    edges: Mapping[str, Subscription],
    producers: Mapping[str, Producer],
) -> Placement:
    """Return a placement that knows the edges, after a check of all that the file says of it."""
    lists = {
        edge.name: found
        for edge in reversed((*edges.values(),))
        if edge.way.brings_events and edge.index is not None
        if (found := placement.end(edge.target)) is not None
    }
    whole = placement.replace(lists=lists)
    _Check(symbols, whole, edges, producers).check()
    return whole


def _named(symbols: SymbolTable) -> Iterator[tuple[Scalar, str, Scalar]]:
    """Yield each name under `stacks`, with its stack and its section."""
    for stack, node in symbols.declarations("stacks"):
        for section in _NOUNS:
            for name in parse.texts(node.get(section)):
                if not name.is_null:
                    yield stack, section, name


class _Check:
    """Says what is wrong with the names under `stacks`, and with those of the stacks."""

    def __init__(
        self,
        symbols: SymbolTable,
        placement: Placement,
        edges: Mapping[str, Subscription],
        producers: Mapping[str, Producer],
    ) -> None:
        self._symbols = symbols
        self._placement = placement
        self._edges: dict[str, list[Subscription]] = {}
        for edge in edges.values():
            if edge.has_name:
                self._edges.setdefault(edge.name, []).append(edge)
        self._producers = producers

    def check(self) -> None:
        """Report every mistake."""
        for each in self._placement.stacks:
            self._check_name(each)
        first: dict[tuple[str, str], tuple[Scalar, Scalar]] = {}
        for stack, section, name in _named(self._symbols):
            before = first.setdefault((section, name.text), (stack, name))
            if before[1] is not name and before[0] is not stack:
                self._symbols.report(
                    codes.PLACED_TWICE,
                    name.span,
                    f"{_NOUNS[section]} `{name.text}` lies in `{before[0].text}` already",
                    "name it in one stack only",
                    Label(span=before[1].span, message="here"),
                )
            elif before[1] is name:
                self._check_placed(stack, section, name)

    def _check_name(self, stack: Declared) -> None:
        if stack.name == MAIN:
            self._report_name(
                stack.key,
                f"everything lies in `{MAIN}` that no other stack names",
                "take it away; or give the stack another name",
            )
            return
        for other in self._placement.stacks:
            if other is stack:
                return
            if names.pascal(other.name) == names.pascal(stack.name):
                self._report_name(
                    stack.key,
                    f"`{stack.name}` and `{other.name}` both become `{names.pascal(stack.name)}`",
                    "rename one of them",
                    Label(span=other.key, message="the other one"),
                )
                return

    def _report_name(self, span: Span, message: str, helps: str, *labels: Label) -> None:
        self._symbols.report(codes.STACK_NAME_TAKEN, span, message, helps, *labels)

    def _check_placed(self, stack: Scalar, section: str, name: Scalar) -> None:
        """Check that a name is one of something that may lie in another stack."""
        match section:
            case "queues" | "topics" | "buses":
                place = self._places(section).get(name.text)
                if place is None:
                    self._say_unknown(section, name)
                else:
                    self._check_place(name, place)
            case "consumers":
                if name.text not in self._symbols.consumers:
                    self._say_unknown(section, name)
            case "producers":
                if name.text not in self._producers:
                    self._say_unknown(section, name)
            case _:
                self._check_edges(stack, name)

    def _places(self, section: str) -> Mapping[str, Place]:
        tables: dict[str, Mapping[str, Place]] = {
            "queues": self._symbols.queues,
            "topics": self._symbols.topics,
            "buses": self._symbols.buses,
        }
        return tables[section]

    def _check_place(self, name: Scalar, place: Place) -> None:
        if not is_made(place):
            self._not_placed(
                name,
                f"`{name.text}` exists already: it lies where its owner made it",
                "take it away: every stack that uses it finds it",
                Label(span=place.key, message="imported here")
                if place.imported is not None
                else None,
            )
        elif name.text in self._symbols.buffers:
            self._not_placed(
                name,
                f"the queue `{name.text}` lies with the consumer of that name, which it buffers",
                f"name the consumer: `consumers: [{name.text}]`",
            )

    def _check_edges(self, stack: Scalar, name: Scalar) -> None:
        """Check that an edge is one that ends outside: every other one lies with its target."""
        edges = self._edges.get(name.text)
        if edges is None:
            self._say_unknown("subscriptions", name)
            return
        if any(self._is_free(edge) for edge in edges):
            return
        edge, what = edges[0], _target(edges)
        there = self._placement.edge(edge)
        self._not_placed(
            name,
            f"`{name.text}` lies with {what}, in `{there}`",
            f"take it away: what lies in `{there}` is the target's business"
            if there == stack.text
            else f"take it away, or name {what} in `{stack.text}`",
            Label(span=edge.key, message="the edge"),
        )

    def _is_free(self, edge: Subscription) -> bool:
        """Whether an edge lies where the file says."""
        placement = self._placement
        is_listed = edge.index is not None and edge.name in placement.lists
        return edge.asks is None and placement.end(edge.target) is None and not is_listed

    def _not_placed(
        self, name: Scalar, message: str, helps: str, label: Label | None = None
    ) -> None:
        labels = () if label is None else (label,)
        self._symbols.report(codes.NOT_PLACED, name.span, message, helps, *labels)

    def _say_unknown(self, section: str, name: Scalar) -> None:
        """Report the name of nothing; of what is misshapen, `schema` has said so."""
        symbols = self._symbols
        if symbols.is_misread(section, name.text):
            return
        implicit = symbols.implicit_queues.get(name.text) if section == "queues" else None
        if implicit is not None:
            self._not_placed(name, *_of_implicit(implicit.of, name.text))
            return
        declared = [s for s in _NOUNS if s != section and name.text in _keys(symbols, s)]
        known = list(_keys(symbols, section))
        symbols.report(
            codes.UNKNOWN_NAME,
            name.span,
            f"there is no {_NOUNS[section]} `{name.text}`",
            f"it is declared under `{declared[0]}`: name it under that in this stack"
            if declared
            else did_you_mean(name.text, known) or f"declare it under `{section}`, or take it away",
        )


def _keys(symbols: SymbolTable, section: str) -> tuple[str, ...]:
    declared = symbols.section(section)
    return () if declared is None else tuple(declared.entries)


def _of_implicit(of: Queue | None, name: str) -> tuple[str, str]:
    if of is None:
        return f"every stack has an undelivered queue of its own: `{name}` is one", "take it away"
    return (
        f"`{name}` is the dead-letter queue of `{of.name}`, and lies in the same stack",
        "take it away",
    )


def _target(edges: Iterable[Subscription]) -> str:
    """Return what decides where an edge lies: whom it asks, or where it ends in this file."""
    for edge in edges:
        if edge.asks is not None:
            return f"{edge.asks.word} `{edge.asks.name}`"
        match edge.target:
            case Queue() | Topic() | Bus() | Consumer() as end:
                return f"{kind_of(end).word} `{end.name}`"
            case Outside():
                pass
            case _:
                assert_never(edge.target)
    return "its target"
