"""Functions that read streams, that pipes invoke, and that pipes ask; and pipes in tests."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest

from msgc.runtime.codec.codec import decode
from msgc.runtime.codec.violations import InvalidPayload
from msgc.runtime.errors import UnreadableError
from msgc.runtime.handling.answering import AnswerHandler
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.pushed import (
    DirectHandler,
    EventBridgeHandler,
    MixedHandler,
    PipeHandler,
)
from msgc.runtime.handling.streams import KinesisHandler, TableHandler
from msgc.runtime.handling.untyped import UntypedMessage
from msgc.runtime.testing.parcels import Parcel
from msgc.runtime.testing.routes import Piped
from tests.runtime.messages import Cancelled, Placed, read


def only_placed(incoming: Incoming) -> Placed:
    return decode(Placed, incoming.body)


def clicks(*ids: str) -> dict[str, Any]:
    return {
        "Records": [
            {
                "eventSource": "aws:kinesis",
                "eventID": f"shard:{number}",
                "kinesis": {
                    "sequenceNumber": str(number),
                    "data": b64encode(
                        json.dumps({"order_id": order, "total": 1}).encode()
                    ).decode(),
                },
            }
            for number, order in enumerate(ids)
        ]
    }


def test_a_failure_holds_back_what_follows_in_a_stream(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def handle(message: Placed, context: MessageContext) -> None:
        seen.append(message.order_id)
        if message.order_id == "bad":
            raise LookupError(context.message_id)

    handler = KinesisHandler(handle, only_placed, consumer="counter")
    failed = {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert handler(clicks("a", "bad", "c")) == failed
    assert seen == ["a", "bad"]
    assert "counter" in caplog.text
    assert handler(clicks("a")) == {"batchItemFailures": []}
    whole = KinesisHandler(handle, only_placed, consumer="counter", partial_failures=False)
    with pytest.raises(LookupError, match="shard:0"):
        whole(clicks("bad"))


def test_records_of_a_table_come_as_they_are() -> None:
    seen: list[UntypedMessage] = []
    record = {
        "eventSource": "aws:dynamodb",
        "eventName": "INSERT",
        "dynamodb": {"SequenceNumber": "7", "NewImage": {"id": {"S": "o-1"}}},
    }

    def handle(message: UntypedMessage, _: MessageContext) -> None:
        seen.append(message)
        if len(seen) > 1:
            raise LookupError

    handler = TableHandler(handle, UntypedMessage.of, consumer="projection")
    assert handler({"Records": [record]}) == {"batchItemFailures": []}
    assert seen[0].body == record
    assert handler({"Records": [record]})["batchItemFailures"] == [{"itemIdentifier": "7"}]


def test_what_a_pipe_hands_on_is_a_batch_of_payloads() -> None:
    seen: list[str] = []

    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        seen.append(message.order_id)

    def either(incoming: Incoming) -> Placed | Cancelled:
        return only_placed(incoming)

    pipe = PipeHandler(handle, either, consumer="packing")
    pipe([{"order_id": "a", "total": 1}, {"order_id": "b", "total": 1}])
    assert seen == ["a", "b"]
    mixed = MixedHandler(sqs=SqsHandler(handle, read, consumer="packing"), pipe=pipe)
    mixed([{"order_id": "c", "total": 1}])
    assert seen[-1] == "c"
    alone = MixedHandler(sqs=SqsHandler(handle, read, consumer="packing"))
    with pytest.raises(UnreadableError, match="isn't invoked by a pipe"):
        alone([{"order_id": "d"}])


def test_each_payload_gets_an_answer_that_fits_its_schema() -> None:
    def answer(message: Placed, context: MessageContext) -> Cancelled:
        assert context.consumer == "pricing"
        return Cancelled(order_id=message.order_id)

    handler = AnswerHandler(answer, only_placed, consumer="pricing")
    asked = [{"order_id": "a", "total": 1}, {"order_id": "b", "total": 1}]
    assert handler(asked) == [{"order_id": "a"}, {"order_id": "b"}]

    def wrong(message: Placed, _: MessageContext) -> Placed:
        return Placed(order_id=message.order_id, total="much")  # type: ignore[arg-type]

    with pytest.raises(InvalidPayload):
        AnswerHandler(wrong, only_placed, consumer="pricing")([{"order_id": "a", "total": 1}])
    with pytest.raises(TypeError, match="is the handler of `pricing` already"):
        AnswerHandler(handler, only_placed, consumer="other")  # type: ignore[misc,arg-type]


def test_a_pipe_takes_the_payload_its_ids_and_its_head_out_of_a_record() -> None:
    parcel = Parcel(message_id="m", body='{"id": "o-1", "no": 5}')
    fifo = Piped("orders", group="$.body.id", deduplication="$.body.no").take(parcel)
    assert fifo is not None
    assert fifo.body == parcel.body
    assert fifo.system == {"MessageGroupId": "o-1", "MessageDeduplicationId": "5"}
    event = Piped("orders", head=("shop", "Placed")).take(parcel)
    assert event is not None
    assert event.event is not None
    assert (event.event["source"], event.event["detail"]) == ("shop", {"id": "o-1", "no": 5})
    small = {"body": {"no": [{"numeric": ["<", 5]}]}}
    assert Piped("orders", patterns=(small,)).take(parcel) is None


@pytest.mark.parametrize("payload", ["text", 7, None, True, ["a"], []])
def test_a_payload_that_is_no_object_is_unreadable(payload: Any) -> None:
    def handle(_: Placed | Cancelled, __: MessageContext) -> None:
        raise AssertionError

    for handler in (
        PipeHandler(handle, read, consumer="packing"),
        AnswerHandler(handle, read, consumer="packing"),
    ):
        with pytest.raises(UnreadableError, match="no JSON object"):
            handler([payload])
        if not isinstance(payload, list):
            with pytest.raises(UnreadableError, match="else than a batch of a pipe"):
                handler(payload)
    for direct in (DirectHandler, EventBridgeHandler):
        with pytest.raises(UnreadableError, match="no JSON object"):
            direct(handle, read, consumer="packing")(payload)


def test_data_of_a_stream_that_is_no_text_is_unreadable() -> None:
    handler = KinesisHandler(lambda _, __: None, read, consumer="packing", partial_failures=False)
    record = {"eventID": "1", "kinesis": {"sequenceNumber": "1", "data": "/w=="}}
    with pytest.raises(UnreadableError, match="no JSON"):
        handler({"Records": [record]})
