"""From the bus, through the rule, to the parcel; and no further than the bus lets it."""

from __future__ import annotations

import pytest

from checkout_messaging.testing import FakeCommerceBus, FakeOrdersTopic
from fraud import app as fraud
from orders import gold_order
from warehouse import app as warehouse


def test_an_order_is_packed_whatever_it_costs(
    commerce_bus: FakeCommerceBus, capsys: pytest.CaptureFixture[str]
) -> None:
    commerce_bus.publish(gold_order("o-1", 0.5))

    assert commerce_bus.deliver_to(warehouse.handler).raise_errors().handled == 1
    assert capsys.readouterr().out == "packed 1 x A for o-1\n"


def test_the_fraud_team_looks_at_the_topic_only(
    commerce_bus: FakeCommerceBus, orders_topic: FakeOrdersTopic
) -> None:
    orders_topic.publish(gold_order("o-1"))

    assert orders_topic.deliver_to(fraud.handler).raise_errors().handled == 1
    with pytest.raises(LookupError, match="nothing leads from FakeCommerceBus"):
        commerce_bus.deliver_to(fraud.handler)
