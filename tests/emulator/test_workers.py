"""Processes that are workers: killed in mid-batch, slow, failing, several at a time."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.account import Account
from tests.emulator.yard import Yard, built_in, stopped, with_queues


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_in(tmp_path_factory.mktemp("yard") / "yard")


@pytest.fixture
def yard(built: Path, account: Account) -> Iterator[Yard]:
    yield from with_queues(built, account)


@pytest.mark.parametrize("handler", ["dig", "dig_awaited"])
def test_sigterm_finishes_what_runs_and_gives_back_the_rest(yard: Yard, handler: str) -> None:
    yard.send(30)
    first = yard.start(handler, "--concurrency", "2", SECONDS_EACH="0.4")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 2, "the first jobs are done")
    code, said = stopped(first)
    assert code == 0, said
    assert Counter(yard.numbers("begin")) == Counter(yard.numbers("end")), said
    done = len(yard.numbers("end"))
    assert done < 30
    second = yard.start(handler, "--concurrency", "10")
    yard.waits_for(lambda: len(yard.numbers("end")) == 30, "the others are done")
    assert sorted(yard.numbers("end")) == [*range(30)]
    yard.waits_for(lambda: yard.is_empty(yard.jobs), "all is deleted")
    assert stopped(second)[0] == 0


def test_after_sigkill_all_comes_again(yard: Yard) -> None:
    yard.send(20)
    first = yard.start("dig", "--concurrency", "3", SECONDS_EACH="0.3")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 4, "the first jobs are done")
    first.kill()
    first.wait()
    yard.start("dig")
    yard.waits_for(lambda: set(yard.numbers("end")) == {*range(20)}, "all jobs are done")
    yard.waits_for(lambda: yard.is_empty(yard.jobs), "all is deleted")
    again = Counter(yard.numbers("end"))
    assert sum(count - 1 for count in again.values()) <= 13  # what it held, at most


@pytest.mark.parametrize("handler", ["dig", "dig_awaited", "dig_in_thread"])
def test_what_takes_longer_than_the_deadline_is_given_back(yard: Yard, handler: str) -> None:
    yard.send(1)
    first = yard.start(handler, "--deadline", "2", SECONDS_EACH="60")
    yard.waits_for(lambda: yard.numbers("begin") == [0], "the job has begun")
    code, said = stopped(first)
    assert code == 1
    assert "aren't finished in time: 1" in said
    answer = yard.account.client("sqs").receive_message(QueueUrl=yard.jobs)
    assert len(answer["Messages"]) == 1


@pytest.mark.parametrize("handler", ["dig", "dig_awaited"])
def test_a_slow_message_stays_invisible(yard: Yard, handler: str) -> None:
    """It takes three times as long as the queue's visibility timeout."""
    yard.send(1)
    yard.start(handler, SECONDS_EACH="9")
    yard.start(handler, SECONDS_EACH="9")
    yard.waits_for(lambda: yard.numbers("end") == [0], "the job is done")
    yard.waits_for(lambda: yard.is_empty(yard.jobs), "it is deleted")
    assert yard.numbers("begin") == [0]


def test_groups_stay_in_order_when_some_fail(yard: Yard) -> None:
    yard.send(24, lanes=3, url=yard.turns)
    process = yard.start("build", SECONDS_EACH="0.02", FAILS="4,5,11,23")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 24, "all jobs are done")
    yard.waits_for(lambda: yard.is_empty(yard.turns), "all is deleted")
    for lane in range(3):
        ended = [n for what, name, n in yard.log if (what, name) == ("end", f"lane-{lane}")]
        assert ended == [n for n in range(24) if n % 3 == lane]
    assert stopped(process)[0] == 0


def test_groups_stay_in_order_when_the_process_is_killed(yard: Yard) -> None:
    """What was handled and not deleted comes again; then it goes on from there."""
    yard.send(24, lanes=3, url=yard.turns)
    first = yard.start("build", "--concurrency", "2", SECONDS_EACH="0.2")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 5, "the first jobs are done")
    first.kill()
    first.wait()
    before = len(yard.log)
    yard.start("build")
    yard.waits_for(lambda: set(yard.numbers("end")) == {*range(24)}, "all jobs are done")
    yard.waits_for(lambda: yard.is_empty(yard.turns), "all is deleted")
    for lane in range(3):
        ended = [
            n for what, name, n in yard.log[before:] if (what, name) == ("end", f"lane-{lane}")
        ]
        assert ended == sorted(set(ended))
        assert ended[-1:] == [21 + lane]


def test_one_signal_of_either_kind_stops_an_idle_worker(yard: Yard) -> None:
    process = yard.start("dig", "--health-file", "alive")
    alive = yard.project / "alive"
    yard.waits_for(alive.exists, "it works")
    code, said = stopped(process, signal.SIGINT)
    assert (code, "Traceback" in said) == (0, False), said


@pytest.mark.parametrize("handler", ["dig", "dig_awaited"])
def test_no_more_run_at_a_time_than_is_said(yard: Yard, handler: str) -> None:
    yard.send(20)
    yard.start(handler, "--concurrency", "4", SECONDS_EACH="0.2")
    yard.waits_for(lambda: len(yard.numbers("end")) == 20, "all jobs are done")
    running, most = 0, 0
    for what, _, _ in yard.log:
        running += 1 if what == "begin" else -1
        most = max(most, running)
    assert most == 4


def test_a_queue_that_is_not_there(yard: Yard) -> None:
    process = yard.start(YARD_JOBS_QUEUE_URL=f"{yard.jobs}-gone")
    _, said = process.communicate(timeout=40)
    assert process.returncode == 2
    assert said.splitlines()[-1].startswith("error: nothing can be received from ")
    assert "does not exist" in said
