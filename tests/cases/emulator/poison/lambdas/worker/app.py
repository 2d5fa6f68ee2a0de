"""Does good jobs, and fails at the others: a coroutine, which has to be run to be either."""

from __future__ import annotations

import asyncio

from poison_messaging import Job, MessageContext
from poison_messaging.consumers import worker


@worker.handler
async def handler(message: Job, context: MessageContext) -> None:
    await asyncio.sleep(0)
    print(f"try {message.id}")
    if not message.good:
        text = f"cannot do {message.id}"
        raise RuntimeError(text)
