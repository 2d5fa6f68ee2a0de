"""From a scanner in one stack to the claims department in the other."""

from __future__ import annotations

import pytest

from claims import app
from parcels_messaging import ClaimOpened, ParcelScanned
from parcels_messaging.testing import FakeClaimsQueue, FakeScansTopic


def test_a_damaged_parcel_becomes_a_claim(
    scans_topic: FakeScansTopic,
    claims_queue: FakeClaimsQueue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "claims", claims_queue)
    scans_topic.publish(ParcelScanned(parcel="p-1", depot="vie", damaged=True))
    scans_topic.publish(ParcelScanned(parcel="p-2", depot="vie"))

    scans_topic.deliver_to(app.handler).raise_errors()

    assert claims_queue.of(ClaimOpened) == [ClaimOpened(parcel="p-1")]
