"""What functions answer to pipes goes on in tests, to whoever is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from msgc.source import Disk
from tests.assembly import ROOT
from tests.stubs.package import imported, stubs_of, written

CASE = ROOT / "tests" / "cases" / "ok" / "answered-payloads" / "messaging.yaml"


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root: Path = tmp_path_factory.mktemp("market")
    written(stubs_of(str(CASE), Disk()), root)
    with imported(root / "src", "market_messaging") as package:
        yield package


class Heard:
    """A handler that keeps what it got."""

    def __init__(self, market: Any, consumer: str) -> None:
        self.messages: list[Any] = []
        module = import_module(f"{market.__name__}.consumers.{consumer}")
        self.handler = module.handler(lambda message, _: self.messages.append(message))


@pytest.fixture
def rating(market: Any) -> Any:
    def rated(order: Any, _: Any) -> Any:
        if order.total > 100:
            message = "too much to be rated"
            raise ValueError(message)
        return market.OrderRated(order_id=order.order_id, stars=5 if order.total > 50 else 1)

    return import_module(f"{market.__name__}.consumers.rating").handler(rated)


@pytest.fixture
def orders(market: Any) -> Any:
    topic = import_module(f"{market.__name__}.testing").FakeOrdersTopic()
    totals = {"cheap": 5, "fair": 20, "dear": 80, "mad": 200}
    topic.publish_many(
        [market.OrderPlaced(order_id=name, total=total) for name, total in totals.items()]
    )
    return topic


def test_answers_go_on_through_filters(market: Any, orders: Any, rating: Any) -> None:
    heard = Heard(market, "praising")
    orders.answered_by(rating)
    delivered = orders.deliver_to(heard.handler)
    assert heard.messages == [market.OrderRated(order_id="dear", stars=5)]
    assert (delivered.handled, delivered.failed, delivered.filtered_out) == (1, 1, 2)
    with pytest.raises(ValueError, match="too much"):
        delivered.raise_errors()


def test_answers_have_groups_in_fifo_queues(market: Any, orders: Any, rating: Any) -> None:
    heard = Heard(market, "archiving")
    orders.answered_by(rating)
    assert orders.deliver_to(heard.handler).handled == 2
    assert [(each.order_id, each.stars) for each in heard.messages] == [("fair", 1), ("dear", 5)]


def test_who_is_asked_is_a_receiver_too(orders: Any, rating: Any) -> None:
    delivered = orders.deliver_to(rating)
    assert (delivered.handled, delivered.failed, delivered.filtered_out) == (0, 3, 1)  # one batch
    assert [str(each) for each in delivered.errors] == ["too much to be rated"]


def test_nobody_answers_by_itself(market: Any, orders: Any) -> None:
    heard = Heard(market, "praising")
    with pytest.raises(LookupError, match="a pipe asks `rating`: say before who answers"):
        orders.deliver_to(heard.handler)
    with pytest.raises(TypeError, match="say who is `asked`"):
        orders.answered_by(lambda payload: payload)


def test_a_function_stands_in_for_what_is_provided(market: Any) -> None:
    heard = Heard(market, "shipping")
    queue = import_module(f"{market.__name__}.testing").FakeReturnsQueue()
    queue.publish_many([market.OrderPlaced(order_id=name, total=1) for name in "abcde"])
    cities = {name: {"city": f"City {name}"} for name in "abcd"}
    queue.answered_by(lambda payload: cities.get(payload["order_id"]), asked="returned_enrichment")
    delivered = queue.deliver_to(heard.handler)
    assert [each.label for each in heard.messages] == [f"to City {name}" for name in "abcd"]
    assert (delivered.handled, delivered.failed, delivered.filtered_out) == (4, 0, 1)
