"""Buffered consumers: the queue between a topic or bus and a consumer that asks for one."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.kinds import Way
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable, overlay
from msgc.tree import Mapping, Node, Scalar


def buffers(symbols: SymbolTable) -> list[tuple[Scalar, Mapping]]:
    """Return the queues of buffered consumers as the file would declare them: names, settings.

    What the consumer was, its queue was, too.

    Such a queue has the consumer's name. A name that a declared queue has is reported, and so is a
    buffer behind a queue.
    """
    found: list[tuple[Scalar, Mapping]] = []
    for key, node in symbols.declarations("consumers"):
        written = node.get("buffered")
        if written is None or parse.boolean(written) is False:
            continue
        if polls(node):
            _report_two_queues(symbols, node)
        elif not _is_taken(symbols, key, node):
            found.append((key, _settings(symbols, node, written)))
    return found


def polls(node: Mapping) -> bool:
    """Whether the `from` of a consumer is a queue, which it reads itself."""
    origin = parse.mapping(node.get("from"))
    polled = [way.origin for way in Way if way.reader]
    is_read = origin is not None and any(word in origin.entries for word in polled)
    return is_read and not {"send", "enrich"} & node.entries.keys()  # else a pipe reads it


def _settings(symbols: SymbolTable, consumer: Mapping, written: Node) -> Mapping:
    """Return the settings of a buffer, over those that all queues share."""
    own = written if isinstance(written, Mapping) else Mapping({}, written.span)
    if "was" in consumer.entries:
        own = Mapping({**own.entries, "was": consumer.entries["was"]}, own.span)
    below = symbols.defaults("queues")
    return overlay(own, below) if below else own


def _report_two_queues(symbols: SymbolTable, node: Mapping) -> None:
    """Report a buffer of a consumer that reads a queue; `defaults` are no mistake of its own."""
    key = node.key("buffered").span
    origin = parse.mapping(node.get("from"))
    word = "stream" if origin is not None and "stream" in origin.entries else "queue"
    if node.span.holds(key):
        symbols.report(
            codes.OPTION_NOT_HERE,
            key,
            f"`buffered` means nothing on the way from a {word}: the messages wait there already",
            "take `buffered` away; settings of the queue stand where it is declared"
            if word == "queue"
            else "take `buffered` away",
            Label(span=node.key("from").span, message=f"the {word}"),
        )


def _is_taken(symbols: SymbolTable, key: Scalar, node: Mapping) -> bool:
    """Whether a declared queue has the consumer's name, which is then reported."""
    declared = symbols.section("queues")
    if declared is None or key.text not in declared.entries:
        return False
    symbols.report(
        codes.DUPLICATE_NAME,
        declared.key(key.text).span,
        f"`{key.text}` is also the queue that `buffered` makes for the consumer of that name",
        f"take it away, and write its settings there: `buffered: {{...}}`; or put a subscription"
        f" `to: {{queue: {key.text}}}` in the place of `buffered`",
        Label(span=node.key("buffered").span, message="made here"),
    )
    return True
