"""What this service publishes is what its consumers expect."""

from __future__ import annotations

from checkout_messaging import CheckoutApi, OrderCancelled
from checkout_messaging.testing import contract


def test_every_consumer_reads_what_is_published(checkout_api: CheckoutApi) -> None:
    checkout_api.orders_topic.publish(OrderCancelled(order_id="o-1"))

    assert contract(checkout_api).receivers == {
        "OrderPlaced": ["fraud", "invoicing", "warehouse"],
        "OrderCancelled": [],
    }
