"""Functions that are invoked with a message alone, and the hops that make such messages."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.runtime.errors import UnreadableError
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.pushed import DirectHandler, EventBridgeHandler, MixedHandler
from msgc.runtime.testing.events import FakeLambdaContext, envelope, eventbridge_event, sqs_event
from msgc.runtime.testing.parcels import Parcel
from msgc.runtime.testing.routes import Polled
from msgc.runtime.testing.transformed import Transformed
from tests.runtime.messages import Cancelled, Placed, read

PATTERN = {"source": ["shop"], "detail-type": ["OrderPlaced"]}


class Log:
    def __init__(self) -> None:
        self.ids: list[str] = []
        self.contexts: list[MessageContext] = []

    def __call__(self, message: Placed | Cancelled, context: MessageContext) -> None:
        self.ids.append(message.order_id)
        self.contexts.append(context)


def _bare(incoming: Incoming) -> Placed:
    return Placed(order_id=incoming.body["order_id"])


def test_a_message_alone() -> None:
    log = Log()
    handler = DirectHandler(log, read, consumer="c", service="shop")
    context = FakeLambdaContext()
    with pytest.raises(UnreadableError):
        handler({"order_id": "1"}, context)  # of two types, nothing says which
    handler = DirectHandler(log, _bare, consumer="c", service="shop")
    handler({"order_id": "1"}, context)
    assert log.ids == ["1"]
    assert log.contexts[0].message_id == context.aws_request_id
    assert log.contexts[0].consumer == "c"


def test_failures_are_raised() -> None:
    def fail(message: Placed, _: MessageContext) -> None:
        raise LookupError(message.order_id)

    with pytest.raises(LookupError):
        DirectHandler(fail, _bare, consumer="c")({"order_id": "1"})


def test_messages_alone_beside_events() -> None:
    log = Log()

    def of_event(incoming: Incoming) -> Placed:
        return Placed(order_id=f"event {incoming.body['order_id']}")

    handler = MixedHandler(
        eventbridge=EventBridgeHandler(log, of_event, consumer="c"),
        direct=DirectHandler(log, _bare, consumer="c"),
    )
    handler({"order_id": "1"})
    handler(eventbridge_event(Placed(order_id="2")))
    assert log.ids == ["1", "event 2"]
    with pytest.raises(UnreadableError, match="isn't invoked by aws:sqs"):
        handler(sqs_event(Placed(order_id="3")))


@pytest.mark.parametrize(
    ("send", "arrives"),
    [
        ({"id": "<$.detail.id>", "note": "<$.detail.gone>"}, {"id": "o-1"}),
        ("<$.detail>", {"id": "o-1"}),
        ({"kind": "tick"}, {"kind": "tick"}),
        ("<$.source>: <aws.events.rule-name>", "shop: sample"),
    ],
)
def test_a_rule_makes_messages(send: Any, arrives: Any) -> None:
    hop = Transformed(PATTERN, send=send)
    event = envelope("shop", "OrderPlaced", {"id": "o-1"})
    taken = hop.take(Parcel(message_id="m", event=event))
    assert taken is not None
    assert taken.event is None
    assert taken.attributes == {}
    assert hop.invoke([taken]) == [arrives]
    other = envelope("shop", "OrderCancelled", {"id": "o-1"})
    assert hop.take(Parcel(message_id="m", event=other)) is None


def test_what_a_rule_makes_is_polled_as_a_body() -> None:
    event = envelope("shop", "OrderPlaced", {"id": "o-1"})
    taken = Transformed(PATTERN, send="<$.detail>").take(Parcel(message_id="m", event=event))
    assert taken is not None
    (batch,) = Polled("queue").invoke([taken])
    assert batch["Records"][0]["body"] == '{"id": "o-1"}'
