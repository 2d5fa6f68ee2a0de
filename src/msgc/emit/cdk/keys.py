"""Print who may use KMS keys by their policies as calls of the kit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.emit.cdk.expressions import Call, listing, new
from msgc.emit.cdk.printer import Option, Printer
from msgc.emit.python_writer import string
from msgc.stack.iam.grant import ACTIONS, EVENTS
from msgc.stack.iam.key_policies import CONTEXT
from msgc.stack.model import Statement


def key_rights(printer: Printer, holder: str, statements: tuple[Statement, ...]) -> Iterator[Call]:
    """Yield what lets AWS's services use a key: to send, to keep events, and for logs."""
    sending = [each for each in statements if "ArnLike" in (each.condition or {})]
    if sending:
        yield new("self.let_encrypt", holder, **_senders(printer, sending))
    yield from _keeping(printer, holder, statements)
    logging = [each for each in statements if "StringLike" in (each.condition or {})]
    if logging:
        by_buses = any(EVENTS in each.services for each in logging)
        yield new("self.let_log_encrypted", holder, buses="True" if by_buses else None)


def _keeping(printer: Printer, holder: str, statements: tuple[Statement, ...]) -> Iterator[Call]:
    """Yield what lets EventBridge encrypt what is on buses, and in their archives."""
    found: dict[str, Call] = {}
    for statement in statements:
        told: Any = (statement.condition or {}).get("StringEquals", {})
        if CONTEXT in told:
            word = "archived" if statement.actions == ACTIONS["archive"] else "buses"
            found[word] = listing(map(printer.place, told[CONTEXT]))
    if found:
        yield new("self.let_keep_events", holder, **found)


def _senders(printer: Printer, statements: list[Statement]) -> dict[str, Option]:
    """Return for what SNS and EventBridge send to what is encrypted, by the kit's words."""
    found: dict[str, Option] = {}
    for statement in statements:
        first, *more = map(string, statement.services)
        condition: Any = statement.condition
        sources = listing(map(printer.place, condition["ArnLike"]["aws:SourceArn"]))
        if first == string(EVENTS):
            found["events"] = sources
            continue
        found["topics"] = sources
        if statement.regional_sns:
            more.append("*self.regional_sns()")
        if more:
            found["also"] = listing(more)
    return found
