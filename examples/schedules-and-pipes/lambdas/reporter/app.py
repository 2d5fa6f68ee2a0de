"""Makes the reports that are due."""

from __future__ import annotations

from books_messaging import MessageContext, ReportDue
from books_messaging.consumers import reporter


@reporter.handler
def handler(message: ReportDue, context: MessageContext) -> None:
    print(f"the {message.kind} report of {message.due_at}")
