"""Does good jobs, and fails at the others."""

from __future__ import annotations

from poison_messaging import Job, MessageContext
from poison_messaging.consumers import worker


@worker.handler
def handler(message: Job, context: MessageContext) -> None:
    print(f"try {message.id}")
    if not message.good:
        text = f"cannot do {message.id}"
        raise RuntimeError(text)
