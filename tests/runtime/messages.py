"""Messages and publishers as msgc generates them, written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from msgc.runtime.codec import codec
from msgc.runtime.handling.envelopes import open_event, unexpected
from msgc.runtime.handling.incoming import Incoming
from msgc.runtime.protocols import Envelope
from msgc.runtime.publishing.buses import BusPublisher
from msgc.runtime.publishing.fields import Attribute, FieldWire
from msgc.runtime.publishing.queues import QueuePublisher
from msgc.runtime.publishing.topics import TopicPublisher
from msgc.runtime.publishing.wire import Wire
from msgc.runtime.testing.fakes import Fake, FakeAws


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    order_id: str
    total: float = 1.0
    note: str | None = None
    gift: bool | None = None

    __type__: ClassVar[str] = "OrderPlaced"
    __source__: ClassVar[str] = "com.example.shop"
    __envelope__: ClassVar[Envelope | None] = None
    __codec__: ClassVar[codec.Object] = codec.Object(
        codec.required("order_id", codec.String()),
        codec.required("total", codec.Number()),
        codec.optional("note", codec.String()),
        codec.optional("gift", codec.Boolean()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    order_id: str

    __type__: ClassVar[str] = "OrderCancelled"
    __source__: ClassVar[str] = "com.example.shop"
    __envelope__: ClassVar[Envelope | None] = None
    __codec__: ClassVar[codec.Object] = codec.Object(
        codec.required("order_id", codec.String()),
    )


class OrdersTopic(TopicPublisher["Placed | Cancelled"]):
    variable = "SHOP_ORDERS_TOPIC_ARN"
    parameter = "/shop/messaging/topics/orders"
    max_size = 262_144
    carries: ClassVar[Mapping[str, Wire]] = {
        "Placed": FieldWire(
            attributes=(
                Attribute("total", ("total",), "Number"),
                Attribute("note", ("note",), "String"),
                Attribute("gift", ("gift",), "String"),
            )
        ),
        "Cancelled": Wire(),
    }


class OrdersQueue(QueuePublisher["Placed | Cancelled"]):
    variable = "SHOP_ORDERS_QUEUE_URL"
    parameter = "/shop/messaging/queues/orders"
    max_size = 1_048_576
    carries: ClassVar[Mapping[str, Wire]] = {
        "Placed": FieldWire(group_by=("note",)),
        "Cancelled": Wire(),
    }


class LinesQueue(QueuePublisher["Placed"]):
    variable = "SHOP_LINES_QUEUE_URL"
    max_size = 1_048_576
    fifo = True
    carries: ClassVar[Mapping[str, Wire]] = {
        "Placed": FieldWire(group_by=("note",), deduplicate_by=("order_id",))
    }


class ShopBus(BusPublisher["Placed | Cancelled"]):
    variable = "SHOP_BUS_ARN"
    fallback = "default"
    carries: ClassVar[Mapping[str, Wire]] = {"Placed": Wire(), "Cancelled": Wire()}


class FakeOrdersTopic(Fake, OrdersTopic):
    def __init__(self) -> None:
        self.aws = FakeAws()
        super().__init__(arn="in-memory", client=self.aws)


class FakeOrdersQueue(Fake, OrdersQueue):
    def __init__(self) -> None:
        self.aws = FakeAws()
        super().__init__(url="in-memory", client=self.aws)


class FakeLinesQueue(Fake, LinesQueue):
    def __init__(self) -> None:
        self.aws = FakeAws()
        super().__init__(url="in-memory", client=self.aws)


class FakeShopBus(Fake, ShopBus):
    def __init__(self) -> None:
        self.aws = FakeAws()
        super().__init__(arn="in-memory", client=self.aws)


def read(incoming: Incoming) -> Placed | Cancelled:
    match incoming.type:
        case "OrderPlaced":
            return codec.decode(Placed, incoming.body)
        case "OrderCancelled":
            return codec.decode(Cancelled, incoming.body)
        case _:
            raise unexpected(incoming)


def read_event_in_queue(incoming: Incoming) -> Placed | Cancelled:
    open_event(incoming)
    return read(incoming)


def orders(count: int, **values: Any) -> list[Placed]:
    return [Placed(order_id=f"o-{i}", **values) for i in range(count)]
