"""CloudEvents around payloads: what their attributes say, and how they are read again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from msgc.runtime.cloudevents import CloudEvents, is_event, opened
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from msgc.runtime.correlation import handling
from msgc.runtime.errors import RefusedError, UnreadableError
from msgc.runtime.handling.cloudevents import decode_event, tell_by_event
from msgc.runtime.handling.idempotency import by_message_id
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.protocols import Envelope
from msgc.runtime.publishing.buses import BusPublisher
from msgc.runtime.publishing.fields import FieldWire
from msgc.runtime.publishing.queues import QueuePublisher
from msgc.runtime.publishing.wire import Wire
from msgc.runtime.testing.fakes import FakeAws


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(codec.Message):
    order_id: str
    note: str | None = None

    __type__: ClassVar[str] = "OrderPaid"
    __source__: ClassVar[str] = "/shop"
    __envelope__: ClassVar[Envelope | None] = CloudEvents(
        id=("order_id",), subject=("note",), extensions={"remark": ("note",)}
    )
    __codec__: ClassVar[codec.Object] = codec.Object(
        codec.required("order_id", codec.String()), codec.optional("note", codec.String())
    )


class Payments(QueuePublisher[Paid]):
    variable = "PAYMENTS"
    max_size = 400
    carries: ClassVar[Any] = {"Paid": Wire()}


class OrderedPayments(QueuePublisher[Paid]):
    variable = "ORDERED"
    max_size = 10_000
    fifo = True
    carries: ClassVar[Any] = {
        "Paid": FieldWire(group_by=("order_id",), deduplicate_by=("order_id",))
    }


class Company(BusPublisher[Paid]):
    variable = "COMPANY"
    carries: ClassVar[Any] = {"Paid": Wire()}


def test_attributes_that_are_not_there_are_left_out() -> None:
    event = CloudEvents(subject=("note",), time=("at",), extensions={"n": ("count",)}).around(
        {"note": "", "other": 1}, type_="T", source="s"
    )
    assert event.keys() == {
        "specversion", "id", "source", "type", "time", "datacontenttype", "data"
    }  # fmt: skip
    assert event["time"].endswith("Z")
    assert opened(event, "T").time is not None
    assert len(event["id"]) == 36


def test_an_empty_id_is_refused() -> None:
    queue = Payments(url="in-memory", client=FakeAws())
    with pytest.raises(RefusedError, match="`order_id` is empty, and it is the id of the event"):
        queue.publish(Paid(order_id=""))


def test_the_size_is_that_of_the_event() -> None:
    queue = Payments(url="in-memory", client=FakeAws())
    queue.publish(Paid(order_id="a"))
    with pytest.raises(RefusedError, match="Payments takes 400"):
        queue.publish(Paid(order_id="a", note="x" * 100))


def test_a_call_says_more() -> None:
    aws = FakeAws()
    queue = OrderedPayments(url="in-memory", client=aws)
    queue.publish(Paid(order_id="a"), correlation_id="c", attributes={"tenant": "t"})
    with handling("before"):
        queue.publish(Paid(order_id="b"))
    first, second = aws.parcels
    assert json.loads(first.body)["correlationid"] == "c"
    assert first.attributes["correlation_id"]["StringValue"] == "c"
    assert first.attributes["tenant"]["StringValue"] == "t"
    assert first.system == {"MessageGroupId": "a", "MessageDeduplicationId": "a"}
    assert json.loads(second.body)["correlationid"] == "before"


def test_a_bus_needs_no_resources_for_what_the_event_says() -> None:
    aws = FakeAws()
    bus = Company(arn="in-memory", client=aws)
    bus.publish(Paid(order_id="a"), correlation_id="c")
    event = aws.parcels[0].event
    assert event is not None
    assert event["resources"] == []
    assert event["detail"]["correlationid"] == "c"
    assert (event["source"], event["detail-type"]) == ("/shop", "OrderPaid")


def _incoming(body: Any, **attributes: str) -> Incoming:
    return Incoming(body, MessageContext(message_id="m-1", attributes=attributes))


def test_the_type_is_told_by_an_event_alone() -> None:
    event = Paid.__envelope__.around({"order_id": "a"}, type_="OrderPaid", source="/shop")  # type: ignore[union-attr]
    for body, told in ((event, "OrderPaid"), ({"type": "x"}, None), ({"specversion": 1}, None)):
        incoming = _incoming(body)
        tell_by_event(incoming)
        assert incoming.type == told
    named = _incoming(event, message_type="Named")
    tell_by_event(named)
    assert named.type == "Named"
    assert not is_event([])


def test_the_context_has_what_the_event_says() -> None:
    body = {
        "specversion": "1.0", "id": "e-1", "source": "/shop", "type": "OrderPaid",
        "correlationid": "c", "traceparent": None, "tracestate": 3, "data": {"order_id": "a"},
    }  # fmt: skip
    incoming = _incoming(body, correlation_id="outer")
    assert decode_event(Paid, incoming) == Paid(order_id="a")
    context = incoming.context
    assert incoming.body == {"order_id": "a"}
    assert context.attributes == {"correlation_id": "outer"}
    assert context.cloud_event is not None
    assert context.cloud_event.time is None
    assert context.cloud_event.subject is None
    assert context.cloud_event.extensions == {"correlationid": "c", "tracestate": 3}
    assert repr(context.cloud_event) == "<CloudEvent OrderPaid e-1 of /shop>"
    assert by_message_id(None, context) == "/shop#e-1"
    assert by_message_id(None, MessageContext(message_id="m")) == "m"


def test_another_type_is_unreadable_unless_something_else_tells_it() -> None:
    body = {"specversion": "1.0", "id": "e", "source": "s", "type": "X", "data": {"order_id": "a"}}
    with pytest.raises(UnreadableError, match="of the type `X`, where `OrderPaid` belongs"):
        decode_event(Paid, _incoming(body))
    assert decode_event(Paid, _incoming(body), told=True) == Paid(order_id="a")


def test_what_is_no_object_is_no_event() -> None:
    with pytest.raises(InvalidPayload, match=r"\$: expected a CloudEvent, got an array"):
        CloudEvents.inside([], "Paid")
    assert CloudEvents.inside(
        {"specversion": "1.0", "id": "e", "source": "s", "type": "X", "data": 1}, "Paid"
    ) == 1  # fmt: skip
