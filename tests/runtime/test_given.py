"""Attributes that publishers are given, and types that messages of other systems tell."""

from __future__ import annotations

import pytest

from msgc.runtime.errors import RefusedError
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.telling import tell_by_attribute, tell_by_field
from msgc.runtime.publishing.fields import FieldWire, Given
from msgc.runtime.publishing.wire import Wire


class Export:
    pass


WIRE = FieldWire(
    told={"eventType": "Export"},
    others=(
        Given("trigger", "string", ("full", "delta")),
        Given("urgent", "boolean"),
        Given("level", "integer"),
        Given("share", "number"),
        Given("note", "string"),
    ),
)


def given(**values: object) -> dict[str, str]:
    return {name: one["StringValue"] for name, one in WIRE.given(Export(), values).items()}


def test_values_are_sent_as_text() -> None:
    found = WIRE.given(Export(), {"trigger": "full", "urgent": True, "level": 3, "share": 0.5})
    assert found == {
        "trigger": {"DataType": "String", "StringValue": "full"},
        "urgent": {"DataType": "String", "StringValue": "true"},
        "level": {"DataType": "Number", "StringValue": "3"},
        "share": {"DataType": "Number", "StringValue": "0.5"},
    }


def test_what_is_left_out_is_not_sent() -> None:
    assert given(trigger=None) == {}
    assert given() == {}


@pytest.mark.parametrize(
    "values",
    [{"trigger": "half"}, {"trigger": 1}, {"urgent": "yes"}, {"level": True}, {"level": 1.5},
     {"note": ""}, {"unknown": "a"}],
)  # fmt: skip
def test_other_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(RefusedError, match=next(iter(values))):
        WIRE.given(Export(), values)


def test_a_message_without_attributes_takes_none() -> None:
    assert Wire().given(Export(), {"trigger": None}) == {}
    with pytest.raises(RefusedError, match="Export has no attribute `trigger`"):
        Wire().given(Export(), {"trigger": "full"})


def test_the_type_is_told_under_another_name_too() -> None:
    assert WIRE.shown({}) == {"eventType": {"DataType": "String", "StringValue": "Export"}}


def test_a_type_is_told_by_an_attribute_then_by_a_field() -> None:
    body = {"meta": {"kind": "shipped"}, "list": [1]}
    incoming = Incoming(body, MessageContext(attributes={"eventType": "delivered"}))
    tell_by_attribute(incoming, "eventType")
    tell_by_field(incoming, "meta", "kind")
    assert incoming.type == "delivered"

    bare = Incoming(body, MessageContext())
    tell_by_attribute(bare, "eventType")
    tell_by_field(bare, "list", "kind")
    assert bare.type is None
    tell_by_field(bare, "meta", "kind")
    assert bare.type == "shipped"


def test_our_attribute_goes_before_all() -> None:
    known = Incoming({"type": "b"}, MessageContext(attributes={"message_type": "a"}))
    tell_by_field(known, "type")
    assert known.type == "a"
