"""Loops of one's own over a queue, without AWS: what is deleted, and what comes again."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from msgc.runtime.errors import AddressError, UnreadableError
from msgc.runtime.handling.around import around_handlers, no_more_around_handlers
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.verdicts import DeadLetter, Retry
from msgc.runtime.publishing import aws
from msgc.runtime.working.received import Received
from msgc.runtime.working.receiver import Receiver
from tests.emulator.waiting import eventually
from tests.runtime.messages import Cancelled, Placed, read
from tests.runtime.sqs import URL, Sqs


class Receipts(Receiver[Any]):
    consumer = "receipts"
    service = "shop"
    variable = "SHOP_RECEIPTS_QUEUE_URL"

    def read(self, incoming: Incoming) -> Placed | Cancelled:
        return read(incoming)


class Turns(Receipts):
    fifo = True


class Asked(Sqs):
    """Answers what verdicts ask for, too, and hands out what is given back."""

    def __init__(self, *ids: str, group: str = "", **fails: int) -> None:
        super().__init__(*ids, **fails)
        self.group = group
        self.hidden: list[tuple[str, int]] = []
        self.moved: list[str] = []

    def receive_message(self, **given: Any) -> Any:
        answer = super().receive_message(**given)
        for each in answer.get("Messages", ()):
            each["Attributes"] = {"MessageGroupId": self.group or each["MessageId"]}
        return answer

    def get_queue_attributes(self, **given: Any) -> Any:
        answer = super().get_queue_attributes(**given)
        target = '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:billing-dlq"}'
        answer["Attributes"]["RedrivePolicy"] = target
        return answer

    def change_message_visibility(self, **given: Any) -> None:
        self.hidden.append((given["ReceiptHandle"], given["VisibilityTimeout"]))

    def send_message(self, **given: Any) -> None:
        self.moved.append(given["MessageBody"])


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Any:
    def made(*ids: str, **options: Any) -> Asked:
        sqs = Asked(*ids, **options)
        monkeypatch.setattr(aws, "client", lambda *_: sqs)
        return sqs

    return made


def numbered(count: int) -> list[str]:
    return [f"m-{n}" for n in range(count)]


def test_what_was_handled_is_deleted(queue: Any) -> None:
    sqs, seen, counts = queue(*numbered(25)), [], dict[str, float]()

    def measure(metric: str, value: float, name: str) -> None:
        assert name == "billing"
        counts[metric] = counts.get(metric, 0) + value

    loop = Receipts(url=URL).receive(until_empty=True, measure=measure)
    for received in loop:
        with received as message:
            assert received.context.message_id not in sqs.deleted
            assert (received.context.consumer, received.context.service) == ("receipts", "shop")
            seen.append(message.order_id)
            assert loop.health.running >= 1
    assert seen == numbered(25)
    assert sorted(sqs.deleted) == sorted(seen)
    assert counts.pop("seconds") >= 0
    assert counts == {"received": 25, "succeeded": 25, "deleted": 25}
    assert loop.health.stopping
    with pytest.raises(RuntimeError, match="doesn't begin again"):
        next(iter(loop))


def test_an_error_ends_the_loop_and_the_rest_is_given_back(
    queue: Any, caplog: pytest.LogCaptureFixture
) -> None:
    sqs = queue(*numbered(4))

    def run() -> None:
        for received in Receipts(url=URL).receive():
            with received as message:
                if message.order_id == "m-1":
                    raise LookupError(message.order_id)

    with pytest.raises(LookupError, match="m-1"):
        run()
    assert sqs.deleted == ["m-0"]
    assert sqs.released == ["m-2", "m-3"]  # m-1 comes when its time is over
    assert "receipts: message m-1 failed: m-1" in caplog.text


def test_it_goes_on_where_that_is_said(queue: Any, caplog: pytest.LogCaptureFixture) -> None:
    sqs = queue(*numbered(4))
    for received in Receipts(url=URL).receive(until_empty=True, go_on=True):
        with received as message:
            if message.order_id == "m-1":
                raise LookupError(message.order_id)
    assert sorted(sqs.deleted) == ["m-0", "m-2", "m-3"]
    assert caplog.text.count("LookupError: m-1") == 1


def test_verdicts_are_carried_out_and_end_nothing(queue: Any) -> None:
    sqs = queue(*numbered(3))
    for received in Receipts(url=URL).receive(until_empty=True):
        with received as message:
            if message.order_id == "m-0":
                raise Retry(after=90)
            if message.order_id == "m-1":
                raise DeadLetter(message.order_id)
    assert sorted(sqs.deleted) == ["m-1", "m-2"]
    assert sqs.hidden == [("m-0", 90)]
    assert sqs.moved == ['{"order_id": "m-1"}']


def test_a_failure_holds_its_group_back(queue: Any) -> None:
    sqs = queue(*numbered(4), group="a")
    seen: list[str] = []
    for received in Turns(url=URL).receive(until_empty=True, go_on=True, concurrency=3):
        with received as message:
            seen.append(message.order_id)
            if message.order_id == "m-1":
                raise Retry(after=5)
    assert seen == ["m-0", "m-1"]
    assert sqs.deleted == ["m-0"]
    assert sqs.hidden == [("m-1", 5), ("m-2", 5), ("m-3", 5)]


def test_a_break_inside_the_block_has_handled_it(queue: Any) -> None:
    sqs = queue(*numbered(3))
    for received in Receipts(url=URL).receive():
        with received:
            break
    assert (sqs.deleted, sqs.released) == (["m-0"], ["m-1", "m-2"])


def test_what_nobody_began_with_is_given_back(queue: Any) -> None:
    sqs = queue(*numbered(2))
    for _ in Receipts(url=URL).receive():
        break
    assert (sqs.deleted, sorted(sqs.released)) == ([], ["m-0", "m-1"])


def test_an_exit_gives_the_message_back_at_once(queue: Any) -> None:
    sqs = queue(*numbered(2))

    def run() -> None:
        for received in Receipts(url=URL).receive():
            with received:
                sys.exit(3)

    with pytest.raises(SystemExit):
        run()
    assert (sqs.deleted, sqs.released) == ([], ["m-0", "m-1"])


def test_a_message_that_nobody_finishes_is_told(queue: Any) -> None:
    sqs = queue(*numbered(2))
    loop = iter(Receipts(url=URL).receive())
    received = next(loop)
    with pytest.raises(RuntimeError, match="`with received as message:`"):
        next(loop)
    received.done()  # others may have it
    assert (sqs.deleted, sorted(sqs.released)) == ([], ["m-0", "m-1"])


def test_messages_are_finished_by_hand(queue: Any) -> None:
    sqs = queue(*numbered(3))
    ways: list[Any] = [
        lambda received: received.done(),
        lambda received: received.fail(Retry(after=7)),
        lambda received: received.give_back(),
    ]
    for received, way in zip(Receipts(url=URL).receive(until_empty=True), ways, strict=False):
        way(received)
        received.done()  # which is over
        with pytest.raises(RuntimeError, match="handled already"):
            received.__enter__()
    assert (sqs.deleted, sqs.hidden, sqs.released) == (["m-0"], [("m-1", 7)], ["m-2"])


def test_done_inside_the_block_counts_whatever_comes(queue: Any) -> None:
    sqs = queue("m-0")

    def run() -> None:
        for received in Receipts(url=URL).receive():
            with received:
                received.done()
                raise LookupError

    with pytest.raises(LookupError):
        run()
    assert sqs.deleted == ["m-0"]


class Picky(Receipts):
    def read(self, incoming: Incoming) -> Placed | Cancelled:
        if incoming.body["order_id"] in {"m-0", "m-2"}:
            raise UnreadableError(incoming.context.message_id)
        return read(incoming)


def test_what_cannot_be_read_comes_again(queue: Any, caplog: pytest.LogCaptureFixture) -> None:
    sqs = queue(*numbered(3))
    for received in Picky(url=URL).receive(until_empty=True):
        with received as message:
            assert message.order_id == "m-1"
    assert sqs.deleted == ["m-1"]
    assert "message m-0 can't be read: m-0" in caplog.text


def test_what_cannot_be_read_is_given_to_a_function(queue: Any) -> None:
    sqs, kept = queue(*numbered(3)), []

    def keep(record: Mapping[str, Any], error: Exception) -> None:
        if record["messageId"] == "m-2":
            raise DeadLetter(str(error))
        kept.append((record["body"], str(error)))

    for received in Picky(url=URL).receive(until_empty=True, unreadable=keep):
        with received:
            pass
    assert kept == [('{"order_id": "m-0"}', "m-0")]
    assert sorted(sqs.deleted) == numbered(3)
    assert sqs.moved == ['{"order_id": "m-2"}']


def test_hooks_are_around_the_block(queue: Any) -> None:
    queue(*numbered(2))
    said: list[str] = []

    @contextmanager
    def hook(_message: Any, context: MessageContext) -> Any:
        said.append(f"in {context.message_id}")
        try:
            yield
        except LookupError:
            said.append(f"swallows {context.message_id}")

    around_handlers(hook)
    try:
        for received in Receipts(url=URL).receive(until_empty=True):
            with received as message:
                raise LookupError(message.order_id)
    finally:
        no_more_around_handlers(hook)
    assert said == ["in m-0", "swallows m-0", "in m-1", "swallows m-1"]


def test_a_hook_that_fails_fails_the_message(queue: Any) -> None:
    sqs = queue("m-0")

    @contextmanager
    def hook(_message: Any, _: MessageContext) -> Any:
        yield
        raise LookupError

    def run() -> None:
        for received in Receipts(url=URL).receive(until_empty=True):
            with received:
                pass

    around_handlers(hook)
    try:
        with pytest.raises(LookupError):
            run()
    finally:
        no_more_around_handlers(hook)
    assert sqs.deleted == []


def test_a_signal_ends_it_after_the_message_at_hand(queue: Any) -> None:
    sqs, before = queue(*numbered(3)), signal.getsignal(signal.SIGTERM)
    for received in Receipts(url=URL).receive():
        with received:
            os.kill(os.getpid(), signal.SIGTERM)
    assert (sqs.deleted, sqs.released) == (["m-0"], ["m-1", "m-2"])
    assert signal.getsignal(signal.SIGTERM) is before


def test_signals_can_be_left_alone(queue: Any) -> None:
    queue("m-0")
    before = signal.getsignal(signal.SIGTERM)
    for received in Receipts(url=URL).receive(until_empty=True, signals=False):
        with received:
            assert signal.getsignal(signal.SIGTERM) is before


def test_another_thread_stops_it(queue: Any) -> None:
    queue()
    loop = Receipts(url=URL).receive()
    threading.Timer(0.1, loop.stop).start()
    assert list(loop) == []


def test_several_threads_share_a_loop(queue: Any) -> None:
    sqs, running, most = queue(*numbered(12)), 0, 0
    lock = threading.Lock()

    def handle(received: Received[Any]) -> None:
        nonlocal running, most
        with received:
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1

    for received in Receipts(url=URL).receive(until_empty=True, concurrency=3):
        threading.Thread(target=handle, args=[received]).start()
    eventually(lambda: len(sqs.deleted) == 12, "all is deleted")
    assert most == 3


def test_coroutines(queue: Any, caplog: pytest.LogCaptureFixture) -> None:
    sqs = queue(*numbered(12))
    seen: list[str] = []

    async def run() -> None:
        async for received in Receipts(url=URL).receive(until_empty=True, go_on=True):
            async with received as message:
                await asyncio.sleep(0)
                seen.append(message.order_id)
                if message.order_id == "m-3":
                    raise LookupError(message.order_id)
                if message.order_id == "m-4":
                    raise Retry(after=3)

    asyncio.run(run())
    assert seen == numbered(12)
    assert len(sqs.deleted) == 10
    assert sqs.hidden == [("m-4", 3)]
    assert "m-3 failed" in caplog.text


def test_tasks(queue: Any) -> None:
    sqs, running, most = queue(*numbered(12)), 0, 0

    async def handle(received: Received[Any]) -> None:
        nonlocal running, most
        async with received:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.02)
            running -= 1

    async def run() -> None:
        async with asyncio.TaskGroup() as tasks:
            async for received in Receipts(url=URL).receive(until_empty=True, concurrency=4):
                tasks.create_task(handle(received))

    asyncio.run(run())
    assert len(sqs.deleted) == 12
    assert most == 4


def test_a_task_that_is_cancelled_gives_its_message_back(queue: Any) -> None:
    sqs = queue(*numbered(2))
    began = asyncio.Event()

    async def run() -> None:
        async for received in Receipts(url=URL).receive():
            async with received:
                began.set()
                await asyncio.sleep(60)

    async def main() -> None:
        task = asyncio.create_task(run())
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    eventually(lambda: sorted(sqs.released) == ["m-0", "m-1"], "all is given back")
    assert sqs.deleted == []


def test_what_others_could_get_is_told(queue: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A thread goes on after the deadline: its message was given back."""
    sqs, ends, began = queue("m-0"), threading.Event(), threading.Event()

    def handle(received: Received[Any]) -> None:
        with received:
            began.set()
            ends.wait(10)

    threads: list[threading.Thread] = []
    loop = Receipts(url=URL).receive(concurrency=2, deadline=1, wait=1)
    for received in loop:
        threads.append(threading.Thread(target=handle, args=[received]))
        threads[-1].start()
        began.wait(10)
        loop.stop()
    ends.set()
    threads[0].join(10)
    assert (sqs.deleted, sqs.released) == ([], ["m-0"])
    assert "message m-0 was handled after others could get it" in caplog.text


