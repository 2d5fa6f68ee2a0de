"""Report what the file still does with places that are being replaced."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Place, Publisher, Queue
from msgc.topology.narrowing import as_place, as_queue, kind_of


def check_use(
    symbols: SymbolTable,
    heirs: dict[Place, Place],
    publishers: tuple[Publisher, ...],
    edges: tuple[Subscription, ...],
) -> None:
    """Report what brings messages to a queue that has to run dry, and edges on one place only.

    Publishers may move from a topic or bus one by one, since its edges are made on both.
    """
    use = _Use(symbols, heirs)
    for edge in edges:
        target = as_place(edge.target)
        queue = None if target is None else as_queue(target)
        use.into(queue, edge.place("to"), "to: {{queue: {0}}}")
        use.out_of(edge)
        use.into(edge.dead_letter, edge.place("dead_letter"), "dead_letter: {{queue: {0}}}")
    for publisher in publishers:
        for publication in publisher.publishes:
            queue = as_queue(publication.target)
            use.into(queue, publication.span, "publishes: [{{queue: {0}}}]")
    for consumer in symbols.consumers.values():
        path = ("function", "on_failure")
        use.into(consumer.on_failure, consumer.place(*path), "on_failure: {{queue: {0}}}")
    for queue in symbols.queues.values():
        found = None if queue.dead_letter in (None, OPEN) else queue.dead_letter.queue
        use.into(found, queue.place("dead_letter"), "dead_letter: {{queue: {0}}}")
    for bus in symbols.buses.values():
        found = None if bus.dead_letter is OPEN else bus.dead_letter or None
        use.into(found, bus.place("dead_letter"), "dead_letter: {{queue: {0}}}")


class _Use:
    """What is replaced, by what, and where that is reported."""

    def __init__(self, symbols: SymbolTable, heirs: dict[Place, Place]) -> None:
        self._symbols = symbols
        self._heirs = heirs

    def into(self, queue: Queue | None, span: Span, words: str) -> None:
        """Report what goes to a replaced queue, which would never be empty."""
        heir = self._heirs.get(queue) if queue not in (None, OPEN) else None
        if queue is None or heir is None:
            return
        self._symbols.report(
            codes.REPLACED_STILL_USED,
            span,
            f"`{heir.name}` replaces `{queue.name}`, which would never be empty: messages still"
            " go there",
            f"write `{words.format(heir.name)}`"
            + (
                "; code that still runs with the old address may go on until it is deployed anew"
                if words.startswith("publishes")
                else ""
            ),
            Label(span=heir.place("replaces"), message="replaced here"),
        )

    def out_of(self, edge: Subscription) -> None:
        """Report an edge that leaves a replaced topic or bus alone."""
        place = as_place(edge.origin)
        heir = self._heirs.get(place) if place is not None else None
        if place is None or heir is None or as_queue(place) is not None:
            return  # a queue may be read to its end by whoever read it
        word = kind_of(place).word
        self._symbols.report(
            codes.REPLACED_STILL_USED,
            edge.place("from", word),
            f"`{heir.name}` replaces `{place.name}`, and nothing that is published to"
            f" `{heir.name}` comes by this edge",
            f"write `from: {{{word}: {heir.name}}}`: until `{place.name}` is taken out, the edge"
            " is made on both",
            Label(span=heir.place("replaces"), message="replaced here"),
        )
