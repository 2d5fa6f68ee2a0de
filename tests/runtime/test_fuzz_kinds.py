"""Whatever arrives by streams, pipes, workers and loops: it runs, or comes again."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.runtime.handling.answering import AnswerHandler
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler, PipeHandler, SnsHandler
from msgc.runtime.handling.streams import KinesisHandler, TableHandler
from msgc.runtime.handling.untyped import UntypedMessage
from msgc.runtime.handling.workers import WorkerHandler
from msgc.runtime.publishing import aws
from msgc.runtime.working.receiver import Receiver
from msgc.runtime.working.worker import Worker
from tests.runtime.messages import Cancelled, Placed, read
from tests.runtime.sqs import URL
from tests.runtime.test_fuzz import BODIES, JSON, SCALARS

NUMBERED = {"kinesis": "sequenceNumber", "dynamodb": "SequenceNumber"}
HANDLERS = {"kinesis": KinesisHandler, "dynamodb": TableHandler}
DATA = BODIES.map(lambda text: b64encode(text.encode("utf-8", "replace")).decode()) | SCALARS


def anything(incoming: Incoming) -> UntypedMessage:
    return UntypedMessage.of(incoming)


def stream_records(service: str, *, whole: bool) -> st.SearchStrategy[list[Any]]:
    inner = st.fixed_dictionaries({}, optional={"data": DATA, "Keys": JSON, "NewImage": JSON})
    one: st.SearchStrategy[Any] = st.fixed_dictionaries(
        {service: inner}, optional={"eventID": SCALARS, "eventName": SCALARS}
    )
    return st.lists(one if whole else one | JSON, max_size=6)


@pytest.mark.parametrize("service", HANDLERS)
@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_stream_begins_again_at_the_first_that_failed(service: str, data: st.DataObject) -> None:
    records = data.draw(stream_records(service, whole=True))
    for number, record in enumerate(records):
        record[service][NUMBERED[service]] = str(number)
    fails = data.draw(st.sets(st.integers(0, 5)))
    ran: list[str] = []

    def handle(_: Any, context: MessageContext) -> None:
        number = context.record[service][NUMBERED[service]]
        if int(number) in fails:
            raise LookupError(number)
        ran.append(number)

    chosen = read if data.draw(st.booleans()) else anything
    made: Any = HANDLERS[service](handle, chosen, consumer="c")
    failed = [each["itemIdentifier"] for each in made({"Records": records})["batchItemFailures"]]
    assert len(failed) <= 1
    begins = int(failed[0]) if failed else len(records)
    assert ran == [str(number) for number in range(begins)]


@pytest.mark.parametrize("service", HANDLERS)
@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_odd_records_of_streams_run_or_come_again(service: str, data: st.DataObject) -> None:
    records: Any = data.draw(stream_records(service, whole=False) | JSON)
    ran: list[Any] = []

    def handle(message: Any, _: MessageContext) -> None:
        ran.append(message)

    made: Any = HANDLERS[service](handle, read, consumer="c")
    try:
        answer = made({"Records": records})
    except Exception:  # noqa: BLE001  # the batch comes again
        return
    assert answer["batchItemFailures"] or len(ran) == len(records)


@settings(deadline=None, max_examples=150)
@given(
    event=JSON | st.lists(JSON | st.just({"order_id": "o-1"}), max_size=5), answers=st.booleans()
)
def test_what_pipes_bring_runs_or_comes_again(event: Any, *, answers: bool) -> None:
    ran: list[Any] = []

    def handle(message: Any, _: MessageContext) -> None:
        ran.append(message)

    def answering(message: Any, _: MessageContext) -> Placed:
        ran.append(message)
        return Placed(order_id="o-1", total=1)

    handled: Any = PipeHandler(handle, anything, consumer="c")
    answered: Any = AnswerHandler(answering, anything, consumer="c")
    made = answered if answers else handled
    try:
        answer = made(event)
    except Exception:  # noqa: BLE001  # the batch comes again
        return
    assert len(ran) == len(event)
    assert answer is None or len(answer) == len(event)


ATTRIBUTES = st.dictionaries(
    st.sampled_from(["message_type", "correlation_id", "traceparent", "x"]),
    st.sampled_from(
        [
            {"DataType": "String", "StringValue": "OrderCancelled"},
            {"DataType": "String", "StringValue": "OrderPlaced"},
            {"DataType": "Number", "StringValue": "1"},
            {"DataType": "Binary", "BinaryValue": b"\xff"},
        ]
    ),
    max_size=3,
)
SYSTEM = st.fixed_dictionaries(
    {}, optional={"MessageGroupId": st.sampled_from(["a", "b"]), "SentTimestamp": st.text()}
)
POLLED = st.lists(
    st.fixed_dictionaries(
        {"Body": BODIES}, optional={"MessageAttributes": ATTRIBUTES, "Attributes": SYSTEM}
    ),
    max_size=12,
)


class Queue:
    """Hands out messages, ten at a time, and then nothing; what has become of them is kept."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        named = [{"MessageId": f"m-{n}", "ReceiptHandle": f"m-{n}"} for n in range(len(messages))]
        self.left = [each | name for each, name in zip(messages, named, strict=True)]
        self.deleted: set[str] = set()
        self.is_empty: Callable[[], object] = lambda: None

    def get_queue_attributes(self, **_: Any) -> Any:
        arn = "arn:aws:sqs:eu-west-1:111122223333:billing"
        return {"Attributes": {"VisibilityTimeout": "30", "QueueArn": arn}}

    def receive_message(self, **_: Any) -> Any:
        some, self.left = self.left[:10], self.left[10:]
        if not some:
            self.is_empty()
        return {"Messages": some}

    def change_message_visibility_batch(self, **_: Any) -> Any:
        return {}

    def delete_message_batch(self, *, Entries: Any, **_: Any) -> Any:  # noqa: N803
        self.deleted.update(each["ReceiptHandle"] for each in Entries)
        return {}


