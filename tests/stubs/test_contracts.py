"""What a package publishes is read as its consumers read it, and as other services do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from msgc.source import Disk
from tests.assembly import ROOT
from tests.files import messaging
from tests.stubs.package import imported, stubs_of, written

OK = ROOT / "tests" / "cases" / "ok"

SALES = """\
version: 1
service: sales
source: com.example.sales
messages:
  Sold:
    group_by: id
    deduplicate_by: id
    schema:
      type: object
      required: [id, total]
      properties:
        id: {type: string}
        total: {type: number}
        lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}
    examples: [{id: a, total: 200}, {id: b, total: 5}]
  Returned: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
queues: {packing: {}}
topics: {sales: {messages: [Sold, Returned]}}
subscriptions:
  all: {from: {topic: sales}, messages: [Sold, Returned], to: {queue: packing}}
consumers:
  packing:
    from: {queue: packing}
    function: provided
    idempotency: {store: dynamodb, expires: 7d}
  auditing: {from: {topic: sales}, messages: [Sold], function: provided}
producers:
  shop: {publishes: [{topic: sales}]}
"""
ELSEWHERE = """\
version: 1
service: office
messages:
  Sold:
    source: com.example.sales
    schema:
      type: object
      required: [id]
      properties:
        id: {type: string}
        lines:
          type: array
          items: {type: object, required: [sku], properties: {sku: {type: string}}}
  Hired: {schema: {type: object}}
