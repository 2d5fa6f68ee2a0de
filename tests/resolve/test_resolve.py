"""Defaults and derivations: what a short file comes to mean."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from msgc.emit.outputs import STACK, STUBS
from msgc.pipeline.understand import topology_of as resolve
from msgc.source import Disk
from msgc.syntax import load
from msgc.topology.ends import Consumer, Queue
from msgc.topology.model import Topology
from msgc.topology.settings import MadeFunction
from msgc.tree import to_json

HEAD = """
version: 1
service: shop
messages:
  OrderPlaced:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
    group_by: id
  OrderCancelled: {schema: {type: object, properties: {id: {type: string}}}}
"""


class Resolve:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str) -> Topology:
        path = self.folder / "messaging.yaml"
        path.write_text(HEAD + dedent(text), encoding="utf-8")
        document = load(str(path), Disk()).value
        assert document is not None
        outcome = resolve(document, Disk())
        assert outcome.ok, [d.message for d in outcome.diagnostics]
        assert outcome.value is not None
        return outcome.value


@pytest.fixture
def resolved(tmp_path: Path) -> Resolve:
    return Resolve(tmp_path)


def test_a_queue_of_two_words_is_a_production_queue(resolved: Resolve) -> None:
    topology = resolved("queues: {receipts: {}}")
    queue, dlq = topology.queues.values()
    assert (queue.physical_name, dlq.physical_name) == ("shop-receipts", "shop-receipts-dlq")
    assert (queue.visibility, queue.retention, queue.delay) == (30, 345_600, 0)
    assert (queue.max_size, queue.wait) == (1_048_576, 20)
    assert queue.dead_letter is not None
    assert (queue.dead_letter.queue, queue.dead_letter.after) == (dlq, 3)
    assert (dlq.retention, dlq.kind, dlq.dead_letter) == (1_209_600, "dead-letter", None)


def test_a_fifo_queue_has_a_fifo_dead_letter_queue(resolved: Resolve) -> None:
    topology = resolved("queues: {a: {fifo: {throughput: per-group}, messages: [OrderPlaced]}}")
    queue, dlq = topology.queues.values()
    assert (queue.physical_name, dlq.physical_name) == ("shop-a.fifo", "shop-a-dlq.fifo")
    assert queue.fifo is not None
    assert queue.fifo.per_group
    assert dlq.fifo is not None
    assert queue.content_deduplication


def test_names_set_outright_carry_over_to_the_dead_letter_queue(resolved: Resolve) -> None:
    topology = resolved("queues: {a: {name: legacy}, b: {name: old, fifo: true}}")
    physical = [queue.physical_name for queue in topology.queues.values()]
    assert physical == ["legacy", "legacy-dlq", "old.fifo", "old-dlq.fifo"]


def test_visibility_follows_from_the_slowest_consumer(resolved: Resolve) -> None:
    topology = resolved("""
        queues: {a: {}, b: {visibility: 7m}, c: {}, d: {}}
        consumers:
          one: {from: {queue: a}, function: {code: x, timeout: 60s}, batch: {window: 20s}}
          two: {from: {queue: b}, function: {code: x, timeout: 60s}}
          three: {from: {queue: c}, function: provided}
          four: {function: {code: x, timeout: 90s}}
          five: {from: {queue: d}, function: {code: x, timeout: 3s}}
        subscriptions:
          more: {from: {queue: a}, enrich: provided, to: {consumer: four}}
    """)
    visible = {q.name: q.visibility for q in topology.queues.values() if q.kind == "declared"}
    assert visible == {"a": 720, "b": 420, "c": 180, "d": 30}
    after = {q.name: q.dead_letter.after for q in topology.queues.values() if q.dead_letter}
    assert set(after.values()) == {5}


def test_a_dead_letter_queue_can_be_shared_whatever_the_order(resolved: Resolve) -> None:
    topology = resolved("""
        queues:
          a: {dead_letter: {queue: failed, after: 7}}
          b: {dead_letter: {queue: c-dlq}}
          failed: {dead_letter: false, external: true}
          c: {}
    """)
    assert list(topology.queues) == ["a", "b", "failed", "c", "c-dlq"]
    a, b = topology.queues["a"], topology.queues["b"]
    assert a.dead_letter is not None
    assert (a.dead_letter.queue, a.dead_letter.after) == (topology.queues["failed"], 7)
    assert b.dead_letter is not None
    assert b.dead_letter.queue is topology.queues["c-dlq"]
    assert topology.queues["failed"].dead_letter is None


def test_a_consumers_from_is_a_subscription_of_its_name(resolved: Resolve) -> None:
    topology = resolved("""
        topics: {orders: {messages: [OrderPlaced, OrderCancelled]}}
        consumers: {fraud: {from: {topic: orders}, messages: [OrderPlaced], function: {code: x}}}
    """)
    edge = topology.subscriptions["fraud"]
    consumer = topology.consumers["fraud"]
    assert edge.target is consumer
    assert [m.name for m in edge.messages] == ["OrderPlaced"]
    assert edge.dead_letter is topology.queues["undelivered"]
    assert consumer.on_failure is topology.queues["undelivered"]


def test_no_queue_for_the_undelivered_that_nobody_needs(resolved: Resolve) -> None:
    topology = resolved("""
        topics: {orders: {messages: [OrderPlaced]}}
        queues: {a: {}}
        subscriptions: {s: {from: {topic: orders}, to: {queue: a}, dead_letter: false}}
        consumers: {c: {from: {queue: a}, function: {code: x}}}
    """)
    assert set(topology.queues) == {"a", "a-dlq"}


def test_ordered_edges_have_an_ordered_dead_letter_queue(resolved: Resolve) -> None:
    topology = resolved("""
        topics: {prices: {fifo: true, messages: [OrderPlaced]}}
        queues: {a: {fifo: true}, b: {}}
        subscriptions:
          to-a: {from: {topic: prices}, to: {queue: a}}
          to-b: {from: {topic: prices}, to: {queue: b}}
    """)
    first, second = topology.subscriptions.values()
    assert first.dead_letter is not None
    assert first.dead_letter.physical_name == "shop-undelivered.fifo"
    assert second.dead_letter is not None
    assert second.dead_letter.physical_name == "shop-undelivered"


def test_messages_flow_along_the_graph(resolved: Resolve) -> None:
    topology = resolved("""
        buses: {commerce: {messages: [OrderPlaced, OrderCancelled]}, other: {}}
        topics: {orders: {}}
        queues: {a: {external: true}, b: {external: true}}
        subscriptions:
          on: {from: {bus: commerce}, to: {bus: other}}
          up: {from: {bus: other}, messages: [OrderPlaced], to: {topic: orders}}
          down: {from: {topic: orders}, to: {queue: a}}
          all: {from: {bus: commerce}, messages: any, to: {queue: b}}
        consumers:
          dead: {from: {queue: a-dlq}, function: {code: x}}
          any: {from: {queue: b}, function: {code: x}}
    """)
    flows = {
        e.name: ([m.name for m in e.messages], e.untyped) for e in topology.subscriptions.values()
    }
    assert flows == {
        "on": (["OrderPlaced", "OrderCancelled"], False),
        "up": (["OrderPlaced"], False),
        "down": (["OrderPlaced"], False),
        "all": ([], True),
        "dead": (["OrderPlaced"], False),
        "any": ([], True),
    }


def test_what_another_bus_forwarded_is_not_forwarded_again(resolved: Resolve) -> None:
    topology = resolved("""
        buses: {a: {messages: [OrderPlaced]}, b: {messages: [OrderCancelled]}}
        subscriptions:
          there: {from: {bus: a}, to: {bus: b}}
          back: {from: {bus: b}, to: {bus: a}}
    """)
    flows = {e.name: [m.name for m in e.messages] for e in topology.subscriptions.values()}
    assert flows == {"there": ["OrderPlaced"], "back": ["OrderCancelled"]}


def test_defaults_lie_below_every_declaration_of_their_kind(resolved: Resolve) -> None:
    topology = resolved("""
        defaults:
          queues: {retention: 7d, dead_letter: {after: 9}}
          consumers: {function: {timeout: 7s, memory: 512}, batch: {size: 3}}
        queues: {a: {}, b: {retention: 1d, dead_letter: false, external: true}}
        consumers:
          made: {from: {queue: a}, function: {code: x, memory: 128}}
          given:
            from: {queue: a}
            function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:f"}
    """)
    a, b = topology.queues["a"], topology.queues["b"]
    assert (a.retention, b.retention) == (604_800, 86_400)
    assert a.dead_letter is not None
    assert a.dead_letter.after == 9
    assert b.dead_letter is None
    made, given = topology.consumers["made"], topology.consumers["given"]
    assert isinstance(made.function, MadeFunction)
    assert (made.function.timeout, made.function.memory, made.batch_size) == (7, 128, 3)
    assert not isinstance(given.function, MadeFunction)
    assert given.function.timeout is None


def test_the_same_place_published_to_twice_is_one_edge(resolved: Resolve) -> None:
    topology = resolved("""
        topics: {orders: {messages: [OrderPlaced, OrderCancelled]}}
        producers:
          api:
            publishes:
              - {topic: orders, messages: [OrderPlaced]}
              - {topic: orders, messages: [OrderCancelled]}
    """)
    (publication,) = topology.producers["api"].publishes
    assert [m.name for m in publication.messages] == ["OrderPlaced", "OrderCancelled"]


def test_wire_names_and_sources(resolved: Resolve) -> None:
    topology = resolved("""
        queues: {}
    """)
    placed = topology.messages["OrderPlaced"]
    assert (placed.type, placed.source, placed.sources) == ("OrderPlaced", "shop", ("shop",))
    assert placed.group_by == (("id",),)


def test_places_of_the_ir_point_into_the_file(resolved: Resolve) -> None:
    topology = resolved("queues:\n  a: {dead_letter: {after: 4}}\n")
    queue = topology.queues["a"]
    assert isinstance(queue, Queue)
    assert repr(queue.place("dead_letter", "after")).endswith(":10:28")
    assert repr(queue.place("nothing")) == repr(queue.key)
    assert not isinstance(queue, Consumer)


def test_a_queue_that_others_name_as_dead_letter_ends_the_chain(resolved: Resolve) -> None:
    topology = resolved("""
        queues:
          a: {dead_letter: {queue: failed}}
          failed: {external: true}
          asks: {dead_letter: {after: 2}}
          b: {dead_letter: {queue: asks}}
    """)
    assert list(topology.queues) == ["a", "failed", "asks", "asks-dlq", "b"]
    assert topology.queues["failed"].retention == topology.queues["asks-dlq"].retention


def test_what_could_not_be_delivered_can_be_handled(resolved: Resolve) -> None:
    topology = resolved("""
        topics: {orders: {messages: [OrderPlaced]}}
        consumers:
          rescue: {from: {queue: undelivered}, function: {code: x, timeout: 60s}}
          direct: {from: {topic: orders}, function: {code: x}}
    """)
    assert list(topology.subscriptions) == ["consumer/rescue", "direct"]
    rescue = topology.subscriptions["consumer/rescue"]
    assert rescue.untyped
    assert rescue.origin is topology.queues["undelivered"]
    assert topology.queues["undelivered"].visibility == 360


def test_the_default_bus_needs_no_declaration(resolved: Resolve) -> None:
    topology = resolved("""
        producers: {api: {publishes: [{bus: default, messages: [OrderPlaced]}]}}
    """)
    (publication,) = topology.producers["api"].publishes
    assert publication.target is topology.buses["default"]
    assert [m.name for m in publication.messages] == ["OrderPlaced"]


def test_zero_is_a_value(resolved: Resolve) -> None:
    """Out of AWS's range, which `lint` says; the default would hide it."""
    topology = resolved("queues: {q: {max_size: 0KiB, wait: 0s}}\ntopics: {t: {max_size: 0KiB}}")
    assert topology.queues["q"].max_size == topology.queues["q"].wait == 0
    assert topology.topics["t"].max_size == 0


