"""Report what the file still does with places that are being replaced."""

from __future__ import annotations

from msgc.diagnostics import Edit, Label
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Place, Publisher, Queue
from msgc.topology.narrowing import as_place, as_queue, kind_of

_DEAD_LETTER = "dead_letter: {{queue: {0}}}"


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
        use.into(queue, edge, "to: {{queue: {0}}}", "to")
        use.out_of(edge)
        use.into(edge.dead_letter, edge, _DEAD_LETTER, "dead_letter")
    for publisher in publishers:
        for publication in publisher.publishes:
            queue = as_queue(publication.target)
            use.gets(queue, publication.span, "publishes: [{{queue: {0}}}]", publication.span)
    for consumer in symbols.consumers.values():
        path = ("function", "on_failure")
        use.into(consumer.on_failure, consumer, "on_failure: {{queue: {0}}}", *path)
    for queue in symbols.queues.values():
        found = None if queue.dead_letter in (None, OPEN) else queue.dead_letter.queue
        use.into(found, queue, _DEAD_LETTER, "dead_letter")
    for bus in symbols.buses.values():
        found = None if bus.dead_letter is OPEN else bus.dead_letter or None
        use.into(found, bus, _DEAD_LETTER, "dead_letter")


class _Use:
    """What is replaced, by what, and where that is reported."""

    def __init__(self, symbols: SymbolTable, heirs: dict[Place, Place]) -> None:
        self._symbols = symbols
        self._heirs = heirs

    def into(self, queue: Queue | None, by: Declared, words: str, *path: str) -> None:
        """Report what goes to a replaced queue by an option, which is `queue: NAME`."""
        self.gets(queue, by.place(*path), words, by.place(*path, "queue"))

    def gets(self, queue: Queue | None, span: Span, words: str, name: Span) -> None:
        """Report what goes to a replaced queue, which would never be empty."""
        heir = self._heirs.get(queue) if queue not in (None, OPEN) else None
        if queue is None or heir is None:
            return
        self._report(
            span,
            f"`{heir.name}` replaces `{queue.name}`, which would never be empty: messages still"
            " go there",
            f"write `{words.format(heir.name)}`"
            + (
                "; code that still runs with the old address may go on until it is deployed anew"
                if words.startswith("publishes")
                else ""
            ),
            (queue, heir, name),
        )

    def out_of(self, edge: Subscription) -> None:
        """Report an edge that leaves a replaced topic or bus alone."""
        place = as_place(edge.origin)
        heir = self._heirs.get(place) if place is not None else None
        if place is None or heir is None or as_queue(place) is not None:
            return  # a queue may be read to its end by whoever read it
        word = kind_of(place).word
        name = edge.place("from", word)
        self._report(
            name,
            f"`{heir.name}` replaces `{place.name}`, and nothing that is published to"
            f" `{heir.name}` comes by this edge",
            f"write `from: {{{word}: {heir.name}}}`: until `{place.name}` is taken out, the edge"
            " is made on both",
            (place, heir, name),
        )

    def _report(self, span: Span, said: str, advice: str, of: tuple[Place, Place, Span]) -> None:
        """Report a use of a place; `of` are that, its heir, and where its name stands."""
        place, heir, name = of
        written = name.source.text[name.start : name.end].strip("\"'")
        fix = (Edit(span=name, text=heir.name),) if written == place.name else ()
        labels = (Label(span=heir.place("replaces"), message="replaced here"),)
        found = codes.REPLACED_STILL_USED.at(span, said, help=advice, labels=labels, fix=fix)
        self._symbols.diagnostics.append(found)
