"""From the website to the housekeeping."""

from __future__ import annotations

import pytest

from bookings import app
from bookings_messaging import RoomBooked
from bookings_messaging.testing import FakeBookedTopic


def test_a_room_is_prepared(
    booked_topic: FakeBookedTopic,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STAGE", "test")
    booked_topic.publish(RoomBooked(booking_id="b-1", room="101", nights=3))

    booked_topic.deliver_to(app.handler).raise_errors()

    assert "room 101 for 3 nights, in test" in capsys.readouterr().out
