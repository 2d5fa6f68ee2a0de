from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from msgc.runtime.codec.violations import InvalidPayload
from msgc.runtime.errors import UnreadableError
from msgc.runtime.handling.envelopes import (
    from_eventbridge,
    is_event,
    is_notification,
    open_event,
    open_notification,
)
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler, MixedHandler, SnsHandler
from msgc.runtime.publishing.wire import Attributes
from msgc.runtime.testing.events import (
    eventbridge_event,
    notification,
    record,
    sns_event,
    sqs_event,
)
from tests.runtime.messages import Cancelled, Placed, read, read_event_in_queue


class Log:
    """Keeps what it handles; fails on orders whose id begins with `bad`."""

    def __init__(self) -> None:
        self.messages: list[Placed | Cancelled] = []
        self.contexts: list[MessageContext] = []

    def __call__(self, message: Placed | Cancelled, context: MessageContext) -> None:
        if message.order_id.startswith("bad"):
            raise LookupError(message.order_id)
        self.messages.append(message)
        self.contexts.append(context)

    @property
    def ids(self) -> list[str]:
        return [message.order_id for message in self.messages]


def _order(order_id: str) -> Placed:
    return Placed(order_id=order_id)


def _failed(event: dict[str, Any], response: Any) -> list[int]:
    ids = [record["messageId"] for record in event["Records"]]
    return [ids.index(item["itemIdentifier"]) for item in response["batchItemFailures"]]


def test_a_batch_of_a_queue(caplog: pytest.LogCaptureFixture) -> None:
    log = Log()
    handler = SqsHandler(log, read, consumer="billing")
    event = sqs_event(_order("a"), _order("bad"), Cancelled(order_id="c"))
    assert _failed(event, handler(event)) == [1]
    assert log.ids == ["a", "c"]
    assert "billing: message" in caplog.text
    assert "LookupError" in caplog.text


def test_a_payload_that_does_not_fit_fails_alone(caplog: pytest.LogCaptureFixture) -> None:
    log = Log()
    handler = SqsHandler(log, read, consumer="billing")
    event = sqs_event({"order_id": 1}, _order("b"), _order("c"))
    event["Records"][2]["body"] = "no JSON"
    event["Records"][0]["messageAttributes"] = event["Records"][1]["messageAttributes"]
    assert _failed(event, handler(event)) == [0, 2]
    assert log.ids == ["b"]
    assert "$.order_id: expected a string" in caplog.text
    assert "Traceback" not in caplog.text


def test_an_unknown_type_says_so() -> None:
    handler = SqsHandler(Log(), read, consumer="billing")
    with pytest.raises(UnreadableError, match="nothing says which type"):
        handler.record(sqs_event({})["Records"][0])


def test_a_fifo_group_stops_and_others_go_on() -> None:
    log = Log()
    handler = SqsHandler(log, read, consumer="billing", fifo=True)
    batch = [("a", "1"), ("bad", "1"), ("c", "2"), ("d", "1"), ("e", "2")]
    event = {"Records": [sqs_event(_order(i), group=group)["Records"][0] for i, group in batch]}
    assert _failed(event, handler(event)) == [1, 3]
    assert log.ids == ["a", "c", "e"]


@pytest.mark.parametrize("fifo", [False, True])
def test_without_partial_failures_the_batch_fails(*, fifo: bool) -> None:
    """Lambda tries all of it again: what comes after the failure isn't begun."""
    log = Log()
    handler = SqsHandler(log, read, consumer="billing", fifo=fifo, partial_failures=False)
    event = sqs_event(_order("a"), _order("bad"), _order("c"), group="g")
    with pytest.raises(LookupError):
        handler(event)
    assert log.ids == ["a"]
    good = sqs_event(_order("d"), _order("e"), group="g")
    assert handler(good) == {"batchItemFailures": []}
    assert log.ids == ["a", "d", "e"]


