"""The tree of a file: how scalars are read, and what stands at a path."""

from __future__ import annotations

import math

import pytest

from msgc.source import Source, Span
from msgc.tree import Mapping, Node, Scalar, Sequence, at, to_json, whole

SPAN = Span(Source("a.yaml", ""), 0, 0)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nulls(text: str) -> None:
    assert Scalar(text, SPAN).value is None
    assert Scalar(text, SPAN).is_null
    assert Scalar(text, SPAN, plain=False).value == text
    assert not Scalar(text, SPAN, plain=False).is_null


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0), ("-12", -12), ("+7", 7), ("0123", 123), ("12345678901234567", 12345678901234567),
        (".5", 0.5), ("-1.", -1.0), ("1e3", 1000.0), ("2.5E-1", 0.25), ("+.1", 0.1),
        ("9" * 4000, int("9" * 4000)),
    ],
)  # fmt: skip
def test_what_is_no_text(text: str, value: object) -> None:
    found = Scalar(text, SPAN).value
    assert found == value
    assert type(found) is type(value)
    assert Scalar(text, SPAN, plain=False).value == text


@pytest.mark.parametrize(
    "text",
    [
        "on", "yes", "nULL", "tRUE", "orders", "1_000", "0x10", "1.2.3", "2024-01-01", "-", ".",
        "-.", "1e", "e3", ".inf", "nan", "1e999", "-1e999", "9" * 4001, "12 34", "1\n",
    ],
)  # fmt: skip
def test_everything_else_is_text(text: str) -> None:
    assert Scalar(text, SPAN).value == text


def test_a_number_is_finite() -> None:
    value = Scalar("1e308", SPAN).value
    assert isinstance(value, float)
    assert math.isfinite(value)


def scalar(text: str) -> Scalar:
    return Scalar(text, SPAN)


def tree() -> tuple[Node, dict[str, Node]]:
    parts: dict[str, Node] = {"x": scalar("x"), "y": scalar("2")}
    parts["list"] = Sequence((parts["x"], parts["y"]), SPAN)
    parts["top"] = Mapping({"list": (scalar("list"), parts["list"])}, SPAN)
    return parts["top"], parts


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), "top"),
        (("list",), "list"),
        (("list", 0), "x"),
        (("list", 1), "y"),
        (("list", 2), "list"),
        (("list", "0"), "list"),
        (("list", 0, "a"), "x"),
        (("list", 0, 0), "x"),
        (("none",), "top"),
        (("none", "list"), "top"),
        ((0,), "top"),
    ],
)
def test_what_is_at_a_path_or_the_deepest_on_the_way(
    path: tuple[str | int, ...], found: str
) -> None:
    top, parts = tree()
    assert at(top, path) is parts[found]


def test_a_tree_as_json() -> None:
    top, parts = tree()
    assert to_json(top) == {"list": ["x", 2]}
    assert isinstance(top, Mapping)
    assert top.get("list") is parts["list"]
    assert top.get("none") is None
    assert top.key("list").text == "list"
    with pytest.raises(KeyError):
        top.key("none")


@pytest.mark.parametrize(
    ("digits", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("1" * 5000, 10**18 - 1), ("0" * 5000, 0)],
)
def test_numbers_are_read_however_long_they_are(digits: str, number: int) -> None:
    assert whole(digits) == number
