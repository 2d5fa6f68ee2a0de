"""What can be read can be written, and is the same JSON: null, absence, defaults, extras, spelling."""

# ruff: noqa: E501  # schemas are easier to read on one line

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.payloads.model import ObjectShape
from msgc.runtime.codec import codec
from msgc.runtime.codec.unset import UNSET
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.schemas import outcome_of

UPPER, LOWER = "6F1C2F1E-8F43-4D39-9D53-2B2E5C1E7A11", "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11"
NULLABLE = "{type: [string, 'null']}"

SAME: dict[str, list[Any]] = {
    # null and absent
    f"{{minProperties: 1, properties: {{nick: {NULLABLE}}}}}": [{"nick": None}, {"nick": "n"}],
    f"{{properties: {{nick: {NULLABLE}}}}}": [{}, {"nick": None}],
    f"{{properties: {{nick: {NULLABLE}, a: {{}}}}, dependentRequired: {{nick: [a]}}}}": [{}, {"nick": None, "a": None}],
    "{properties: {a: {}}}": [{}, {"a": None}, {"a": 0}],
    "{properties: {a: {type: 'null'}}}": [{}, {"a": None}],
    "{properties: {a: {const: null}}}": [{}, {"a": None}],
    "{properties: {a: {enum: [x, null]}}}": [{}, {"a": None}, {"a": "x"}],
    "{properties: {a: {anyOf: [{type: object, properties: {b: {type: string}}}, {type: 'null'}]}}}": [{}, {"a": None}, {"a": {}}],
    "{properties: {a: {minLength: 2}}}": [{}, {"a": None}, {"a": "xy"}, {"a": 1}],
    "{properties: {a: {not: {type: string}}}}": [{}, {"a": None}, {"a": 1}],
    "{properties: {a: {type: [string, 'null'], not: {const: 'no'}}}}": [{}, {"a": None}, {"a": "x"}],
    "{properties: {a: {type: array, items: {properties: {b: {}}, type: object}}}}": [{"a": [{}, {"b": None}]}],
    f"{{required: [a], properties: {{a: {NULLABLE}}}}}": [{"a": None}, {"a": "x"}],
    f"{{properties: {{a: {NULLABLE}}}, not: {{required: [a]}}}}": [{}],
    f"{{properties: {{a: {NULLABLE}}}, maxProperties: 0}}": [{}],
    # defaults
    "{properties: {a: {type: string, default: x}}}": [{}, {"a": "x"}, {"a": "y"}],
    f"{{properties: {{a: {NULLABLE[:-1]}, default: null}}}}}}": [{}, {"a": None}, {"a": "y"}],
    f"{{properties: {{a: {NULLABLE[:-1]}, default: x}}}}}}": [{}, {"a": None}, {"a": "x"}],
    "{properties: {a: {default: 5}, b: {default: null}}}": [{}, {"a": None, "b": None}, {"a": 5}],
    "{properties: {a: {type: array, items: {}, default: []}}}": [{}, {"a": []}, {"a": [None]}],
    "{properties: {a: {type: object, default: {}}}}": [{}, {"a": {}}],
    "{properties: {a: {type: string, default: visa}, b: {}}, dependentRequired: {a: [b]}}": [{}, {"a": "visa", "b": 1}],
    "{properties: {a: {type: integer, default: 1}}, maxProperties: 0}": [{}],
    "{properties: {a: {type: integer, default: 1}}, not: {required: [a]}}": [{}],
    "{properties: {a: {type: string, default: x}}, additionalProperties: true, maxProperties: 1}": [{"b": 1}, {"a": "x"}],
    # others
    "{properties: {a: {type: string}}, additionalProperties: true}": [{"a": "x", "b": {"c": [None]}}, {"b": None}],
    "{properties: {a: {type: string}}, additionalProperties: {}}": [{"a": "x", "b": {"c": [None]}}],
    "{properties: {a: {type: string}}, unevaluatedProperties: true}": [{"a": "x", "b": 1}],
    "{allOf: [{properties: {a: {type: string}}, additionalProperties: true, type: object}, {type: object, properties: {b: {}}}]}": [{"a": "x", "b": 1, "c": 1}],
    "{properties: {a: {type: object, properties: {x: {}}, additionalProperties: true}}}": [{"a": {"y": 1}}],
    # numbers
    "{properties: {a: {type: number}}}": [{"a": 1}, {"a": 1.0}, {"a": 12345678901234567891}, {"a": -0.0}],
    "{properties: {a: {type: integer}}}": [{"a": 1.0}, {"a": 12345678901234567891}],
    "{properties: {a: {type: [number, string], x-python: decimal}}}": [{"a": 99}, {"a": "99"}, {"a": "1.50"}],
    "{properties: {a: {type: string, x-python: decimal}}}": [{"a": "1.50"}, {"a": "-0"}, {"a": "100"}],
    # how text is spelled
    f"{{properties: {{a: {{type: string, format: uuid, enum: ['{UPPER}']}}}}}}": [{"a": UPPER}],
    "{properties: {a: {type: string, format: uuid, pattern: '^6F'}}}": [{"a": UPPER}],
    "{properties: {a: {type: string, format: uuid}}, if: {properties: {a: {pattern: '^6F'}}}, then: {properties: {a: {minLength: 1}}}, else: false}": [{"a": UPPER}],
    f"{{properties: {{a: {{type: object, properties: {{id: {{type: string, format: uuid}}}}}}}}, anyOf: [{{properties: {{a: {{const: {{id: {UPPER}}}}}}}}}]}}": [{"a": {"id": UPPER}}],
    "{properties: {a: {type: [string, integer], format: uuid, not: {type: string, pattern: '^6f'}}}}": [{"a": UPPER}, {"a": 1}],
    "{properties: {a: {type: array, items: {type: string, format: date-time}, contains: {maxLength: 20}}}}": [{"a": ["2026-01-02t03:04:05z"]}],
    "{properties: {a: {type: string, format: date-time, maxLength: 30}}}": [{"a": "2026-01-02T03:04:05.123456789Z"}],
    "{properties: {a: {type: array, items: {type: string, format: uuid}, uniqueItems: true}}}": [{"a": [LOWER]}],
    "{properties: {a: {type: array, items: {type: string, format: date-time}, uniqueItems: true}}}": [{"a": ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00"]}],
    "{properties: {a: {type: array, uniqueItems: true, items: {type: object, properties: {t: {type: string, format: date}, n: {type: string, default: x}}}}}}": [{"a": [{}, {"n": "x"}, {"t": "2026-01-01"}]}],
}  # fmt: skip


def read(schema: str) -> ObjectShape:
    outcome = outcome_of(schema)
    assert outcome.value is not None
    assert not any(d.is_error for d in outcome.diagnostics), outcome.diagnostics
    return outcome.value


@pytest.mark.parametrize("schema", SAME)
def test_what_is_read_is_written(schema: str) -> None:
    with generated(read(schema)) as cls:
        for value in SAME[schema]:
            text = json.dumps(value)
            written = codec.encode(codec.decode_text(cls, text))
            assert written == value
            # ... and JSON tells 1 from true, which Python doesn't
            assert json.dumps(written).replace(".0", "") == text.replace(".0", "")


VALUES = {
    # a format, a text, and what is written: the same value, to the microsecond, with its offset
    ("date-time", "2026-01-02T03:04:05Z"): "2026-01-02T03:04:05Z",
    ("date-time", "2026-01-02t03:04:05z"): "2026-01-02T03:04:05Z",
    ("date-time", "2026-01-02T03:04:05+00:00"): "2026-01-02T03:04:05Z",
    ("date-time", "2026-01-02T03:04:05.120000+05:30"): "2026-01-02T03:04:05.120000+05:30",
    ("date-time", "2026-01-02T03:04:05.123456789-08:00"): "2026-01-02T03:04:05.123456-08:00",
    ("uuid", UPPER): LOWER,
}


@pytest.mark.parametrize(("name", "text"), VALUES)
def test_a_type_of_its_own_keeps_the_value(name: str, text: str) -> None:
    with generated(read(f"{{properties: {{a: {{type: string, format: {name}}}}}}}")) as cls:
        written = codec.encode(codec.decode(cls, {"a": text}))
    assert written == {"a": VALUES[name, text]}


@pytest.mark.parametrize(
    ("items", "values"),
    [
        ("{type: string, format: uuid}", [UPPER, LOWER]),
        ("{type: [string, integer], format: uuid}", [1, UPPER, LOWER]),
        ("{type: object, properties: {id: {type: string, format: uuid}}}", [{"id": UPPER}, {"id": LOWER}]),
        ("{type: string, format: date-time}", ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.0Z"]),
        ("{type: array, items: {type: string, x-python: decimal}}", [["1.5"], ["+1.5"]]),
    ],
)  # fmt: skip
def test_items_that_differ_in_their_spelling_alone_are_equal(items: str, values: list[Any]) -> None:
    shape = read(f"{{properties: {{a: {{type: array, uniqueItems: true, items: {items}}}}}}}")
    with generated(shape) as cls:
        assert codec.decode(cls, {"a": values[:-1]})
        for _ in range(300):  # also when the class is seen often
            with pytest.raises(InvalidPayload, match="all different"):
                codec.decode(cls, {"a": values})


def test_a_decimal_of_which_the_text_is_checked_is_written_as_it_is_read() -> None:
    schema = "{properties: {a: {type: string, x-python: decimal, minLength: 3}}}"
    with generated(read(schema)) as cls:
        assert codec.encode(codec.decode(cls, {"a": "1.50"})) == {"a": "1.50"}
        with pytest.raises(InvalidPayload, match="is no exact-decimal"):
            codec.decode(cls, {"a": "007"})


def test_absence_is_seen() -> None:
    schema = f"{{properties: {{nick: {NULLABLE}, note: {{type: string}}, tier: {{type: string, default: gold}}}}}}"
    with generated(read(schema)) as cls:
        absent, null = codec.decode(cls, {}), codec.decode(cls, {"nick": None})
        assert (absent.nick, null.nick) == (UNSET, None)
        assert (absent.note, absent.tier) == (None, "gold")
        assert absent != null
        assert absent == cls()
        assert codec.encode(cls()) == {"tier": "gold"}
        assert codec.encode(cls(nick=None)) == {"nick": None, "tier": "gold"}