def test_sns_and_eventbridge_raise() -> None:
    log = Log()
    sns = SnsHandler(log, read, consumer="billing")
    sns(sns_event(_order("a")))
    with pytest.raises(LookupError):
        sns(sns_event(_order("bad")))
    rule = EventBridgeHandler(log, read, consumer="billing")
    rule(eventbridge_event(_order("b")))
    with pytest.raises(LookupError):
        rule(eventbridge_event(_order("bad")))
    broken = eventbridge_event(_order("c")) | {"detail": {}}
    with pytest.raises(InvalidPayload):
        rule(broken)
    assert log.ids == ["a", "b"]


def test_several_services_at_one_function() -> None:
    log = Log()
    handler = MixedHandler(
        sqs=SqsHandler(log, read, consumer="billing"),
        eventbridge=EventBridgeHandler(log, read, consumer="billing"),
    )
    assert handler(sqs_event(_order("a"))) == {"batchItemFailures": []}
    assert handler(eventbridge_event(_order("b"))) is None
    handler.record(sqs_event(_order("c"))["Records"][0])
    assert log.ids == ["a", "b", "c"]
    with pytest.raises(UnreadableError, match="isn't invoked by aws:sns"):
        handler(sns_event(_order("d")))


def test_what_a_queue_says_about_a_message() -> None:
    given: Attributes = {"message_type": {"DataType": "String", "StringValue": "OrderPlaced"}}
    system = {
        "ApproximateReceiveCount": "3",
        "MessageGroupId": "g",
        "MessageDeduplicationId": "d",
        "SentTimestamp": "1767225600000",
    }
    raw = record('{"order_id":"a","total":1}', given, queue="q", message_id="m", system=system)
    context = Incoming.from_sqs(raw, None).context
    assert (context.message_id, context.receive_count, context.group) == ("m", 3, "g")
    assert context.deduplication_id == "d"
    assert context.queue_arn == "arn:aws:sqs:eu-west-1:111122223333:q"
    assert context.attributes == {"message_type": "OrderPlaced"}
    assert context.sent_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert context.record is raw
    assert MessageContext().sent_at is None


def test_envelopes_in_a_queue_are_opened() -> None:
    log = Log()
    event = eventbridge_event(_order("a"))
    SqsHandler(log, read_event_in_queue, consumer="billing")(sqs_event(event))
    assert log.ids == ["a"]
    context = log.contexts[0]
    assert context.message_id == event["id"]
    assert context.event == event
    assert context.sent_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_an_event_in_a_notification_in_a_queue() -> None:
    event = eventbridge_event(_order("a"))
    text = str(event).replace("'", '"')
    incoming = Incoming.from_sqs(
        sqs_event(notification(text, {}, topic="arn:t"))["Records"][0], None
    )
    assert is_notification(incoming)
    open_notification(incoming)
    assert incoming.context.topic_arn == "arn:t"
    assert is_event(incoming)
    open_event(incoming)
    assert read(incoming) == _order("a")


def test_an_envelope_that_is_not_there() -> None:
    incoming = Incoming.from_sqs(sqs_event({"a": 1})["Records"][0], None)
    with pytest.raises(UnreadableError, match="EventBridge"):
        open_event(incoming)
    with pytest.raises(UnreadableError, match="SNS"):
        open_notification(incoming)


def test_an_event_whose_detail_is_no_object() -> None:
    event = eventbridge_event(_order("a"))
    with pytest.raises(UnreadableError, match="an object as its detail"):
        from_eventbridge({**event, "detail": "text"}, None)


def test_binary_attributes_are_passed_over() -> None:
    sent = sqs_event(_order("a"))["Records"][0]
    binary = {"binaryValue": "AA==", "dataType": "Binary"}
    given = {**sent["messageAttributes"], "signature": binary}
    incoming = Incoming.from_sqs({**sent, "messageAttributes": given}, None)
    assert set(incoming.context.attributes) == set(sent["messageAttributes"])


@pytest.mark.parametrize("body", ["[]", "1", "", "{", '{"a": NaN}', "[" * 100_000])
def test_what_is_no_json_object_is_unreadable(body: str) -> None:
    with pytest.raises(UnreadableError):
        Incoming.from_sqs(record(body, {}, queue="q"), None)


