"""Deletes drafts that nobody sent."""

from __future__ import annotations

from books_messaging import MessageContext, UntypedMessage
from books_messaging.consumers import cleaner


@cleaner.handler
def handler(message: UntypedMessage, context: MessageContext) -> None:
    print("cleaning up")