queues: {sold: {messages: [Sold, Hired]}}
consumers: {books: {from: {queue: sold}, function: provided}}
"""


@contextmanager
def _package(root: Path, name: str, text: str) -> Iterator[Any]:
    written(stubs_of("messaging.yaml", messaging(text)), root)
    with imported(root / "src", name) as package:
        yield package


@pytest.fixture(scope="module")
def sales(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with _package(tmp_path_factory.mktemp("sales"), "sales_messaging", SALES) as found:
        yield found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with _package(tmp_path_factory.mktemp("office"), "office_messaging", ELSEWHERE) as found:
        yield found


@pytest.fixture
def testing(sales: Any) -> Any:
    return import_module(f"{sales.__name__}.testing")


def test_what_nothing_is_known_of_is_said(testing: Any) -> None:
    with pytest.raises(testing.ContractError) as caught:
        testing.contract(testing.FakeSalesTopic())
    assert str(caught.value) == (
        "Returned from FakeSalesTopic to packing: "
        "no example in messaging.yaml, and the test has published none"
    )


def test_examples_and_what_was_published_are_read(sales: Any, testing: Any) -> None:
    topic = testing.FakeSalesTopic()
    topic.publish(sales.Returned(id="r"))
    contract = testing.contract(sales.Shop(sales_topic=topic))
    assert contract.receivers == {"Sold": ["auditing", "packing"], "Returned": ["packing"]}
    assert topic.of(sales.Sold) == []  # the examples went through another fake
    assert testing.contract(topic).receivers == contract.receivers


def test_a_real_publisher_proves_nothing(sales: Any, testing: Any) -> None:
    with pytest.raises(TypeError, match=r"`Shop\(sales_topic=FakeSalesTopic\(\)\)`"):
        testing.contract(sales.Shop(sales_topic=sales.SalesTopic(arn="arn:of:a:topic")))


def test_a_consumer_that_expects_something_else(
    sales: Any, testing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        import_module(f"{sales.__name__}.consumers.auditing"),
        "decode",
        lambda _, body: sales.Returned.from_dict({"id": len(body)}),
        raising=True,
    )
    topic = testing.FakeSalesTopic()
    topic.publish(sales.Returned(id="r"))
    with pytest.raises(testing.ContractError) as caught:
        testing.contract(topic)
    first, second = caught.value.breaches
    assert (first.message, first.which, first.consumer) == ("Sold", "example 0", "auditing")
    assert str(second).startswith("Sold (example 1) from FakeSalesTopic to auditing: $.id: ")


def test_other_services_read_it_too(sales: Any, office: Any, testing: Any) -> None:
    topic = testing.FakeSalesTopic()
    topic.publish(sales.Returned(id="r"))
    contract = testing.contract(topic, others=[office.Sold])
    assert contract.receivers["Sold"] == ["auditing", "office_messaging.Sold", "packing"]
    topic.publish(sales.Sold.from_dict({"id": "c", "total": 1, "lines": [{"sku": "x"}, {}]}))
    with pytest.raises(testing.ContractError) as caught:
        testing.contract(topic, others=[office.Sold])
    assert str(caught.value).startswith(
        "Sold (published) from FakeSalesTopic to office_messaging.Sold: $.lines[1]"
    )
    with pytest.raises(LookupError, match="nothing here publishes `Hired` of `office`"):
        testing.contract(topic, others=[office.Hired])


def test_filters_decide_who_receives(tmp_path: Path) -> None:
    big = 'messages: [Sold], filter: {total: [{numeric: [">", 100]}]}'
    text = SALES.replace("messages: [Sold, Returned]", big)
    text = text.replace("a, total: 200", "a, total: 20")
    with _package(tmp_path, "sales_messaging", text) as sales:
        testing = import_module(f"{sales.__name__}.testing")
        contract = testing.contract(testing.FakeSalesTopic())
        assert contract.receivers == {"Sold": ["auditing"]}


def test_what_functions_answer_is_read(tmp_path: Path) -> None:
    written(stubs_of(str(OK / "answered-payloads" / "messaging.yaml"), Disk()), tmp_path)
    with imported(tmp_path / "src", "market_messaging") as market:
        testing = import_module(f"{market.__name__}.testing")
        rating = import_module(f"{market.__name__}.consumers.rating")
        topic = testing.FakeOrdersTopic()
        topic.publish(market.OrderPlaced(order_id="o", total=20))
        topic.answered_by(
            rating.handler(lambda order, _: market.OrderRated(order_id=order.order_id, stars=5))
        )
        contract = testing.contract(topic)
        assert contract.receivers == {"OrderPlaced": ["archiving", "praising", "rating"]}
        queue = testing.FakeReturnsQueue()
        queue.publish(market.OrderPlaced(order_id="o", total=20))
        queue.answered_by(lambda _: {"city": 1}, asked="returned_enrichment")
        assert testing.contract(queue).receivers == {"OrderPlaced": ["shipping"]}


def test_what_schedules_send_is_read(tmp_path: Path) -> None:
    written(stubs_of(str(OK / "schedules" / "messaging.yaml"), Disk()), tmp_path)
    with imported(tmp_path / "src", "clock_messaging") as clock:
        testing = import_module(f"{clock.__name__}.testing")
        assert testing.contract(testing.FakeJobsSchedule()).receivers == {"jobs": ["jobs"]}
        every = testing.contract(testing.FakeEvery5MinutesSchedule())
        assert every.receivers == {"every-5-minutes": ["tasks"]}


def test_an_owner_without_consumers_is_held_to_those_who_import(tmp_path: Path) -> None:
    """Another service has its own copy of the file with the message, from before a change."""
    case = OK / "imported-messages"
    written(stubs_of(str(case / "messaging.yaml"), Disk()), tmp_path / "theirs")
    vendored = case / "vendor" / "logistics" / "messaging.yaml"
    text = vendored.read_text(encoding="utf-8").replace(
        "schema: {$ref: schemas/shipped.json}",
        "schema: {type: object, required: [parcel_id, event_id], "
        "properties: {parcel_id: {type: string}, event_id: {type: string}, carrier: {}}}",
    )
    with imported(tmp_path / "theirs" / "src", "tracking_messaging") as tracking:
        for carrier, ends in (("dhl", True), ("1", False)):
            changed = text.replace("carrier: dhl", f"carrier: {carrier}")
            root = tmp_path / carrier
            with _package(root, "logistics_messaging", changed) as logistics:
                testing = import_module(f"{logistics.__name__}.testing")
                queue = testing.FakeParcelsQueue()
                if ends:
                    contract = testing.contract(queue, others=[tracking.Shipped])
                    assert contract.receivers == {"Shipped": ["tracking_messaging.Shipped"]}
                    continue
                with pytest.raises(testing.ContractError) as caught:
                    testing.contract(queue, others=[tracking.Shipped])
                assert str(caught.value).startswith(
                    "Shipped (example 0) from FakeParcelsQueue "
                    "to tracking_messaging.Shipped: $.carrier"
                )
