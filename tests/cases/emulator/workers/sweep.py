"""Programs that take jobs out of queues in loops of their own, and write down what they do."""

from __future__ import annotations

import asyncio
import sys
import time
from threading import Thread

from program import FAILS, SECONDS, note
from yard_messaging import DeadLetter, HeapsReceiver, Job, Received, Retry, RowsReceiver

UNTIL_EMPTY = "until-empty" in sys.argv


def heaps() -> None:
    for received in HeapsReceiver().receive(wait=1, until_empty=UNTIL_EMPTY):
        with received as message:
            work(message)


def work(message: Job) -> None:
    note("begin", message)
    time.sleep(SECONDS)
    if message.lane == "swamp":
        raise DeadLetter("nobody sweeps a swamp")
    note("end", message)


async def heaps_awaited() -> None:
    async for received in HeapsReceiver().receive(wait=1, until_empty=UNTIL_EMPTY):
        async with received as message:
            note("begin", message)
            await asyncio.sleep(SECONDS)
            note("end", message)


def heaps_in_threads() -> None:
    def handle(received: Received[Job]) -> None:
        with received as message:
            work(message)

    for received in HeapsReceiver().receive(wait=1, until_empty=UNTIL_EMPTY, concurrency=3):
        Thread(target=handle, args=[received]).start()


def rows() -> None:
    for received in RowsReceiver().receive(wait=1, until_empty=UNTIL_EMPTY):
        with received as message:
            note("begin", message)
            time.sleep(SECONDS)
            if message.number in FAILS and received.context.receive_count == 1:
                raise Retry(after=1)
            note("end", message)


if __name__ == "__main__":
    match sys.argv[1]:
        case "heaps":
            heaps()
        case "heaps_awaited":
            asyncio.run(heaps_awaited())
        case "heaps_in_threads":
            heaps_in_threads()
        case "rows":
            rows()
