"""Calls of up to ten messages: what failed is tried again, and groups keep their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextvars import copy_context
from threading import Lock
from typing import Any

from .failures import Failure, error_of
from .publisher import Entry

TRIES = 5
ENTRIES_PER_CALL = 10
_BASE = 0.1
"""Seconds: the first pause is at most 0.2 s, each of the following ones twice as long."""

Send = Callable[[list[Entry]], None]
"""Makes one call, and sets `message_id` or `failure` of every entry."""


def deliver(
    entries: list[Entry],
    send: Send,
    concurrency: int,
    *,
    bytes_per_call: int,
    pause: Callable[[float], None],
) -> None:
    """Send all entries; raises `PublishError` if any of them failed for good."""
    dispatch = Dispatch(entries, send, bytes_per_call=bytes_per_call, pause=pause)
    dispatch.run(concurrency)
    if any(entry.failure for entry in entries):
        raise error_of(entries) from dispatch.error


class Dispatch:
    """Sends entries; each has its `message_id` or its `failure` afterwards.

    Entries wait in lanes: a lane is a group, or a single message where order doesn't matter. A
    call takes the first of each lane, so that no partial failure can turn two of a group around.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        send: Send,
        *,
        bytes_per_call: int,
        pause: Callable[[float], None],
    ) -> None:
        self._lanes = _lanes(entries)
        self._send = send
        self._bytes = bytes_per_call
        self._pause = pause
        self._lock = Lock()
        self.error: Exception | None = None
        """The call that failed as a whole. Nothing is sent after it: botocore has tried again."""

    def run(self, concurrency: int) -> None:
        """Send everything, over `concurrency` threads."""
        if concurrency <= 1 or len(self._lanes) <= ENTRIES_PER_CALL:
            self._work()
        else:
            from concurrent.futures import (  # 10 ms, for few
                ThreadPoolExecutor,
            )

            with ThreadPoolExecutor(concurrency) as pool:
                # Each in a copy of the context: hooks of botocore see who is calling.
                workers = [
                    pool.submit(copy_context().run, self._work)
                    for _ in range(concurrency)
                ]
            for worker in workers:
                worker.result()
        for lane in self._lanes:
            _give_up(lane, "NotSent", "an earlier call failed as a whole")

    def _work(self) -> None:
        while lanes := self._next_call():
            self._call([lane[0] for lane in lanes])
            with self._lock:
                for lane in lanes:
                    if lane.popleft().failure:
                        _give_up(
                            lane,
                            "GroupStopped",
                            "an earlier message of its group failed",
                        )
                    elif lane:
                        self._lanes.append(lane)

    def _next_call(self) -> list[deque[Entry]]:
        taken: list[deque[Entry]] = []
        room = self._bytes
        with self._lock:
            while self._lanes and not self.error and len(taken) < ENTRIES_PER_CALL:
                room -= self._lanes[0][0].size
                if room < 0 and taken:
                    break
                taken.append(self._lanes.popleft())
        return taken

    def _call(self, entries: list[Entry]) -> None:
        for attempt in range(1, TRIES + 1):
            for entry in entries:
                entry.failure = None
            try:
                self._send(entries)
            except Exception as error:  # noqa: BLE001  # botocore's, or any stand-in's
                self.error = error
                for entry in entries:
                    entry.failure = Failure.of(error)
                return
            entries = [e for e in entries if e.failure and e.failure.retryable]
            if not entries:
                return
            if attempt < TRIES:
                self._pause(_jitter(attempt))


def _lanes(entries: Iterable[Entry]) -> deque[deque[Entry]]:
    groups: dict[str, deque[Entry]] = {}
    lanes: deque[deque[Entry]] = deque()
    for entry in entries:
        lane = groups.get(entry.group) if entry.group is not None else None
        if lane is None:
            lane = deque[Entry]()
            lanes.append(lane)
            if entry.group is not None:
                groups[entry.group] = lane
        lane.append(entry)
    return lanes


def _give_up(lane: deque[Entry], code: str, reason: str) -> None:
    for entry in lane:
        entry.failure = Failure(code, f"not sent: {reason}", retryable=True)


def _jitter(attempt: int) -> float:
    """https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("full jitter")."""
    from random import uniform  # 3 ms, for those that have to wait anyway

    return uniform(0, _BASE * 2**attempt)  # not a secret


def send_batch(
    entries: list[Entry], call: Callable[[list[dict[str, Any]]], Any]
) -> None:
    """Make one call of SNS or SQS, which answer alike."""
    response = call(
        [{"Id": str(i), **entry.parameters} for i, entry in enumerate(entries)]
    )
    for sent in response.get("Successful", ()):
        entries[int(sent["Id"])].message_id = sent["MessageId"]
    for failed in response.get("Failed", ()):
        entries[int(failed["Id"])].failure = Failure(
            failed["Code"],
            failed.get("Message") or "no reason given",
            retryable=not failed["SenderFault"],
        )
    for entry in entries:
        if entry.message_id is None and entry.failure is None:
            entry.failure = Failure("NoResult", "the answer says nothing about it")