def test_a_context_says_whose_message_it_is() -> None:
    log = Log()
    given: dict[str, Any] = {"consumer": "billing", "service": "shop"}
    handler = MixedHandler(
        sqs=SqsHandler(log, read, **given),
        sns=SnsHandler(log, read, **given),
        eventbridge=EventBridgeHandler(log, read, **given),
    )
    for event in (sqs_event(_order("a")), sns_event(_order("b")), eventbridge_event(_order("c"))):
        handler(event)
    assert [(c.service, c.consumer) for c in log.contexts] == [("shop", "billing")] * 3
    assert (handler.service, handler.consumer) == ("shop", "billing")


def _read_whatever_comes(incoming: Incoming) -> Incoming:
    """As generated for a queue in which all shapes arrive."""
    if is_notification(incoming):
        open_notification(incoming)
    if is_event(incoming):
        open_event(incoming)
    return incoming


ENVELOPE = notification('{"order_id":"o"}', {}, topic="arn:t", message_id="m")
EVENT = eventbridge_event(_order("o"))
TYPE: Attributes = {"message_type": {"DataType": "String", "StringValue": "OrderPlaced"}}
OF_A_DEAD_LETTER: Attributes = {"ErrorCode": {"DataType": "String", "StringValue": "AccessDenied"}}


@pytest.mark.parametrize(
    ("body", "attributes", "opened"),
    [
        # A payload may have a field of that name, or all of them.
        ({"TopicArn": "arn:t", "order_id": "o"}, {}, False),
        ({"TopicArn": "arn:t", "order_id": "o"}, TYPE, False),
        ({"Type": "Notification", "TopicArn": "arn:t"}, {}, False),
        ({"Type": "Notification", "TopicArn": "arn:t", "Message": {}}, {}, False),
        ({"Type": "Order", "TopicArn": "arn:t", "MessageId": "m", "Message": "{}"}, {}, False),
        (ENVELOPE, TYPE, False),
        (EVENT, TYPE, False),
        ({"source": "a", "detail": {}}, {}, False),
        ({"detail-type": "a", "detail": {}}, {}, False),
        ({"detail-type": "a", "source": "a"}, {}, False),
        # An envelope has no attribute of ours; in a dead-letter queue it has AWS's.
        (ENVELOPE, {}, True),
        (EVENT, {}, True),
        (ENVELOPE, OF_A_DEAD_LETTER, True),
        (EVENT, OF_A_DEAD_LETTER, True),
    ],
)
def test_what_is_taken_for_an_envelope(
    body: dict[str, Any], attributes: Attributes, *, opened: bool
) -> None:
    sent = record(json.dumps(body), attributes, queue="q")
    incoming = _read_whatever_comes(Incoming.from_sqs(sent, None))
    assert (incoming.body != body) == opened
    if not opened:
        assert incoming.context.topic_arn is None
        assert incoming.context.event is None


def test_events_have_the_fields_of_aws() -> None:
    """What others read of them, after https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html"""
    (polled,) = sqs_event(_order("a"), group="g")["Records"]
    assert set(polled) == {
        "messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfBody",
        "eventSource", "eventSourceARN", "awsRegion",
    }  # fmt: skip
    assert set(polled["attributes"]) == {
        "ApproximateReceiveCount", "SentTimestamp", "SenderId", "MessageGroupId",
        "ApproximateFirstReceiveTimestamp",
    }  # fmt: skip
    (notified,) = sns_event(_order("a"))["Records"]
    assert set(notified) == {"EventSource", "EventVersion", "EventSubscriptionArn", "Sns"}
    common = {
        "Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature",
        "MessageAttributes",
    }  # fmt: skip
    of_lambda = {"Subject", "SigningCertUrl", "UnsubscribeUrl"}
    assert set(notified["Sns"]) == common | of_lambda
    assert set(ENVELOPE) == common | {"SigningCertURL", "UnsubscribeURL"}


@pytest.mark.parametrize("handler", [SqsHandler, SnsHandler])
@pytest.mark.parametrize("event", [{}, {"Records": None}, {"order_id": "o-1"}])
def test_an_event_without_records(handler: Any, event: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError, match="`billing` was invoked with something else"):
        handler(Log(), read, consumer="billing")(event)
