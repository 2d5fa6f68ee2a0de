"""From the clock to the report."""

from __future__ import annotations

import pytest

from books_messaging.testing import FakeDailyReportSchedule
from reporter import app


def test_a_report_is_made_when_it_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    schedule = FakeDailyReportSchedule()
    schedule.fire()

    delivered = schedule.deliver_to(app.handler).raise_errors()

    assert delivered.handled == 1
    assert "the daily report of 20" in capsys.readouterr().out
