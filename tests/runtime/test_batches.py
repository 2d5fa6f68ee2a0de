"""Batches whose messages are handled at the same time, or that fail as a whole."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.runtime.handling.around import around, around_handlers, no_more_around_handlers
from msgc.runtime.handling.batches import BatchFailedError, batch
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.pushed import SnsHandler
from msgc.runtime.publishing.around import (
    Publishing,
    around_publishing,
    no_more_around_publishing,
)
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.testing.events import sns_event
from tests.runtime.messages import Cancelled, FakeOrdersQueue, Placed, orders, read

CALLER: ContextVar[str] = ContextVar("CALLER", default="")


def event(*groups: str | None) -> dict[str, Any]:
    """A batch whose messages have these groups, numbered."""
    return {
        "Records": [
            {
                "messageId": f"m-{i}",
                "receiptHandle": "r",
                "body": json.dumps({"order_id": f"o-{i}"}),
                "attributes": {"MessageGroupId": group} if group else {},
                "messageAttributes": {
                    "message_type": {"stringValue": "OrderCancelled", "dataType": "String"}
                },
            }
            for i, group in enumerate(groups)
        ]
    }


def failed(handler: Any, *groups: str | None) -> list[str]:
    answer = handler(event(*groups))
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def test_coroutines_run_at_the_same_time() -> None:
    running = most = 0

    @batch(concurrency=4)
    async def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        if message.order_id == "o-3":
            raise LookupError

    handler = SqsHandler(handle, read, consumer="c")
    assert failed(handler, *[None] * 10) == ["m-3"]
    assert most == 4


def test_functions_run_in_threads_that_know_the_context() -> None:
    seen: set[tuple[int, str]] = set()
    together = threading.Barrier(3, timeout=5)

    @batch(concurrency=3)
    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        together.wait()
        seen.add((threading.get_ident(), CALLER.get()))
        if message.order_id == "o-1":
            raise LookupError

    token = CALLER.set("invocation")
    try:
        assert failed(SqsHandler(handle, read, consumer="c"), *[None] * 3) == ["m-1"]
    finally:
        CALLER.reset(token)
    assert len(seen) == 3
    assert {caller for _, caller in seen} == {"invocation"}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12),
    st.booleans(),
    st.integers(1, 4),
)
def test_the_order_of_a_group_is_kept(
    batch_of: list[tuple[str, bool]],
    coroutine: bool,  # noqa: FBT001  # hypothesis hands it over
    concurrency: int,
) -> None:
    ran: list[tuple[str, int]] = []

    def run(message: Placed | Cancelled, context: MessageContext) -> None:
        number = int(message.order_id[2:])
        ran.append((str(context.group), number))
        if batch_of[number][1]:
            raise LookupError

    async def run_awaited(message: Placed | Cancelled, context: MessageContext) -> None:
        await asyncio.sleep(0)
        run(message, context)

    function: Any = batch(concurrency=concurrency)(run_awaited if coroutine else run)
    handler: Any = SqsHandler(function, read, consumer="c", fifo=True)
    found = failed(handler, *(group for group, _ in batch_of))
    for group in "abc":
        places = [i for i, (each, _) in enumerate(batch_of) if each == group]
        bad = next((i for i in places if batch_of[i][1]), None)
        stops = [i for i in places if bad is not None and i >= bad]
        assert [number for each, number in ran if each == group] == [
            i for i in places if bad is None or i <= bad
        ]
        assert set(stops) == {i for i in places if f"m-{i}" in found}


def test_a_batch_that_fails_whole_is_an_error() -> None:
    @batch(raise_if_all_failed=True)
    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        if message.order_id != "o-9":
            raise ConnectionError(message.order_id)

    handler = SqsHandler(handle, read, consumer="billing", fifo=True)
    with pytest.raises(BatchFailedError) as caught:
        handler(event("a", "a", "b"))
    assert [str(each) for each in caught.value.errors] == ["o-0", "o-2"]
    assert "`billing` failed with the whole batch, at first with ConnectionError: o-0" in str(
        caught.value
    )
    assert len(failed(handler, *"abcdefghij")) == 9
    assert handler({"Records": []}) == {"batchItemFailures": []}


def test_batches_are_of_queues() -> None:
    @batch(concurrency=2)
    def handle(message: Placed | Cancelled, context: MessageContext) -> None: ...

    with pytest.raises(TypeError, match="`handle` is no handler of a queue's batches"):
        SnsHandler(handle, read, consumer="c")
    with pytest.raises(ValueError, match="at least 1, not 0"):
        batch(concurrency=0)


def test_a_record_without_an_id_brings_the_batch_back() -> None:
    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        raise LookupError

    handler = SqsHandler(handle, read, consumer="c")
    for record in ({}, 7, {"messageId": 5, "body": "{}"}, None, {"messageId": "", "body": "{}"}):
        with pytest.raises(ValueError, match="a record without a `messageId`"):
            handler({"Records": [*event(None)["Records"], record]})


# Hooks


@contextmanager
def noting(message: Any, context: MessageContext) -> Iterator[None]:
    NOTES.append(f"{message.order_id} for {context.consumer}")
    try:
        yield
    except LookupError:
        NOTES.append("failed")
        raise
    NOTES.append("handled")


NOTES: list[str] = []


@pytest.fixture(autouse=True)
def _no_notes() -> None:
    NOTES.clear()


def test_hooks_are_around_one_function() -> None:
    @around(noting)
    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        NOTES.append("runs")
        if message.order_id == "o-1":
            raise LookupError

    assert failed(SqsHandler(handle, read, consumer="c"), None, None) == ["m-1"]
    assert NOTES == ["o-0 for c", "runs", "handled", "o-1 for c", "runs", "failed"]


def test_hooks_are_around_coroutines() -> None:
    @around(noting)
    async def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        await asyncio.sleep(0)
        NOTES.append("runs")

    assert failed(SqsHandler(handle, read, consumer="c"), None) == []
    assert NOTES == ["o-0 for c", "runs", "handled"]


def test_hooks_are_around_all_handlers() -> None:
    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        NOTES.append("runs")

    assert around_handlers(noting) is noting
    try:
        failed(SqsHandler(handle, read, consumer="c"), None)
        SnsHandler(handle, read, consumer="d")(sns_event(Cancelled(order_id="o-7")))
    finally:
        no_more_around_handlers(noting)
    failed(SqsHandler(handle, read, consumer="c"), None)
    assert NOTES == ["o-0 for c", "runs", "handled", "o-7 for d", "runs", "handled", "runs"]


def test_hooks_are_around_publishing() -> None:
    seen: list[Any] = []

    @around_publishing
    @contextmanager
    def counting(call: Publishing) -> Iterator[None]:
        seen.append((call.publisher, call.service, call.address, len(call.messages), call.many))
        try:
            yield
        except PublishError as error:
            seen.append(error.failed[0].code)
            raise
        seen.append(len(call.message_ids))

    queue = FakeOrdersQueue()
    try:
        queue.publish(Cancelled(order_id="o"), correlation_id="c")
        queue.publish_many(orders(12))
        queue.fail_next("Odd")
        with pytest.raises(PublishError):
            queue.publish(Cancelled(order_id="o"))
    finally:
        no_more_around_publishing(counting)
    queue.publish(Cancelled(order_id="o"))
    name = ("FakeOrdersQueue", "sqs", "in-memory")
    assert seen == [(*name, 1, False), 1, (*name, 12, True), 12, (*name, 1, False), "Odd"]


def test_no_hook_makes_a_failure_a_success() -> None:
    @around_publishing
    @contextmanager
    def swallowing(_: Publishing) -> Iterator[None]:
        with suppress(PublishError):
            yield

    queue = FakeOrdersQueue()
    queue.fail_next("Odd")
    try:
        with pytest.raises(RuntimeError, match="swallowed an error of publishing"):
            queue.publish(Cancelled(order_id="o"))
    finally:
        no_more_around_publishing(swallowing)
