"""Text that is a type of its own in Python: what is taken, and what comes back."""

from __future__ import annotations

import pytest

from msgc.payloads import violations
from msgc.payloads.model import ObjectShape
from msgc.payloads.vocabulary import CHECKED_FORMATS, FORMATS
from msgc.runtime.codec.formats import format_of
from msgc.tree import JsonValue
from tests.payloads.schemas import outcome_of, shape_of

TAKEN = {
    # a format, a text, and how it is written again
    ("date-time", "2026-11-25T10:00:00Z"): "2026-11-25T10:00:00Z",
    ("date-time", "2026-11-25t10:00:00z"): "2026-11-25T10:00:00Z",
    ("date-time", "2026-11-25T10:00:00-00:00"): "2026-11-25T10:00:00Z",
    ("date-time", "2026-11-25T10:00:00.5+05:30"): "2026-11-25T10:00:00.500000+05:30",
    ("date-time", "2026-11-25T10:00:00.123456789Z"): "2026-11-25T10:00:00.123456Z",  # Java's
    ("date-time", "2016-12-31T23:59:60Z"): "2017-01-01T00:00:00Z",  # a leap second
    ("date-time", "2016-12-31T23:59:60.9Z"): "2017-01-01T00:00:00Z",
    ("date-time", "2017-01-01T00:59:60+01:00"): "2017-01-01T01:00:00+01:00",
    ("date-time", "0001-01-01T00:00:00+01:00"): "0001-01-01T00:00:00+01:00",
    ("date-time", "9999-12-31T23:59:59.999999-23:59"): "9999-12-31T23:59:59.999999-23:59",
    ("date", "2024-02-29"): "2024-02-29",
    ("uuid", "123E4567-e89b-12d3-a456-426614174000"): "123e4567-e89b-12d3-a456-426614174000",
    ("decimal", "1.50"): "1.50",
    ("decimal", "+.5"): "0.5",
    ("decimal", "-0"): "-0",
}
REFUSED = [
    ("date-time", "0000-01-01T00:00:00Z"),  # a year that Python doesn't have
    ("date-time", "9999-12-31T23:59:60Z"),
    ("date-time", "0001-01-01T00:00:60+00:01"),
    ("date-time", "2017-01-01T00:58:60Z"),
    ("date-time", "2026-02-30T00:00:00Z"),
    ("date-time", "2026-11-25T10:00:00"),
    ("date-time", "2026-11-25 10:00:00Z"),
    ("date-time", "2026-11-25T24:00:00Z"),
    ("date-time", "2026-11-25T10:00:61Z"),
    ("date-time", "2026-11-25T10:00:00,5Z"),
    ("date-time", "2026-11-25T10:00:00.Z"),
    ("date-time", "2026-11-25T10:00:00+24:00"),
    ("date-time", "2026-11-25T10:00:00Z\n"),
    ("date-time", "\u0662026-11-25T10:00:00Z"),
    ("date", "2026-02-29"),
    ("date", "20260225"),
    ("date", "2026-W01-1"),
    ("uuid", "{123e4567-e89b-12d3-a456-426614174000}"),
    ("uuid", "123e4567e89b12d3a456426614174000"),
    ("decimal", "1e5"),
    ("decimal", "1_0"),
    ("decimal", "NaN"),
    ("decimal", "٣"),
    ("decimal", ""),
]


@pytest.mark.parametrize(("name", "text"), TAKEN)
def test_what_is_taken(name: str, text: str) -> None:
    form = format_of(name)
    value = form.read(text)
    assert form.accepts(value)
    assert form.write(value) == TAKEN[name, text]
    assert form.write(form.read(form.write(value))) == form.write(value)


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_what_is_refused(name: str, text: str) -> None:
    word = "x-python" if name == "decimal" else "format"
    shape = shape_of(f"{{properties: {{a: {{type: string, {word}: {name}}}}}}}")
    assert [v.message for v in violations(shape, {"a": text})] == [f"is no {name}"]


WRONG = {"uuid": "6f1c", "date": "2026-13-01", "date-time": "2026-11-25T10:00:00"}
RIGHT = {
    "uuid": "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11", "date": "2026-12-01",
    "date-time": "2026-11-25T10:00:00Z",
}  # fmt: skip
WITHOUT_A_TYPE = {
    # a schema with a format that has no `type` beside it; of the right text, the wrong one, and 7
    # (which no format is about), the ones that fit
    "{format: NAME}": "right 7",
    "{allOf: [{format: NAME}]}": "right 7",
    "{anyOf: [{format: NAME}, {type: boolean}]}": "right 7",
    "{type: string, anyOf: [{format: NAME}, {const: none}]}": "right",
    "{type: [string, integer], oneOf: [{format: NAME}, {minimum: 9}]}": "wrong 7",
    "{type: string, not: {format: NAME}}": "wrong",
    "{not: {format: NAME}}": "wrong",
    "{type: string, if: {format: NAME}, then: {minLength: 99}}": "wrong",
    "{if: {format: NAME}, else: {type: integer}}": "right 7",
    "{$ref: '#/$defs/F'}": "right 7",
    "{type: string, $ref: '#/$defs/F'}": "right",
    "{type: [string, integer], format: NAME}": "right 7",
}


def warned(text: str) -> ObjectShape:
    """A message of which no more than warnings is said: that a `type` is missing."""
    outcome = outcome_of(text)
    assert outcome.value is not None
    assert {d.code.id for d in outcome.diagnostics} <= {"MSG354"}
    return outcome.value


@pytest.mark.parametrize("name", CHECKED_FORMATS)
@pytest.mark.parametrize("schema", WITHOUT_A_TYPE)
def test_a_format_is_checked_wherever_it_stands(schema: str, name: str) -> None:
    shape = warned(
        f"{{properties: {{a: {schema.replace('NAME', name)}}}, $defs: {{F: {{format: {name}}}}}}}"
    )
    values: dict[str, JsonValue] = {"right": RIGHT[name], "wrong": WRONG[name], "7": 7}
    fitting = [what for what in values if not violations(shape, {"a": values[what]})]
    assert fitting == WITHOUT_A_TYPE[schema].split()


@pytest.mark.parametrize("name", CHECKED_FORMATS)
@pytest.mark.parametrize("schema", ["{items: {format: NAME}}", "{contains: {format: NAME}}"])
def test_a_format_in_a_list(schema: str, name: str) -> None:
    shape = warned(f"{{properties: {{a: {schema.replace('NAME', name)}}}}}")
    assert not violations(shape, {"a": [RIGHT[name]]})
    assert violations(shape, {"a": [WRONG[name]]})


def test_a_format_of_names() -> None:
    shape = shape_of("{properties: {a: {type: object, propertyNames: {format: date}}}}")
    assert not violations(shape, {"a": {RIGHT["date"]: 1}})
    assert violations(shape, {"a": {WRONG["date"]: 1}})


@pytest.mark.parametrize("name", [n for n in FORMATS if n not in CHECKED_FORMATS])
def test_other_formats_are_notes(name: str) -> None:
    shape = shape_of(f"{{properties: {{a: {{type: string, format: {name}}}}}}}")
    assert violations(shape, {"a": "?"}) == ()
