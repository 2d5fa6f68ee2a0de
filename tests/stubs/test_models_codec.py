"""The codec by itself: conversions, exact places, and what JSON has that Python hasn't."""

# ruff: noqa: E501  # a case is easier to read on one line

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import pytest

from msgc.runtime.codec import any_value, codec, formats, multiples, unions, unique
from msgc.runtime.codec.codec import Spec
from msgc.runtime.codec.maps import Map
from msgc.runtime.codec.patterns.regexes import Pattern
from msgc.runtime.codec.violations import InvalidPayload, checker

UUID_TEXT = "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11"
CET = timezone(timedelta(hours=1))


def model(spec: Spec, *, required: bool = True) -> Any:
    """A class with one field, `a`."""
    field = codec.required("a", spec) if required else codec.optional("a", spec)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Thing:
        a: Any = None
        __codec__: ClassVar[codec.Object] = codec.Object(field)

    return Thing


ROUND: list[tuple[Spec, Any, Any]] = [
    (codec.String(), "a", "a"),
    (formats.Formatted("uuid"), UUID_TEXT, UUID(UUID_TEXT)),
    (formats.Formatted("date"), "2026-02-28", date(2026, 2, 28)),
    (formats.Formatted("date-time"), "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, 0, UTC)),
    (formats.Formatted("date-time"), "2026-01-02T03:04:05.000007+01:00",
     datetime(2026, 1, 2, 3, 4, 5, 7, CET)),
    (formats.Formatted("decimal"), "10.50", Decimal("10.50")),
    (codec.Integer(), 12345678901234567890, 12345678901234567890),
    (codec.Number(), 1.5, 1.5),
    (codec.Number(decimal=True), 19.99, Decimal("19.99")),
    (codec.Number(decimal=True), 3, Decimal(3)),
    (codec.Boolean(), True, True),
    (codec.Null(), None, None),
    (codec.Choice("a", "b"), "b", "b"),
    (codec.Array(formats.Formatted("date")), ["2026-01-01"], (date(2026, 1, 1),)),
    (Map(codec.Integer()), {"x": 1}, {"x": 1}),
    (codec.Nullable(formats.Formatted("uuid")), None, None),
    (unions.OneOf(formats.Formatted("uuid"), codec.Integer()), 3, 3),
    (unions.OneOf(formats.Formatted("uuid"), codec.Integer()), UUID_TEXT, UUID(UUID_TEXT)),
    (any_value.Anything(), {"a": [1, None, True, "x", 1.5]}, {"a": [1, None, True, "x", 1.5]}),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "wire", "value"), ROUND)
def test_round_trip(spec: Spec, wire: Any, value: Any) -> None:
    cls = model(spec)
    decoded = codec.decode(cls, {"a": wire})
    assert decoded.a == value
    assert type(decoded.a) is type(value)
    assert codec.encode(decoded) == {"a": wire}


ONE_WAY: list[tuple[Spec, Any, Any]] = [
    (codec.Integer(), 2.0, 2),
    (codec.Choice(1, 2), 2.0, 2),
    (codec.Number(), 2, 2.0),
    (formats.Formatted("date-time"), "2026-01-02t03:04:05.123456789z",
     datetime(2026, 1, 2, 3, 4, 5, 123456, UTC)),
    (formats.Formatted("date-time"), "2026-12-31T23:59:60Z", datetime(2027, 1, 1, tzinfo=UTC)),
    (formats.Formatted("uuid"), UUID_TEXT.upper(), UUID(UUID_TEXT)),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "wire", "value"), ONE_WAY)
def test_what_json_writes_in_several_ways(spec: Spec, wire: Any, value: Any) -> None:
    found = codec.decode(model(spec), {"a": wire}).a
    assert (found, type(found)) == (value, type(value))


