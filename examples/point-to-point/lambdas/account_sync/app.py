"""Carries changes of accounts over to the mailing lists, in order."""

from __future__ import annotations

from mailer_messaging import AccountChanged, MessageContext
from mailer_messaging.consumers import account_sync
from mailer_messaging.messages.account_changed import Closed, Renamed


@account_sync.handler
def handler(message: AccountChanged, context: MessageContext) -> None:
    match message.change:
        case Renamed(name=name):
            print(f"account {message.account_id} is called {name}")
        case Closed():
            print(f"account {message.account_id} is closed")
