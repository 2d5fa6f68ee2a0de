"""Readers that change places are told together, with the `was` that keeps each at its queue."""

from __future__ import annotations

import pytest

from msgc.evolution.intent import Intent
from tests.evolution.judged import inventory, judged, said

SHOP = """\
version: 1
service: shop
messages:
  Paid: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
  Returned: {schema: {type: object, required: [no], properties: {no: {type: string}}}}
topics:
  payments: {messages: [Paid]}
queues:
  bills: {}
  returns: {messages: [Returned]}
subscriptions:
  to-bills: {from: {topic: payments}, to: {queue: bills}}
consumers:
  billing:
    from: {queue: bills}
    function: provided
  refunds:
    from: {queue: returns}
    function: provided
producers:
  web: {publishes: [{topic: payments}, {queue: returns}], role: provided}
"""
HELD = inventory(SHOP)


def _exchanged(text: str, one: str, other: str) -> str:
    return text.replace(one, "~").replace(other, one).replace("~", other)


def test_consumers_of_which_each_reads_what_the_other_did() -> None:
    text = _exchanged(SHOP, "  billing:", "  refunds:")
    found = judged(text, HELD).diagnostics
    (message,) = said(found)
    assert message == (
        "18: readers-change-places: `billing` and `refunds` change places: what waits in `bills`"
        " and `returns` would be handled by another one than before"
    )
    (one,) = found
    assert one.help == (
        "if only the names of the readers have changed, write `was: refunds` under `billing` and"
        " `was: billing` under `refunds`, or put `from` back as it was; if it is meant, `msgc build"
        ' --accept mapping/billing --why "..."`'
    )
    for edit in sorted(one.fix, key=lambda each: -each.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert judged(text, HELD).diagnostics == ()
    assert text.count("was: ") == 2


def test_queues_whose_names_are_exchanged() -> None:
    text = _exchanged(SHOP, "bills: {", "returns: {")
    text = _exchanged(text, "{queue: bills}", "{queue: returns}")
    (one,) = judged(text, HELD).diagnostics
    assert one.code.name == "readers-change-places"
    assert one.help is not None
    assert one.help.startswith(
        "if only the names of the queues have changed, write `was: bills` under `returns` and"
        " `was: returns` under `bills`; if it is meant"
    )
    for edit in sorted(one.fix, key=lambda each: -each.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert judged(text, HELD).diagnostics == ()


def test_one_of_their_mappings_is_enough_to_mean_it() -> None:
    text = _exchanged(SHOP, "{queue: bills}\n", "{queue: returns}\n")
    meant = Intent(accepted=("mapping/refunds",), why="they were deployed empty")
    found = judged(text, HELD, meant)
    assert said(found.diagnostics) == []
    assert found.ok


@pytest.mark.parametrize("unprotected", [True, False])
def test_nobody_is_stopped_where_nothing_is_protected(unprotected: bool) -> None:  # noqa: FBT001
    text = _exchanged(SHOP, "{queue: bills}\n", "{queue: returns}\n")
    held = HELD.replace(", protected: true", "") if unprotected else HELD
    assert judged(text, held).ok == unprotected


def test_three_in_a_circle() -> None:
    text = SHOP.replace(
        "consumers:\n",
        "consumers:\n  audit:\n    from: {queue: log}\n    function: provided\n",
    ).replace("queues:\n", "queues:\n  log: {messages: [Paid]}\n")
    text = text.replace(
        "role: provided}\n", "role: provided}\n  desk: {publishes: [{queue: log}]}\n"
    )
    held = inventory(text)
    names = {"billing": "refunds", "refunds": "audit", "audit": "billing"}
    for old, new in names.items():
        text = text.replace(f"  {old}:\n", f"  *{new}:\n")
    (one,) = judged(text.replace("*", ""), held).diagnostics
    assert len(one.fix) == 3
    assert "`audit`, `refunds` and `billing` change places" in one.message
