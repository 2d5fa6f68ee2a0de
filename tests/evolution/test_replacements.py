"""What is said of a place that takes over from another one, step by step."""

from __future__ import annotations

from msgc.evolution.intent import Intent
from msgc.evolution.inventory.current import current
from tests.evolution.judged import compiled_in_each, inventory, judged, said

BEFORE = """\
version: 1
service: shop
messages:
  Placed:
    schema:
      type: object
      required: [id, event]
      properties: {id: {type: string}, event: {type: string}}
    group_by: id
    deduplicate_by: event
queues:
  invoicing: {}
  jobs: {messages: [Placed]}
  audit: {external: subscribe}
topics:
  orders: {messages: [Placed]}
buses:
  commerce: {messages: [Placed], archive: {retention: 90d}}
subscriptions:
  to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
  to-audit: {from: {bus: commerce}, to: {queue: audit}}
  onwards: {from: {queue: jobs}, to: {queue: audit}}
consumers:
  invoicing: {from: {queue: invoicing}, function: provided}
  fraud: {from: {bus: commerce}, function: provided}
producers:
  web: {publishes: [{topic: orders}, {bus: commerce}, {queue: jobs}], role: provided}
"""
REPLACED = {
    "invoicing": ("queues", "invoicing-fifo: {replaces: invoicing, fifo: true}"),
    "jobs": ("queues", "work: {replaces: jobs, messages: [Placed]}"),
    "orders": ("topics", "orders-fifo: {replaces: orders, fifo: true, messages: [Placed]}"),
    "commerce": (
        "buses",
        "sales: {replaces: commerce, messages: [Placed], archive: {retention: 90d}}",
    ),
}
KEYS = ("queue/invoicing", "queue/jobs", "topic/orders", "bus/commerce")


def _replacing() -> str:
    """The file with heirs beside all of these, and edges and publishers moved to them."""
    text = BEFORE
    for old, (section, entry) in REPLACED.items():
        new = entry.partition(":")[0]
        kind = {"queues": "queue", "topics": "topic", "buses": "bus"}[section]
        text = text.replace(f"{{{kind}: {old}}}", f"{{{kind}: {new}}}")
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n  {entry}\n")
    return text


def _done() -> str:
    """The file when all is over."""
    lines = _replacing().splitlines(keepends=True)
    old = tuple(f"  {name}: {{" for name in ("jobs", "orders", "commerce"))
    kept = (each for each in lines if not each.startswith((*old, "  invoicing: {}")))
    text = "".join(kept)
    for name in REPLACED:
        text = text.replace(f"replaces: {name}, ", "").replace(f"replaces: {name}}}", "}")
    return text


def test_a_replacement_takes_nothing_and_says_nothing() -> None:
    found = judged(_replacing(), inventory(BEFORE))
    assert said(found.diagnostics) == []
    assert found.text == inventory(_replacing())


def test_taking_the_old_place_out_is_told_until_it_is_meant() -> None:
    held = inventory(_replacing())
    found = said(judged(_done(), held).diagnostics)
    assert [each.partition(": ")[2].partition(":")[0] for each in found] == ["edit-loses-data"] * 4


def test_one_key_is_enough_for_all_that_was_made_on_the_old_place() -> None:
    held = inventory(_replacing())
    meant = Intent(accepted=KEYS, why="replaced")
    found = judged(_done(), held, meant)
    assert said(found.diagnostics) == []
    assert found.text is not None
    assert found.text.partition("gone:\n")[0].rstrip() == inventory(_done()).rstrip()


def test_ids_of_heirs_stay_when_it_is_over() -> None:
    assert _ids(_done()) <= _ids(_replacing())


def _ids(text: str) -> set[tuple[str, str, str]]:
    """What is made, by its id, with what can't change of it."""
    return {
        (made.entry.type, made.entry.id, repr(made.entry.fixed))
        for made in current(compiled_in_each(text)).made
        if made.entry.type
    }


PLACED = """\
version: 1
service: shop
messages: {Placed: {schema: {type: object}}}
topics:
  orders: {messages: [Placed]}
queues:
  audit: {external: subscribe}
subscriptions:
  mail: {from: {topic: orders}, to: {email: ops@example.com}}
  to-audit: {from: {topic: orders}, to: {queue: audit}}
producers:
  web: {publishes: [{topic: orders}], role: provided}
stacks:
  more: {subscriptions: [mail], queues: [audit]}
"""


def test_edges_stay_in_their_stacks() -> None:
    text = PLACED.replace("{topic: orders}", "{topic: sales}").replace(
        "topics:\n", "topics:\n  sales: {replaces: orders, messages: [Placed]}\n"
    )
    found = judged(text, inventory(PLACED))
    assert said(found.diagnostics) == []
