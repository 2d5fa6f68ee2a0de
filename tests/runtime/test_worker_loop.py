"""The loop of a worker without AWS: what it is told, what it says, and what it tries again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from msgc.runtime.errors import AddressError
from msgc.runtime.handling.batches import batch
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.workers import WorkerHandler
from msgc.runtime.publishing import aws
from msgc.runtime.working.backoff import Backoff
from msgc.runtime.working.health import Meter, Polls
from msgc.runtime.working.heartbeat import Heartbeat
from msgc.runtime.working.held import Holding
from msgc.runtime.working.queues import WorkedQueue
from msgc.runtime.working.worker import Worker
from tests.emulator.waiting import eventually
from tests.runtime.messages import Cancelled, Placed, read
from tests.runtime.sqs import URL, Sqs


def handler_of(fn: Any) -> WorkerHandler[Any, Any]:
    return WorkerHandler(fn, read, consumer="billing", service="shop")


def nothing(message: Placed | Cancelled, context: MessageContext) -> None: ...


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Worker, list[Any]]]]:
    """Starts workers in threads; each comes with a list for what its `run` returns or raises."""
    threads: list[tuple[Worker, threading.Thread]] = []

    def start(sqs: Sqs, fn: Any = nothing, **options: Any) -> tuple[Worker, list[Any]]:
        monkeypatch.setattr(aws, "client", lambda *_: sqs)
        worker = Worker(handler_of(fn), (), queue_urls=[URL], **options)
        ended: list[Any] = []

        def run() -> None:
            try:
                ended.append(worker.run())
            except BaseException as error:  # noqa: BLE001
                ended.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        threads.append((worker, thread))
        return worker, ended

    yield start
    for worker, thread in threads:
        worker.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_what_is_handled_is_deleted_and_measured(running: Any) -> None:
    counts: dict[str, float] = {}

    def measure(metric: str, value: float, queue: str) -> None:
        assert queue == "billing"
        counts[metric] = counts.get(metric, 0) + value

    sqs = Sqs(*(f"m-{n}" for n in range(25)))
    worker, ended = running(sqs, measure=measure)
    eventually(lambda: len(sqs.deleted) == 25, "all is deleted")
    health = worker.health
    assert (health.running, health.waiting, health.is_alive) == (0, 0, True)
    assert health.last_poll is not None
    worker.stop()
    eventually(lambda: ended, "it stops")
    assert ended == [True]
    assert worker.health.stopping
    assert counts.pop("seconds") >= 0
    assert counts == {"received": 25, "succeeded": 25, "deleted": 25}


def test_several_queues_are_read_side_by_side(
    running: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = {URL: Sqs("m-1", "m-2"), f"{URL}-urgent": Sqs("m-3")}
    started = running(Sqs())[0]
    started.stop()

    class Each:
        """Asks the queue that a call is about."""

        def __getattr__(self, name: str) -> Any:
            return lambda QueueUrl, **given: getattr(both[QueueUrl], name)(**given)  # noqa: N803

    monkeypatch.setattr(aws, "client", lambda *_: Each())
    worker = Worker(handler_of(nothing), (), queue_urls=[*both, URL])
    thread = threading.Thread(target=worker.run)
    thread.start()
    eventually(lambda: [len(each.deleted) for each in both.values()] == [2, 1], "all is deleted")
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_calls_that_fail_are_made_again(running: Any) -> None:
    sqs = Sqs("m-1", receive_message=2, delete_message_batch=3)
    running(sqs)
    eventually(lambda: sqs.deleted == ["m-1"], "it is deleted")
    assert sqs.calls.count("delete_message_batch") == 4


def test_what_cannot_be_deleted_is_told(running: Any, caplog: pytest.LogCaptureFixture) -> None:
    sqs = Sqs("m-1", "lost")
    running(sqs)
    eventually(lambda: "message lost was handled and can't be deleted" in caplog.text, "it's told")
    assert sqs.calls.count("delete_message_batch") == 1


def test_a_failing_measure_fails_no_message(running: Any, caplog: pytest.LogCaptureFixture) -> None:
    sqs = Sqs("m-1")
    running(sqs, measure=lambda *_: 1 / 0)
    eventually(lambda: sqs.deleted == ["m-1"], "it is deleted")
    assert caplog.text.count("`measure` failed") == 1


def test_an_exit_in_a_handler_stops_the_worker_and_gives_the_message_back(running: Any) -> None:
    def leave(_message: Placed | Cancelled, _context: MessageContext) -> None:
        raise SystemExit(3)

    sqs = Sqs("m-1")
    _, ended = running(sqs, leave)
    eventually(lambda: ended, "it stops")
    assert isinstance(ended[0], SystemExit)
    assert (sqs.deleted, sqs.released) == ([], ["m-1"])


def test_a_queue_that_cannot_be_read(running: Any) -> None:
    _, ended = running(Sqs(get_queue_attributes=1))
    eventually(lambda: ended, "it stops")
    assert isinstance(ended[0], AddressError)
    assert str(ended[0]) == f"nothing can be received from {URL}: get_queue_attributes failed"


def test_what_it_could_not_keep_is_left_to_others(running: Any) -> None:
    """Calls that keep messages invisible fail; the first handler takes longer than they may."""
    counts: dict[str, float] = {}
    begun: list[str] = []

    def slow(message: Placed | Cancelled, _: MessageContext) -> None:
        begun.append(message.order_id)
        time.sleep(2.2)

    sqs = Sqs("m-1", "m-2", change_message_visibility_batch=1_000)
    running(
        sqs, slow, concurrency=1, visibility=2,
        measure=lambda metric, value, _: counts.__setitem__(metric, value),
    )  # fmt: skip
    eventually(lambda: sqs.deleted == ["m-1"] and "expired" in counts, "the first is deleted")
    assert (begun, counts["expired"]) == (["m-1"], 1)


@pytest.mark.parametrize("meanwhile", ["handled", "deleted", "running"])
def test_what_is_deleted_while_it_is_kept_invisible_is_no_failure(
    meanwhile: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQS refuses the call about it, which was under way already; of what runs that is told."""

    class Busy(Sqs):
        def change_message_visibility_batch(self, *, Entries: Any, **_: Any) -> Any:  # noqa: N803
            held.handled = meanwhile == "handled"
            if meanwhile == "deleted":
                holding.remove([held])
            fault = {"SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message": "gone"}
            return {"Failed": [{**fault, "Id": each["Id"]} for each in Entries]}

    monkeypatch.setattr(aws, "client", lambda *_: Busy("o-1"))
    queue = WorkedQueue(URL, 30)
    queue.open()
    (held,) = queue.receive(1, 10)
    holding, metrics = Holding(), [""]
    holding.add([held])
    held.extend_at = 0
    meter = Meter(lambda metric, _value, _queue: metrics.append(metric))
    Heartbeat(holding, meter).beat()
    failed = meanwhile == "running"
    assert ("can't be kept invisible" in caplog.text) == failed
    assert ("errors" in metrics) == failed