REFUSED: list[tuple[Spec, Any, str]] = [
    (codec.String(), 1, "expected a string, got a number"),
    (codec.String(), None, "expected a string, got null"),
    (codec.String(min_length=2), "a", "expected at least 2 characters"),
    (codec.String(max_length=1), "ab", "expected at most 1 character"),
    (codec.String(pattern=Pattern(r"^a\Z")), "a\n", r"doesn't match the pattern ^a\Z"),
    (formats.Formatted("uuid"), UUID_TEXT.replace("-", ""), "is no uuid"),
    (formats.Formatted("date"), "2026-02-30", "is no date"),
    (formats.Formatted("date"), "20260228", "is no date"),
    (formats.Formatted("date-time"), "2026-01-02T03:04:05", "is no date-time"),
    (formats.Formatted("date-time"), "2026-01-02T24:00:00Z", "is no date-time"),
    (formats.Formatted("date-time"), "2026-01-02T12:00:60Z", "is no date-time"),
    (formats.Formatted("decimal"), "1e5", "is no decimal"),
    (formats.Formatted("decimal"), "NaN", "is no decimal"),
    (codec.Integer(), True, "expected an integer, got a boolean"),
    (codec.Integer(), 1.5, "expected an integer, got a fraction"),
    (codec.Integer(minimum=1), 0, "expected at least 1"),
    (codec.Integer(exclusive_maximum=1), 1, "expected less than 1"),
    (codec.Number(), False, "expected a number, got a boolean"),
    (codec.Number(), float("nan"), "expected a finite number"),
    (codec.Number(), 10**400, "is beyond the range of a float"),
    (codec.Number(multiple_of=multiples.unit(0.01)), 19.995, "expected a multiple of 0.01"),
    (codec.Number(enum=(1.5, 2)), 3, "expected 1.5 or 2"),
    (codec.Boolean(), 1, "expected a boolean, got a number"),
    (codec.Null(), 0, "expected null, got a number"),
    (codec.Choice("a", "b", "c"), "d", 'expected "a", "b" or "c"'),
    (codec.Choice(1), True, "expected 1, got a boolean"),
    (codec.Choice(True), 1, "expected true, got a number"),  # noqa: FBT003  # as it is generated
    (codec.Array(codec.Integer()), "ab", "expected an array, got a string"),
    (codec.Array(codec.Integer(), min_items=1), [], "expected at least 1 item"),
    (unique.UniqueArray(any_value.Anything()), [1, True, 1.0], "expected items that are all different"),
    (Map(codec.Integer()), [], "expected an object, got an array"),
    (Map(codec.Integer(), max_properties=1), {"a": 1, "b": 2}, "expected at most 1 property"),
    (unions.OneOf(codec.String(), codec.Integer()), None, "expected a string or a number, got null"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "wire", "message"), REFUSED)
def test_what_is_refused(spec: Spec, wire: Any, message: str) -> None:
    with pytest.raises(InvalidPayload) as error:
        codec.decode(model(spec), {"a": wire})
    assert [str(violation) for violation in error.value.violations] == [f"$.a: {message}"]


NOT_SENT: list[tuple[Spec, Any, str]] = [
    (codec.String(), b"a", "expected a string, got a bytes"),
    (codec.String(max_length=1), "ab", "expected at most 1 character"),
    (formats.Formatted("uuid"), UUID_TEXT, "expected a UUID, got a string"),
    (formats.Formatted("date"), datetime(2026, 1, 1, tzinfo=UTC), "expected a date, got a datetime"),
    (formats.Formatted("date-time"), datetime(2026, 1, 1),  # noqa: DTZ001  # that is the case
     "expected a datetime with a time zone, in whole minutes from UTC"),
    (formats.Formatted("date-time"), datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=1))),
     "expected a datetime with a time zone, in whole minutes from UTC"),
    (formats.Formatted("decimal"), Decimal("inf"), "expected a finite number"),
    (codec.Number(), float("inf"), "expected a finite number"),
    (codec.Number(), Decimal(1), "expected a number, got a Decimal"),
    (codec.Number(decimal=True), "1", "expected a Decimal, got a string"),
    (codec.Number(decimal=True), Decimal("0.1234567890123456789"),
     "has more digits than a JSON number carries"),
    (codec.Number(decimal=True, maximum=1), Decimal("1.1"), "expected at most 1"),
    (codec.Array(codec.Integer()), {1}, "expected a tuple, got a set"),
    (codec.Array(codec.Integer()), None, "expected a tuple, got null"),
    (Map(codec.Integer()), {1: 1}, "expected strings as keys, got a number"),
    (any_value.Anything(), {"x": {1, 2}}, "expected a JSON value, got a set"),
    (unions.OneOf(codec.String(), codec.Integer()), 1.5, "expected an integer, got a fraction"),
    (unions.OneOf(codec.String(), codec.Integer()), (1,), "a tuple isn't one of the types this can be"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "value", "message"), NOT_SENT)
def test_what_is_not_sent(spec: Spec, value: Any, message: str) -> None:
    with pytest.raises(InvalidPayload) as error:
        codec.encode(model(spec)(a=value))
    assert [violation.message for violation in error.value.violations] == [message]


