"""A project with workers, whose processes tests start, stop and kill."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.emulator.account import Account, Identity
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
        command = ["-m", f"yard_messaging.consumers.{name}", f"program:{handler}", "--wait", "2"]
        return self._started([*command, *options], given)

    def sweep(self, what: str, *options: str, **given: str) -> subprocess.Popen[str]:
        """Start a program with a loop of its own."""
        return self._started(["sweep.py", what, *options], given)

    def _started(self, arguments: list[str], given: dict[str, str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.project,
            env={
                **os.environ,
                **(self.identity or self.account.root).environment(),
                "PYTHONPATH": "src",
                "YARD_JOBS_QUEUE_URL": self.jobs,
                "YARD_TURNS_QUEUE_URL": self.turns,
                "YARD_HEAPS_QUEUE_URL": self.jobs,
                "YARD_ROWS_QUEUE_URL": self.turns,
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


def built_in(folder: Path) -> Path:
    """A copy of the project, with its package."""
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


def with_queues(built: Path, account: Account) -> Iterator[Yard]:
    """A project with queues that have no stack; at the end, no process is left."""
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