def test_a_stop_gives_back_what_waits_when_nobody_asks_for_more(running: Any) -> None:
    go = threading.Event()

    def waits(_message: Placed | Cancelled, _context: MessageContext) -> None:
        go.wait(10)

    sqs = Sqs("m-1", "m-2", "m-3")
    worker, ended = running(sqs, waits, concurrency=1)
    eventually(lambda: worker.health.running == 1, "the first runs")
    assert worker.health.waiting == 2
    worker.stop()
    eventually(lambda: len(sqs.released) == 2, "the others are given back")
    assert not ended
    go.set()
    eventually(lambda: ended, "it stops")
    assert (ended, sqs.deleted, sqs.released) == ([True], ["m-1"], ["m-2", "m-3"])


def test_a_file_shows_that_it_works(running: Any, tmp_path: Path) -> None:
    running(Sqs(), health_file=tmp_path / "alive")
    eventually((tmp_path / "alive").exists, "the file is there")


def test_silence_is_late_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    polls = Polls([URL], wait=20)
    assert (polls.is_late, polls.last) == (False, None)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert polls.is_late
    polls.answered(URL)
    assert not polls.is_late


def test_pauses_double_up_to_a_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda _, most: most)
    backoff = Backoff(1.0, 5.0)
    assert [backoff.next() for _ in range(5)] == [1, 2, 4, 5, 5]
    backoff.reset()
    assert backoff.next() == 1


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"concurrency": 0}, ValueError, "`concurrency` is from 1 to 1000, not 0"),
        ({"batch": 11}, ValueError, "`batch` is from 1 to 10, not 11"),
        ({"wait": "20"}, TypeError, "`wait` is a number, not '20'"),
        ({"patience": 1}, TypeError, "a worker has no option `patience`"),
        ({}, AddressError, "the environment variable A_URL and B_URL is not set"),
    ],
)
def test_wrong_options(options: Any, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        Worker(handler_of(nothing), ("A_URL", "B_URL"), **options)


def test_what_is_no_handler() -> None:
    with pytest.raises(TypeError, match="is no handler of a worker"):
        Worker(nothing, (), queue_urls=[URL])  # type: ignore[arg-type]
    decorated = handler_of(batch(raise_if_all_failed=True)(nothing))
    with pytest.raises(TypeError, match="about invocations of Lambda"):
        Worker(decorated, (), queue_urls=[URL])
