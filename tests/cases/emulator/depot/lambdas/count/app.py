"""Says what it does; at first it waits with some items, and gives up what is in the swamp."""

from __future__ import annotations

from depot_messaging import DeadLetter, Item, MessageContext, Retry, batch
from depot_messaging.consumers import loose, stormy


def count(message: Item, context: MessageContext) -> None:
    if message.lane == "swamp":
        raise DeadLetter("it sank in the swamp")
    if context.receive_count == 1 and message.number % 7 == 3:
        raise Retry(after=1)
    print(f"did {message.key}")


@batch(raise_if_all_failed=True)
def not_yet(message: Item, context: MessageContext) -> None:
    if context.receive_count == 1:
        raise Retry(after=1)
    print(f"did {message.key}")


loose_handler = loose.handler(count)
stormy_handler = stormy.handler(not_yet)