class Bills(Receiver[Any]):
    consumer = "bills"
    service = "shop"
    variable = "SHOP_BILLS_QUEUE_URL"
    fifo = True

    def read(self, incoming: Incoming) -> Placed | Cancelled:
        return read(incoming)


def test_a_worker_deletes_what_has_run_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    @settings(deadline=None, max_examples=25)
    @given(messages=POLLED, by=st.sampled_from(["function", "coroutine", "loop"]))
    def holds(messages: list[dict[str, Any]], by: str) -> None:
        queue, ran = Queue(messages), list[str]()
        monkeypatch.setattr(aws, "client", lambda *_: queue)
        if by == "loop":
            for received in Bills(url=URL).receive(until_empty=True, go_on=True):
                with received:
                    ran.append(received.context.message_id)
        else:

            def handle(_: Placed | Cancelled, context: MessageContext) -> None:
                ran.append(context.message_id)

            async def handle_awaited(_: Placed | Cancelled, context: MessageContext) -> None:
                ran.append(context.message_id)

            function: Any = handle if by == "function" else handle_awaited
            made = WorkerHandler(function, read, consumer="bills", fifo=True)
            worker = Worker(made, (), queue_urls=[URL])
            queue.is_empty = worker.stop
            assert worker.run()
        assert sorted(ran) == sorted(queue.deleted)

    holds()


def sqs(size: int) -> Any:
    told = {"message_type": {"stringValue": "OrderCancelled", "dataType": "String"}}
    records = [
        {"messageId": f"m-{n}", "body": '{"order_id": ' + "1" * (n % 3), "messageAttributes": told,
         "attributes": {"MessageGroupId": str(n % 7)}}
        for n in range(size)
    ]  # fmt: skip
    return {"Records": records}


def sns(size: int) -> Any:
    text = json.dumps({"order_id": "o", **{f"x{n}": ":" for n in range(size)}})
    told = {f"a{n}": {"Type": "String", "Value": "x" * n} for n in range(10)}
    note = {"TopicArn": "a:b", "MessageId": "m", "Message": text, "MessageAttributes": told}
    return {"Records": [{"Sns": {"Type": "Notification", **note}}]}


def event(size: int) -> Any:
    resources = ["=" * 40, *(f"a{n}=b" for n in range(size))]
    detail = {"order_id": "o", "more": [{"n": n} for n in range(size)]}
    head = {"source": "s", "detail-type": "OrderCancelled", "id": "i"}
    return {**head, "detail": detail, "resources": resources}


def clicks(size: int) -> Any:
    data = b64encode(json.dumps({"order_id": "o"}).encode()).decode()
    records = [{"kinesis": {"sequenceNumber": str(n), "data": data}} for n in range(size)]
    return {"Records": records}


def rows(size: int) -> Any:
    return {"Records": [{"dynamodb": {"SequenceNumber": str(n)}} for n in range(size)]}


def ignored(_message: Any, _context: MessageContext) -> None: ...


GROWING: list[tuple[Any, Callable[[int], Any]]] = [
    (SqsHandler(ignored, read, consumer="c", fifo=True), sqs),
    (SnsHandler(ignored, anything, consumer="c"), sns),
    (EventBridgeHandler(ignored, anything, consumer="c"), event),
    (KinesisHandler(ignored, anything, consumer="c"), clicks),
    (TableHandler(ignored, anything, consumer="c"), rows),
]


@pytest.mark.parametrize(("handler", "made"), GROWING)
def test_time_grows_as_the_event_does(handler: Any, made: Callable[[int], Any]) -> None:
    def seconds(size: int) -> float:
        given = made(size)
        best = 10.0
        for _ in range(3):
            begun = time.process_time()
            handler(given)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(4_000) < 40 * max(seconds(400), 0.0005)
