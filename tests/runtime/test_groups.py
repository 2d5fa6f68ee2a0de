"""Message groups: of one field, of several, and as a rule takes them from an event."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.runtime.errors import RefusedError
from msgc.runtime.publishing.fields import FieldWire, group
from msgc.runtime.testing.parcels import Parcel
from msgc.runtime.testing.routes import Polled, Ruled

PAYLOAD: dict[str, Any] = {"ward": "north", "patient": {"number": 7}, "note": "", "long": "x" * 100}


def test_one_field() -> None:
    assert group(PAYLOAD, ("ward",)) == "north"
    assert group(PAYLOAD, ("patient", "number")) == "7"
    assert group(PAYLOAD, ("patient", "name")) is None
    assert group(PAYLOAD, None) is None


def test_several_fields_are_joined() -> None:
    assert group(PAYLOAD, (("ward",), ("patient", "number"))) == "north#7"
    assert group(PAYLOAD, (("ward",),)) == "north"
    assert group(PAYLOAD, (("ward",), ("bed",))) is None


def test_what_is_joined_has_to_be_a_group() -> None:
    with pytest.raises(RefusedError, match="`long#long` is no group"):
        group(PAYLOAD, (("long",), ("long",)))


def test_a_publisher_names_all_fields_where_one_is_missing() -> None:
    wire = FieldWire(group_by=(("ward",), ("patient", "name")))
    assert wire.grouping(object(), PAYLOAD, fifo=False) == {}
    with pytest.raises(RefusedError, match=r"object has no `ward#patient\.name`"):
        wire.grouping(object(), PAYLOAD, fifo=True)


def test_a_rule_gives_the_group() -> None:
    parcel = Parcel(message_id="m", event={"source": "clinic", "detail": PAYLOAD})
    taken = Ruled({"source": ["clinic"]}, group=("patient", "number")).take(parcel)
    assert taken is not None
    (batch,) = Polled("charts.fifo").invoke([taken.as_message()])
    assert batch["Records"][0]["attributes"]["MessageGroupId"] == "7"
    assert Ruled({"source": ["clinic"]}).take(parcel) is parcel
    assert Ruled({"source": ["ward"]}, group=("ward",)).take(parcel) is None