def test_a_place_of_the_build_is_written_in_one_way(resolved: Resolve) -> None:
    build = resolved("build: {stack: ./infra//x/../stack/, stubs: src/./package/}").build
    assert (build.path(STACK), build.path(STUBS)) == ("infra/stack", "src/package")
    build = resolved("build: {stack: x/../../stack, stubs: /x/../package}").build
    assert (build.path(STACK), build.path(STUBS)) == ("../stack", "/package")
    build = resolved("").build
    assert (build.path(STACK), build.path(STUBS)) == (
        "infra/shop_messaging_stack",
        "src/shop_messaging",
    )


def test_a_message_keeps_its_schema_and_the_files_that_were_read_for_it(resolved: Resolve) -> None:
    """For emitters that print schemas: they read no files."""
    (resolved.folder / "schemas").mkdir()
    (resolved.folder / "schemas/paid.json").write_text(
        '{"type": "object", "properties": {"total": {"$ref": "money.yaml"}}}'
    )
    (resolved.folder / "schemas/money.yaml").write_text("{type: number, minimum: 0}\n")
    topology = resolved("  OrderPaid: {schema: {$ref: schemas/paid.json}}\nqueues: {}\n")
    paid, placed = topology.messages["OrderPaid"].schema, topology.messages["OrderPlaced"].schema
    assert to_json(paid.document.root) == {"$ref": "schemas/paid.json"}
    assert Path(paid.document.path) == resolved.folder / "messaging.yaml"
    files = {Path(path).name: to_json(node) for path, node in paid.files.items()}
    assert files == {
        "paid.json": {"type": "object", "properties": {"total": {"$ref": "money.yaml"}}},
        "money.yaml": {"type": "number", "minimum": 0},
    }
    assert to_json(placed.document.root) == {
        "type": "object", "required": ["id"], "properties": {"id": {"type": "string"}},
    }  # fmt: skip
    assert placed.files is paid.files
