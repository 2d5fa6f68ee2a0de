"""Unions of objects that nothing but their properties tells apart."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.payloads import violations
from msgc.payloads.model import MapShape, ObjectShape, Shape, UnionShape
from msgc.runtime.codec import codec
from msgc.runtime.codec.unions import Fitting
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.schemas import outcome_of

CARD = (
    "{type: object, required: [number], properties: {number: {type: string}, cvc: {type: integer}}}"
)
BANK = "{type: object, required: [iban], properties: {iban: {type: string}}}"
CLOSED = ", additionalProperties: false}"


def read(union: str, definitions: str = "") -> ObjectShape:
    text = f"type: object\nproperties:\n  paid: {{{union}}}\n{definitions}"
    outcome = outcome_of(text, {})
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    return outcome.value


def options_of(shape: ObjectShape) -> list[str]:
    paid: Shape = shape.fields[0].shape
    if not isinstance(paid, UnionShape):
        return []
    return [option.name for option in paid.options if isinstance(option, ObjectShape)]


def test_options_are_classes_named_by_what_only_they_require() -> None:
    shape = read(f"oneOf: [{CARD}, {BANK}, {{type: 'null'}}]")
    assert [name.removeprefix(shape.name) for name in options_of(shape)] == [
        "PaidNumber",
        "PaidIban",
    ]


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ({"number": "1"}, None),
        ({"iban": "1", "cvc": "no integer"}, None),
        ({"iban": "1", "number": "2"}, "fits several of the objects that it can be"),
        ({"iban": "1", "number": 2}, None),
        ({"cvc": 1}, "fits none of the objects that it can be"),
        ({"iban": 1}, "expected a string, got a number"),
        ({"iban": 1, "number": 1}, "fits none of the objects that it can be"),
        ([], "expected an object, got an array"),
    ],
)
def test_verdicts(paid: Any, said: str | None) -> None:
    found = violations(read(f"oneOf: [{CARD}, {BANK}]"), {"paid": paid})
    assert [violation.message for violation in found] == ([said] if said else [])


def test_options_of_any_of_are_classes_if_no_value_fits_two() -> None:
    closed = f"{CARD[:-1]}{CLOSED}, {BANK[:-1]}{CLOSED}"
    assert len(options_of(read(f"anyOf: [{closed}]"))) == 2
    assert options_of(read(f"anyOf: [{CARD}, {BANK}]")) == []


def test_options_that_require_the_same_are_no_classes() -> None:
    assert isinstance(read(f"oneOf: [{BANK}, {BANK}]").fields[0].shape, MapShape | UnionShape)
    assert options_of(read(f"oneOf: [{BANK}, {BANK}]")) == []


def test_recursive_options_are_no_classes() -> None:
    defined = (
        "$defs:\n  Tree: {oneOf: ["
        "{type: object, required: [a], properties: {a: {}, next: {$ref: '#/$defs/Tree'}}},"
        "{type: object, required: [b], properties: {b: {}, next: {$ref: '#/$defs/Tree'}}}]}\n"
    )
    assert options_of(read("$ref: '#/$defs/Tree'", defined)) == []


class _Card(codec.Part):
    __codec__ = codec.Object(codec.required("number", codec.String()))

    def __init__(self, number: Any) -> None:
        self.number = number


class _Bank(codec.Part):
    __codec__ = codec.Object(
        codec.required("iban", codec.String()), codec.optional("number", codec.String())
    )

    def __init__(self, iban: Any, number: Any = None) -> None:
        self.iban, self.number = iban, number


class _Paid(codec.Message):
    __codec__ = codec.Object(
        codec.required("paid", Fitting(codec.Nested(_Card), codec.Nested(_Bank)))
    )

    def __init__(self, paid: Any) -> None:
        self.paid = paid


def test_round_trip() -> None:
    for _ in range(codec.HOT + 2):
        for value in ({"paid": {"number": "1"}}, {"paid": {"iban": "2"}}):
            assert _Paid.from_dict(value).to_dict() == value
            assert _Paid.from_json(_Paid.from_dict(value).to_json()).to_dict() == value


def test_what_could_not_be_read_again_is_not_written() -> None:
    with pytest.raises(InvalidPayload, match="fits several of the objects"):
        _Paid(_Bank("1", "2")).to_json()
    with pytest.raises(InvalidPayload, match="isn't one of the types"):
        _Paid("x").to_json()
