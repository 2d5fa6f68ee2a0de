"""Says what was filed."""

from __future__ import annotations

from safe_messaging import Filed, MessageContext
from safe_messaging.consumers import clerk


@clerk.handler
def handler(message: Filed, context: MessageContext) -> None:
    print(f"filed {message.id}")
