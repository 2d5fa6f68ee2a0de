"""Whatever arrives: nothing is acknowledged that hasn't run, and no record takes others with it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.runtime.handling.batches import batch
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.pushed import DirectHandler, EventBridgeHandler, MixedHandler, SnsHandler
from tests.runtime.messages import Cancelled, Placed, read, read_event_in_queue

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["Type", "TopicArn", "MessageId", "Message", "MessageAttributes", "source", "detail-type",
     "detail", "id", "time", "resources", "order_id", "total", "note", "Records"]
)  # fmt: skip
BODIES = (
    st.text(max_size=20)
    | JSON.map(lambda value: json.dumps(value, allow_nan=True))
    | st.dictionaries(NAMES, JSON | st.just("o-1")).map(json.dumps)
    | st.sampled_from(['{"order_id": "o-1"}', '{"order_id": "o-1", "total": 2}', "{", ""])
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["message_type", "correlation_id", "traceparent", "x"]),
    JSON
    | st.sampled_from(["OrderCancelled", "OrderPlaced", "y"]).map(
        lambda value: {"stringValue": value, "dataType": "String"}
    ),
    max_size=3,
)
SYSTEM = st.dictionaries(
    st.sampled_from(["MessageGroupId", "ApproximateReceiveCount", "SentTimestamp"]),
    st.sampled_from(["a", "b", "1", "-", ""]) | SCALARS,
)


def records(identified: bool) -> st.SearchStrategy[list[Any]]:  # noqa: FBT001
    """Records as SQS has them, each part of which may be anything; with ids, or perhaps without."""
    one = st.fixed_dictionaries(
        {},
        optional={
            "body": BODIES | JSON,
            "attributes": SYSTEM | JSON,
            "messageAttributes": ATTRIBUTES | JSON,
            "receiptHandle": SCALARS,
            "eventSourceARN": SCALARS,
        },
    )
    if not identified:
        one = one | JSON  # type: ignore[operator]
    return st.lists(one, max_size=6)


def handler(ran: list[str], function: Callable[..., Any], **options: Any) -> Any:
    def handle(_: Placed | Cancelled, context: MessageContext) -> None:
        ran.append(context.message_id)

    async def handle_awaited(_: Placed | Cancelled, context: MessageContext) -> None:
        ran.append(context.message_id)

    chosen = handle_awaited if options.pop("awaited", False) else handle
    return SqsHandler(function(chosen), read, consumer="c", **options)


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "fifo": {"fifo": True},
    "at-once": {"function": batch(concurrency=3), "fifo": True},
    "awaited": {"function": batch(concurrency=3), "awaited": True},
}


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=150)
@given(batch_of=records(identified=True))
def test_what_has_not_run_is_not_acknowledged(kind: str, batch_of: list[dict[str, Any]]) -> None:
    ran: list[str] = []
    options = {"function": lambda function: function, **KINDS[kind]}
    for number, record in enumerate(batch_of):
        record["messageId"] = f"m-{number}"
    answer = handler(ran, **options)({"Records": batch_of})
    failed = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
    assert sorted([*failed, *ran]) == sorted(record["messageId"] for record in batch_of)


@settings(deadline=None, max_examples=150)
@given(batch_of=records(identified=False))
def test_a_record_that_is_none_brings_all_back(batch_of: list[Any]) -> None:
    ran: list[str] = []
    made = handler(ran, lambda function: function, fifo=True)
    try:
        answer = made({"Records": batch_of})
    except Exception:  # noqa: BLE001  # the whole batch comes again
        return
    assert len(answer["batchItemFailures"]) + len(ran) == len(batch_of)


@settings(deadline=None, max_examples=150)
@given(event=JSON | st.dictionaries(NAMES | st.just("Sns"), JSON), by=st.integers(0, 4))
def test_events_of_any_shape_run_or_raise(event: Any, by: int) -> None:
    ran: list[Any] = []

    def handle(message: Any, _: MessageContext) -> None:
        ran.append(message)

    sns: Any = SnsHandler(handle, read, consumer="c")
    bus: Any = EventBridgeHandler(handle, read, consumer="c")
    alone: Any = DirectHandler(handle, read, consumer="c")
    queue: Any = SqsHandler(handle, read_event_in_queue, consumer="c")
    mixed: Any = MixedHandler(sns=sns, eventbridge=bus, sqs=queue)
    made = (sns, bus, alone, queue, mixed)[by]
    try:
        answer = made(event)
    except Exception:  # noqa: BLE001  # Lambda tries again
        return
    told = len(answer["batchItemFailures"]) if answer else 0
    given = event.get("Records", [event])
    assert told + len(ran) == len(given), "each has run, or is told"


@pytest.mark.parametrize(
    "body",
    [
        lambda size: "[" * size,
        lambda size: '{"a":' * size,
        lambda size: '{"order_id": "' + "\\u0022" * size + '"}',
        lambda size: '{"order_id": ' + "9" * size + "}",
        lambda size: json.dumps({"order_id": "o", **{f"x{i}": ":" for i in range(size // 10)}}),
        lambda size: json.dumps({"order_id": ["o"] * (size // 5)}),
    ],
    ids=["arrays", "objects", "escapes", "digits", "names", "list"],
)
def test_time_grows_as_the_body_does(body: Callable[[int], str]) -> None:
    made = handler([], lambda function: function)

    def seconds(size: int) -> float:
        told = {"message_type": {"stringValue": "OrderCancelled", "dataType": "String"}}
        record = {"messageId": "m", "body": body(size), "messageAttributes": told}
        best = 10.0
        for _ in range(3):
            begun = time.process_time()
            made({"Records": [record]})
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(200_000) < 40 * max(seconds(20_000), 0.001)
