"""What is made on a place that another one replaces, beside what the file writes."""

from __future__ import annotations

from pathlib import Path

from msgc.describe import describe
from msgc.describe.find import candidates
from msgc.lint.subject import Subject
from msgc.pipeline.check import analyse, check
from msgc.topology.model import Topology
from tests.files import messaging
from tests.links.linked import links_of

HEAD = """\
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
    examples: [{id: a, event: b}]
"""


def topology(text: str) -> Topology:
    return links_of(HEAD + text).topology


def edges(text: str) -> list[str]:
    """Every edge as `name: origin -> target`."""
    return [
        f"{edge.name}: {edge.origin.name} -> {getattr(edge.target, 'name', edge.target)}"
        for edge in topology(text).subscriptions.values()
    ]


def test_an_edge_leads_to_what_its_target_replaces() -> None:
    found = edges("""\
topics:
  orders: {messages: [Placed]}
  sales: {replaces: orders, messages: [Placed]}
queues:
  jobs: {}
  tasks: {replaces: jobs}
  audit: {external: subscribe}
subscriptions:
  to-jobs: {from: {topic: sales}, to: {queue: tasks}}
  to-audit: {from: {topic: sales}, to: {queue: audit}}
consumers:
  worker: {from: {queue: tasks}, function: provided}
producers: {web: {publishes: [{topic: sales}]}}
""")
    assert found == [
        "to-jobs: sales -> tasks",
        "to-audit: sales -> audit",
        "worker: tasks -> worker",
        "to-jobs-from-orders: orders -> jobs",
        "to-audit-from-orders: orders -> audit",
        "worker: jobs -> worker",
    ]


def test_a_queue_with_readers_of_its_own_keeps_these_alone() -> None:
    queues = """\
queues:
  jobs: {messages: [Placed]}
  tasks: {replaces: jobs, messages: [Placed]}
"""
    producers = "producers: {web: {publishes: [{queue: tasks}]}}\n"
    found = edges(
        queues
        + "consumers:\n"
        + "  old: {from: {queue: jobs}, function: provided}\n"
        + "  new: {from: {queue: tasks}, function: provided}\n"
        + producers
    )
    assert found == ["old: jobs -> old", "new: tasks -> new"]
    reading = queues + "consumers: {new: {from: {queue: tasks}, function: provided}}\n"
    drained = "producers: {web: {publishes: [{queue: tasks}], reads: [{queue: jobs}]}}\n"
    assert edges(reading + drained) == ["new: tasks -> new"]


def test_dead_letters_go_on_to_the_queue_that_is_replaced() -> None:
    found = topology("""\
topics:
  orders: {messages: [Placed]}
  orders-fifo: {replaces: orders, fifo: true, messages: [Placed]}
queues:
  jobs: {}
  jobs-fifo: {replaces: jobs, fifo: true}
  lost: {external: subscribe}
  lost-fifo: {replaces: lost, fifo: true, external: subscribe}
subscriptions:
  to-jobs: {from: {topic: orders-fifo}, to: {queue: jobs-fifo}, dead_letter: {queue: lost-fifo}}
consumers: {worker: {from: {queue: jobs-fifo}, function: provided}}
producers: {web: {publishes: [{topic: orders-fifo}]}}
""")
    queue = found.subscriptions["to-jobs-from-orders"].dead_letter
    assert queue is found.queues["lost"]
    assert queue.dead_letter is None  # it is there for dead letters, as before


def test_publishers_may_be_on_either_topic() -> None:
    found = topology("""\
topics:
  orders: {messages: [Placed]}
  sales: {replaces: orders, messages: [Placed]}
subscriptions: {mail: {from: {topic: sales}, to: {email: ops@example.com}}}
producers:
  moved: {publishes: [{topic: sales}]}
  stays: {publishes: [{topic: orders}]}
  both: {publishes: [{topic: orders}, {topic: sales}]}
""")
    former = found.replacements.publications
    assert [(each.name, [one.target.name for one in former[each]]) for each in former] == [
        ("moved", ["orders"])
    ]


TESTED = """\
topics:
  orders: {messages: [Placed]}
  sales: {replaces: orders, messages: [Placed]}
queues: {audit: {external: subscribe}}
subscriptions: {to-audit: {from: {topic: sales}, to: {queue: audit}}}
producers: {web: {publishes: [{topic: sales}]}}
tests:
  - name: what comes on the old topic takes the edge as well
    publish: {topic: orders, message: Placed}
    reaches: [queue/audit, subscription/to-audit]
  - name: as on the new one
    publish: {topic: sales, message: Placed}
    reaches: [subscription/to-audit]
"""


def test_tests_of_the_file_know_both() -> None:
    found = check("messaging.yaml", messaging(HEAD + TESTED))
    assert [d.code.name for d in found.diagnostics] == ["replacement-under-way"]


def test_it_is_explained() -> None:
    links = links_of(HEAD + TESTED)
    subject = Subject(links.topology, links, resource_limit=500)
    rows = {
        each.reference: {
            f"{row.name}: {row.text}"
            for chapter in describe(each, subject).chapters
            if chapter.word in {"in", "out"}
            for row in chapter.rows
        }
        for each in candidates(links.topology)
    }
    assert "topic/sales: takes over from it (`replaces`)" in rows["topic/orders"]
    assert "topic/orders: gives way to it (`replaces`)" in rows["topic/sales"]
    assert (
        "topic/orders: is where it published before it moved, and may until its old code is gone"
        in rows["producer/web"]
    )


def test_a_finding_about_an_edge_is_told_once() -> None:
    found = check(
        "messaging.yaml",
        messaging(
            HEAD
            + """\
topics:
  orders: {messages: [Placed]}
  sales: {replaces: orders, messages: [Placed]}
subscriptions: {hook: {from: {topic: sales}, to: {http: "http://partner.example.com/x"}}}
producers: {web: {publishes: [{topic: sales}]}}
"""
        ),
    )
    assert sorted(d.code.name for d in found.diagnostics) == [
        "plain-http", "replacement-under-way",
    ]  # fmt: skip


def test_rights_on_a_bus_stay_where_its_entry_lists_nothing_any_more() -> None:
    found = topology("""\
buses:
  commerce: {}
  sales: {replaces: commerce, messages: [Placed]}
queues: {audit: {external: subscribe}}
subscriptions: {to-audit: {from: {bus: sales}, to: {queue: audit}}}
producers: {web: {publishes: [{bus: sales}]}}
""")
    (former,) = found.replacements.publications[found.producers["web"]]
    assert [message.name for message in former.messages] == ["Placed"]


def test_uses_of_a_replaced_place_have_a_fix() -> None:
    """With all of them nothing is left of it, in the file that has every sort of use."""
    path = Path(__file__).parents[1] / "cases/resolve/replaced-still-used.yaml"
    text = path.read_text()
    used = [d for d in analyse("messaging.yaml", messaging(text)).diagnostics if d.fix]
    assert {d.code.id for d in used} == {"MSG556"}
    assert len(used) == 8
    for edit in sorted((e for d in used for e in d.fix), key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    left = analyse("messaging.yaml", messaging(text)).diagnostics
    assert "MSG556" not in {d.code.id for d in left}
