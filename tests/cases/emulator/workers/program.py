"""A worker's program: it writes down what it does, and is slow, or fails, where it is told."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from threading import Lock

from yard_messaging import DeadLetter, Job, MessageContext, Retry
from yard_messaging.consumers import clerk, digger, mason

LOG = Path(os.environ.get("LOG", "log"))
SECONDS = float(os.environ.get("SECONDS_EACH", "0"))
FAILS = {int(number) for number in os.environ.get("FAILS", "").split(",") if number}

_lock = Lock()


def note(what: str, message: Job) -> None:
    with _lock, LOG.open("a", encoding="utf-8") as file:
        file.write(f"{what} {message.lane} {message.number}\n")


@digger.handler
def dig(message: Job, context: MessageContext) -> None:
    note("begin", message)
    time.sleep(SECONDS)
    if message.lane == "swamp":
        raise DeadLetter("nobody digs in a swamp")
    note("end", message)


@digger.handler
async def dig_awaited(message: Job, context: MessageContext) -> None:
    note("begin", message)
    await asyncio.sleep(SECONDS)
    note("end", message)


@digger.handler
async def dig_in_thread(message: Job, context: MessageContext) -> None:
    note("begin", message)
    await asyncio.to_thread(time.sleep, SECONDS)
    note("end", message)


@mason.handler
def build(message: Job, context: MessageContext) -> None:
    note("begin", message)
    time.sleep(SECONDS)
    if message.number in FAILS and context.receive_count == 1:
        raise Retry("the mortar is wet", after=1)
    note("end", message)


@clerk.handler
def write(message: Job, context: MessageContext) -> None:
    note("begin", message)
    time.sleep(SECONDS)
    note("end", message)
