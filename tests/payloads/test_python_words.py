"""What `x-python`, `x-sensitive` and a message's own words make of classes, and their misuse."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.pipeline.understand import topology_of
from msgc.runtime.codec import codec
from msgc.runtime.codec.unions import Fitting
from msgc.runtime.codec.violations import InvalidPayload
from msgc.syntax import load
from tests.files import messaging
from tests.stubs.package import stubs_of_text

TOPOLOGY = """
queues: {all: {external: true, messages: [Paid]}}
producers: {till: {publishes: [{queue: all}]}}
"""


def paid(properties: str, words: str = "", more: str = "") -> str:
    schema = f"{{type: object, properties: {{{properties}}}{more}}}"
    return f"version: 1\nservice: till\nmessages:\n  Paid:\n    schema: {schema}\n{words}{TOPOLOGY}"


def module(text: str) -> str:
    return stubs_of_text(text)["messages/paid.py"]


def findings(text: str) -> list[str]:
    files = messaging(text)
    document = load("messaging.yaml", files)
    assert document.value is not None
    found = topology_of(document.value, files).diagnostics
    return [f"{d.message} ({d.help})" if d.help else d.message for d in found]


@pytest.mark.parametrize(
    ("schema", "line"),
    [
        ("a: {type: number, x-python: decimal}", "a: Decimal | None = None"),
        ("a: {type: number, x-python: {type: decimal}}", "a: Decimal | None = None"),
        ("a: {enum: [x, y], x-python: open-enum}", 'a: Literal["x", "y"] | str | None = None'),
        ("a: {enum: [x, y], x-python: {type: open-enum, name: Sort}}", "a: Sort | None = None"),
        ("a: {enum: [x, y], x-python: {name: Sort}}", "a: Sort | None = None"),
        ("a: {type: object, properties: {b: {}}, x-python: {name: B}}", "a: B | None = None"),
        ("a: {type: string, x-sensitive: true}", "a: str | None = field(default=None, repr=False)"),
        ("a: {type: string, format: password}", "a: str | None = field(default=None, repr=False)"),
        (
            "a: {type: array, items: {type: string, format: password}}",
            "a: tuple[str, ...] | None = field(default=None, repr=False)",
        ),
        (
            "a: {type: string, default: x, x-sensitive: true}",
            'a: str = field(default="x", repr=False)',
        ),
        ("a: {type: string, x-sensitive: false}", "a: str | None = None"),
    ],
)
def test_what_a_field_is(schema: str, line: str) -> None:
    assert f"    {line}\n" in module(paid(schema))


WHOLE = "a: {type: number}, b: {type: object, properties: {c: {enum: [x, y]}}}"


def test_schemas_of_others_get_the_same_words_from_outside() -> None:
    words = "    python:\n      a: {type: decimal, sensitive: true}\n"
    words += "      b.c: {type: open-enum, name: Sort}\n"
    inside = (
        "a: {type: number, x-python: decimal, x-sensitive: true},"
        " b: {type: object, properties: {c: {enum: [x, y],"
        " x-python: {type: open-enum, name: Sort}}}}"
    )
    assert module(paid(WHOLE, words)) == module(paid(inside))


def test_a_path_leads_through_lists_references_and_options() -> None:
    schema = (
        "a: {type: array, items: {$ref: '#/$defs/A'}},"
        " b: {oneOf: [{$ref: '#/$defs/A'}, {type: 'null'}]}"
    )
    more = ", $defs: {A: {type: object, properties: {c: {type: number}}}}"
    for path in ("a.c", "b.c"):
        words = f"    python: {{{path}: {{type: decimal}}}}\n"
        assert "    c: Decimal | None = None\n" in module(paid(schema, words, more))


@pytest.mark.parametrize(
    ("schema", "words", "said"),
    [
        ("a: {x-python: decimel, type: number}", "", "(did you mean `decimal`?)"),
        ("a: {x-python: [decimal], type: number}", "", "`x-python` takes `decimal` or `open-enum`"),
        ("a: {x-python: {nam: A}, type: object}", "", "`x-python` has no `nam` (did you mean"),
        ("a: {x-python: {name: aB}, type: object}", "", "`name` takes the name of a class"),
        ("a: {x-python: {name: None}, type: object}", "", "`name` takes the name of a class"),
        ("a: {x-python: {name: A}, type: string}", "", "`name` names a class or an enumeration"),
        ("a: {x-python: open-enum, type: string}", "", "`open-enum` stands beside an `enum`"),
        ("a: {x-python: open-enum, enum: [1, 2]}", "", "`open-enum` stands beside an `enum`"),
        ("a: {x-python: decimal, type: boolean}", "", "`decimal` is about texts and numbers"),
        ("a: {x-python: decimal, type: integer}", "", "an integer is an `int` in Python"),
        ("a: {x-sensitive: yess, type: string}", "", "`x-sensitive` takes `true` or `false`"),
        (WHOLE, "    python: {b.d: {sensitive: true}}\n", "no field `b.d` (expected one of `c`)"),
        (WHOLE, "    python: {d: {sensitive: true}}\n", "there is no field `d`"),
        (WHOLE, "    python: {b: {type: decimal}}\n", "`decimal` is about texts and numbers"),
        (WHOLE, "    python: {a: {name: A}}\n", "`name` names a class or an enumeration"),
    ],
)
def test_misuse(schema: str, words: str, said: str) -> None:
    found = findings(paid(schema, words))
    assert any(said in line for line in found), found


def test_a_whole_message_is_not_sensitive() -> None:
    found = findings(paid("a: {type: string}", more=", x-sensitive: true"))
    assert ["`x-sensitive` stands on a property" in line for line in found] == [True]


OPEN = ", additionalProperties: true"


@pytest.mark.parametrize(
    ("extra", "more", "kept"),
    [("", "", 0), ("", OPEN, 1), ("keep", "", 2), ("keep", OPEN, 2), ("drop", OPEN, 0)],
)
def test_what_is_not_declared(extra: str, more: str, kept: int) -> None:
    words = f"    extra: {extra}\n" if extra else ""
    text = module(paid(WHOLE, words, more))
    assert text.count("    additional_properties: dict[str, JSON]") == kept


def test_a_closed_object_stays_closed() -> None:
    text = module(paid(WHOLE, "    extra: keep\n", ", additionalProperties: false"))
    assert text.count("closed=True") == 1


@pytest.mark.parametrize(
    ("nulls", "published", "lenient"),
    [
        ("", True, False),
        ("", False, True),
        ("    nulls: as-missing\n", True, True),
        ("    nulls: refuse\n", False, False),
    ],
)
def test_whose_nulls_mean_absence(nulls: str, *, published: bool, lenient: bool) -> None:
    text = paid(WHOLE, nulls)
    if not published:
        text = (
            text[: text.index("producers:")]
            + "consumers: {c: {from: {queue: all}, function: provided}}\n"
        )
    assert ("Paid.__lenient__ = True" in module(text)) is lenient


def test_rules_about_parts_see_no_nulls_that_mean_absence() -> None:
    class Part(codec.Part):
        __codec__ = codec.Object(
            codec.required("y", codec.Integer()), codec.optional("x", codec.Integer())
        )

        def __init__(self, **given: Any) -> None:
            self.given = given

    class Other(Part):
        __codec__ = codec.Object(
            codec.required("z", codec.Integer()), codec.required("x", codec.Null())
        )

    seen: list[Any] = []

    class Rule:
        def check(self, value: Any, _place: Any, _found: Any) -> None:
            seen.append(json.loads(json.dumps(value)))

    class Lenient(codec.Message):
        __lenient__ = True
        __codec__ = codec.Object(
            codec.optional("a", Fitting(codec.Nested(Part), codec.Nested(Other))), rules=Rule()
        )

        def __init__(self, **given: Any) -> None:
            self.given = given

    given = {"a": {"x": None, "y": 1}}
    assert Lenient.from_dict(given).given["a"].given == {"y": 1}
    assert given == {"a": {"x": None, "y": 1}}
    Lenient.from_dict({"a": {"x": None, "z": 1}})
    assert seen == [{"a": {"y": 1}}, {"a": {"x": None, "z": 1}}]


def test_nulls_are_read_as_absent() -> None:
    class Part(codec.Part):
        __codec__ = codec.Object(codec.optional("x", codec.Integer()))

        def __init__(self, x: int | None = None) -> None:
            self.x = x

    class Message(codec.Message):
        __codec__ = codec.Object(
            codec.required("id", codec.String()),
            codec.optional("part", codec.Nested(Part)),
            codec.optional("told", codec.Nullable(codec.String())),
            min_properties=2,
        )

        def __init__(self, **given: Any) -> None:
            self.given = given

    class Lenient(Message):
        __lenient__ = True

    text = '{"id": "a", "part": {"x": null}, "told": null}'
    for _ in range(codec.HOT + 2):
        found = Lenient.from_json(text).given
        assert (found["part"].x, found["told"]) == (None, None)
        with pytest.raises(InvalidPayload, match=r"\$\.part\.x: expected an integer"):
            Message.from_json(text)
    for refused in ('{"id": null, "told": null}', '{"id": "a", "part": null}'):
        with pytest.raises(InvalidPayload):
            Lenient.from_json(refused)