def test_absent_and_null() -> None:
    optional = model(codec.String(), required=False)
    assert codec.encode(optional()) == {}
    assert codec.decode(optional, {}).a is None
    nullable = model(codec.Nullable(codec.String()))
    assert codec.encode(nullable(a=None)) == {"a": None}
    with pytest.raises(InvalidPayload, match=r"\$\.a: is required"):
        codec.decode(nullable, {})


def test_every_violation_with_its_place() -> None:
    line = codec.Object(codec.required("sku", codec.String()), closed=True)
    whole = codec.Object(
        codec.required("order-id", codec.String()),
        codec.required("lines", codec.Array(codec.Nested(line))),
        codec.required("by", Map(codec.Integer())),
    )
    found = checker(whole)({"lines": [{"sku": 1}, {}, {"sku": "a", "x": 1}], "by": {"a b": "c"}})
    assert [str(violation) for violation in found] == [
        '$["order-id"]: is required',
        "$.lines[0].sku: expected a string, got a number",
        "$.lines[1].sku: is required",
        "$.lines[2].x: isn't a property of this object",
        '$.by["a b"]: expected a number, got a string'.replace("a number", "an integer"),
    ]
    assert found[1].path == ("lines", 0, "sku")


def test_long_errors_are_cut() -> None:
    cls = model(codec.Array(codec.Integer()))
    with pytest.raises(InvalidPayload) as error:
        codec.decode(cls, {"a": ["secret"] * 9})
    assert len(error.value.violations) == 9
    assert str(error.value).endswith("$.a[4]: expected an integer, got a string; and 4 more")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"\$: is no JSON: Expecting property name"),
        ("", r"\$: is no JSON: Expecting value"),
        ('{"a": NaN}', r"\$: is no JSON: NaN is no number"),
        ('{"a": -Infinity}', r"\$: is no JSON: -Infinity is no number"),
        (
            '{"a": {"b": 1, "b": 1}}',
            r"\$: is no clear JSON: an object has two properties of one name",
        ),
        ('{"a": ' + "9" * 10_000 + "}", r"\$: is no clear JSON: a number has more digits"),
        ("[1]", r"\$: expected an object, got an array"),
        ('{"a":' + "[" * 100_000, r"\$: is nested too deeply"),
        ('{"a":' * 100_000, r"\$: is nested too deeply"),
        (b"\xff", r"\$: is no JSON: it isn't UTF-8"),
        ('{"a": 1}'.encode("utf-16"), r"\$: is no JSON: it isn't UTF-8"),
    ],
)
def test_texts_that_are_no_message(text: str | bytes, message: str) -> None:
    with pytest.raises(InvalidPayload, match=message):
        codec.decode_text(model(any_value.Anything()), text)


def test_deep_recursion_is_a_violation() -> None:
    tree = codec.Object(codec.optional("t", codec.Nested(lambda: tree)))
    value: dict[str, Any] = {}
    for _ in range(100_000):
        value = {"t": value}
    assert [str(violation) for violation in checker(tree)(value)] == ["$: is nested too deeply"]
    while value:  # or its end would be as deep
        value = value["t"]


def test_text_is_what_sqs_takes() -> None:
    cls = model(codec.String())
    assert codec.encode_text(cls(a="é\U0001f600")) == '{"a":"é\U0001f600"}'
    assert codec.encode_text(cls(a="é\ud800\uffff")) == '{"a":"\\u00e9\\ud800\\uffff"}'
    assert codec.decode_text(cls, codec.encode_text(cls(a="\x00\ud800"))).a == "\x00\ud800"


def test_properties_nobody_declared() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Open:
        a: str
        rest: dict[str, Any]
        __codec__: ClassVar[codec.Object] = codec.Object(
            codec.required("a", codec.String()), rest=("rest", Map(codec.Integer()))
        )

    found = codec.decode(Open, {"a": "x", "b": 1, "rest": 2})
    assert found == Open(a="x", rest={"b": 1, "rest": 2})
    assert codec.encode(found) == {"a": "x", "b": 1, "rest": 2}
    with pytest.raises(InvalidPayload, match=r"\$\.a: has a field of its own, not `rest`"):
        codec.encode(Open(a="x", rest={"a": 1}))
    plain = model(codec.Integer())
    assert codec.encode(codec.decode(plain, {"a": 1, "b": 2})) == {"a": 1}
