"""Processes that are workers: killed in mid-batch, slow, failing, several at a time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account, Identity
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.waiting import eventually

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "workers"


@dataclass
class Yard:
    """A built project, its two queues, and the processes that were started."""

    account: Account
    project: Path
    jobs: str
    turns: str
    identity: Identity | None = None
    """As whom workers act, if not as the account's root."""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def send(self, count: int, *, lanes: int = 1, url: str = "") -> None:
        """Send numbered jobs, in turn to each lane."""
        sqs, url = self.account.client("sqs"), url or self.jobs
        for number in range(count):
            lane = f"lane-{number % lanes}"
            own: dict[str, Any] = {}
            if url == self.turns:
                own = {"MessageGroupId": lane, "MessageDeduplicationId": str(number)}
            body = json.dumps({"number": number, "lane": lane})
            sqs.send_message(QueueUrl=url, MessageBody=body, **own)

    def start(self, handler: str = "dig", *options: str, **given: str) -> subprocess.Popen[str]:
        """Start a worker as its users do."""
        name = {"build": "mason", "write": "clerk"}.get(handler, "digger")
        command = [sys.executable, "-m", f"yard_messaging.consumers.{name}", f"program:{handler}"]
        process = subprocess.Popen(
            [*command, "--wait", "2", *options],
            cwd=self.project,
            env={
                **os.environ,
                **(self.identity or self.account.root).environment(),
                "PYTHONPATH": "src",
                "YARD_JOBS_QUEUE_URL": self.jobs,
                "YARD_TURNS_QUEUE_URL": self.turns,
                **given,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    @property
    def log(self) -> list[tuple[str, str, int]]:
        """What was noted: `begin` or `end`, the lane and the number."""
        file = self.project / "log"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        parts = [line.split(" ") for line in lines]
        return [(what, lane, int(number)) for what, lane, number in parts]

    def numbers(self, what: str) -> list[int]:
        return [number for noted, _, number in self.log if noted == what]

    def waits_for(self, probe: Callable[[], bool], what: str) -> None:
        try:
            eventually(probe, what, 40.0)
        except AssertionError as error:
            error.add_note(f"noted: {self.log}")
            raise

    def is_empty(self, url: str) -> bool:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.account.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)
        return all(answer["Attributes"][name] == "0" for name in names)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yard") / "yard"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture
def yard(built: Path, account: Account) -> Iterator[Yard]:
    (built / "log").unlink(missing_ok=True)
    sqs = account.client("sqs")
    jobs = sqs.create_queue(QueueName="yard-jobs", Attributes={"VisibilityTimeout": "3"})
    attributes = {"VisibilityTimeout": "3", "FifoQueue": "true"}
    turns = sqs.create_queue(QueueName="yard-turns.fifo", Attributes=attributes)
    found = Yard(account, built, jobs["QueueUrl"], turns["QueueUrl"])
    yield found
    for process in found.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def stopped(
    process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM
) -> tuple[int, str]:
    """Tell a process to stop; return its exit code, and what it said."""
    process.send_signal(number)
    _, said = process.communicate(timeout=40)
    return process.returncode, said


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


@pytest.fixture(scope="module")
def deployed(built: Path, shared_account: Account) -> Deployed:
    return deploy(shared_account, synthesised(built, validated=False))


def test_after_sigkill_what_was_done_is_remembered(built: Path, deployed: Deployed) -> None:
    """Every job is sent twice, and the process is killed in the middle of them."""
    (built / "log").unlink(missing_ok=True)
    account, given = deployed.account, json.loads(deployed.outputs["ClerkEnvironment"])
    url = given["YARD_ENTRIES_QUEUE_URL"]
    hands = account.assume(deployed.outputs["HandsRoleArn"])
    yard = Yard(account, built, "", "", hands)
    for _ in range(2):
        yard.send(12, url=url)
    first = yard.start("write", "--concurrency", "2", SECONDS_EACH="0.3", **given)
    try:
        yard.waits_for(lambda: len(yard.numbers("end")) >= 4, "the first jobs are done")
        first.kill()
        second = yard.start("write", **given)
        yard.waits_for(lambda: yard.is_empty(url), "all is deleted")
        code, said = stopped(second)
    finally:
        for process in yard.started:
            process.kill()
            process.communicate()
    assert code == 0, said
    again = Counter(yard.numbers("end"))
    assert {*again} == {*range(12)}
    assert sum(again.values()) <= 12 + 2  # what had run, and wasn't remembered yet


def test_as_the_stack_deploys_it(built: Path, deployed: Deployed) -> None:
    """With the rights and the addresses that it gives, and with a message that is given up."""
    (built / "log").unlink(missing_ok=True)
    account, environment = deployed.account, json.loads(deployed.outputs["DiggerEnvironment"])
    url = environment["YARD_JOBS_QUEUE_URL"]
    hands = account.assume(deployed.outputs["HandsRoleArn"])
    yard = Yard(account, built, url, "", hands)
    yard.send(3)
    body = json.dumps({"number": 9, "lane": "swamp"})
    account.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    process = yard.start("dig")
    try:
        yard.waits_for(lambda: len(yard.numbers("begin")) == 4, "all has begun")
        lost = observe.arrives(deployed, "JobsDlq", "swamp")
        yard.waits_for(lambda: yard.is_empty(url), "all is deleted")
        code, said = stopped(process)
    finally:
        process.kill()
    assert code == 0, said
    assert sorted(yard.numbers("end")) == [0, 1, 2]
    reason = lost["MessageAttributes"]["dead_letter_reason"]["StringValue"]
    assert reason == "nobody digs in a swamp"
