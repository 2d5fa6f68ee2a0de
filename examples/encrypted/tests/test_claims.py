"""From the portal to the accountants."""

from __future__ import annotations

import pytest

from claims import app
from claims_messaging import ClaimFiled, ClaimPaid
from claims_messaging.testing import FakeDecisionsBus, FakeFiledTopic


def test_a_small_claim_is_paid_at_once(
    filed_topic: FakeFiledTopic,
    decisions_bus: FakeDecisionsBus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "decisions", decisions_bus)
    filed_topic.publish(ClaimFiled(claim_id="c-1", patient="p-7", amount=120.5))

    filed_topic.deliver_to(app.handler).raise_errors()

    (paid,) = decisions_bus.of(ClaimPaid)
    assert paid == ClaimPaid(claim_id="c-1", amount=120.5)
