"""Resolve `send`: what an edge delivers in place of the original, and its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgc.diagnostics import did_you_mean, listing
from msgc.kinds import Kind, Variables, Way
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.runtime.testing.templates import split
from msgc.source import Span
from msgc.topology.templates import Send, template
from msgc.tree import Mapping, Node, Scalar, Sequence, to_json

_PATH = r"\$(\.[A-Za-z0-9_/-]+)+"
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"""


def resolve_send(
    symbols: SymbolTable, edge: Scalar, written: Mapping, way: Way, kinds: Iterable[Kind]
) -> Send | None:
    """Return what an edge of a way sends to ends of these kinds, if it says so."""
    node = written.get("send")
    if not isinstance(node, Mapping) or way.variables is None or "body" not in node.entries:
        return None
    body = node.entries["body"][1]
    for span, problem, advice in _problems(body, way.variables):
        symbols.report(codes.BAD_PLACEHOLDER, span, problem, advice)
    message = symbols.link("message", node.get("message"), symbols.messages)
    declared = next((kind for kind in kinds if kind.section), None)
    if message is None and declared is not None and "message" not in node.entries:
        symbols.report(
            codes.UNTYPED_SEND,
            node.span,
            f"this `send` doesn't say which message the {declared.noun} gets",
            "write `send: {message: NAME, body: ...}`: what arrives in this file has a type",
        )
    send = Send(message=message, body=template(to_json(body)), written=parse.json(body))
    if message is None or message.envelope is None:
        return send
    from msgc.resolve.edges.sent_events import around  # noqa: PLC0415  # few have an envelope

    made = around(symbols, edge, written, send, message, message.envelope, way.variables)
    return send.replace(around=made)


def _problems(node: Node, known: Variables) -> Iterator[tuple[Span, str, str | None]]:
    """Yield what is wrong with the placeholders of a body: where, what, and what would be right."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _problems(item, known)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if any(held for _, held in _parts(key.text)):
                yield key.span, "a placeholder can't be a key", "write the key as it is"
            yield from _problems(value, known)
    elif isinstance(node.value, str):
        yield from _in_text(node, known)


def _parts(text: str) -> list[tuple[str, bool]]:
    return split(text) if "<" in text else []


def _in_text(node: Scalar, known: Variables) -> Iterator[tuple[Span, str, str | None]]:
    for text, held in _parts(node.text):
        if held:
            problem = _problem(text, known)
            if problem is not None:
                yield node.span, *problem


def _problem(text: str, known: Variables) -> tuple[str, str | None] | None:
    if text.startswith("<"):
        return f"`{text}` isn't closed", "a placeholder ends in `>`; for the text, write `<<`"
    if not text.startswith("$"):
        if text in known.names:
            return None
        advice = did_you_mean(f"<{text}>", [f"<{name}>" for name in known.names])
        return f"{known.service} knows no `<{text}>`", advice
    if not known.has_paths:
        names = listing((f"`<{name}>`" for name in known.names), "and")
        return f"`<{text}>` leads nowhere: nothing comes in here", f"there is {names}"
    if re.fullmatch(_PATH, text):
        return None
    advice = "a path is names joined by dots, `<$.detail.order_id>`, without wildcards or indexes"
    return f"`<{text}>` is no path", advice
