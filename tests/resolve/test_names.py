from __future__ import annotations

import pytest

from msgc.kinds import BUS, QUEUE
from msgc.topology import names


@pytest.mark.parametrize(
    ("name", "pascal", "snake", "upper"),
    [
        ("big-orders", "BigOrders", "big_orders", "BIG_ORDERS"),
        ("OrderPlaced", "OrderPlaced", "order_placed", "ORDER_PLACED"),
        ("HTTPStatus2", "HTTPStatus2", "http_status2", "HTTP_STATUS2"),
        ("import", "Import", "import_", "IMPORT"),  # a keyword of Python, but not of a shell
    ],
)
def test_spellings(name: str, pascal: str, snake: str, upper: str) -> None:
    assert (names.pascal(name), names.snake(name), names.upper(name)) == (pascal, snake, upper)


def test_what_is_derived_from_names() -> None:
    assert names.physical("checkout", "orders", fifo=True) == "checkout-orders.fifo"
    variable = names.environment_variable("checkout", QUEUE, "import")
    assert variable == "CHECKOUT_IMPORT_QUEUE_URL"
    assert names.parameter("checkout", BUS, "commerce") == "/checkout/messaging/buses/commerce"
