"""Says how much of a report came."""

from __future__ import annotations

from press_messaging import MessageContext, ReportMade
from press_messaging.consumers import printing


@printing.handler
def handler(message: ReportMade, context: MessageContext) -> None:
    """Print how long the text of a report is."""
    print(f"printing {message.report_id}: {len(message.text)}")