def test_calls_that_fail_are_made_again(queue: Any) -> None:
    sqs = queue("m-0", receive_message=1, delete_message_batch=2)
    for received in Receipts(url=URL).receive(until_empty=True):
        with received:
            pass
    assert sqs.deleted == ["m-0"]


def test_where_it_receives_from(
    queue: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(AddressError, match="SHOP_RECEIPTS_QUEUE_URL is not set"):
        Receipts().receive()
    queue()
    monkeypatch.setenv("SHOP_RECEIPTS_QUEUE_URL", URL)
    assert list(Receipts().receive(until_empty=True)) == []
    assert "receipts: receiving from billing, handling 1 at a time" in caplog.text
    queue(get_queue_attributes=1)
    with pytest.raises(AddressError, match="nothing can be received from"):
        list(Receipts().receive())
    with pytest.raises(AddressError, match="`no` is no URL of a queue"):
        list(Receipts(url="no").receive())

    class Parameters:
        def get_parameter(self, *, Name: str) -> Any:  # noqa: N803
            return {"Parameter": {"Value": f"arn:aws:sqs:eu-west-1:111122223333:{Name[1:]}"}}

    class Found(Receipts):
        parameter = "/receipts"

    ssm: Any = Parameters()
    assert Found.from_parameters(ssm=ssm).url.endswith("/111122223333/receipts")
    with pytest.raises(AddressError, match="Receipts has no Systems Manager parameter"):
        Receipts.from_parameters(ssm=ssm)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"batch": 11}, "`batch` is from 1 to 10, not 11"),
        ({"concurrency": "2"}, "`concurrency` is a number, not '2'"),
        ({"pause": 1}, "`receive` has no option `pause`"),
    ],
)
def test_options_that_are_wrong(options: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        Receipts(url=URL).receive(**options)
