"""Texts with placeholders: their parts, what they show, and what they are in Python."""

from __future__ import annotations

import pytest

from msgc.emit.python_writer import Inserted, f_string
from msgc.stack.values import Input, Join, Pseudo, text
from msgc.topology.deferred import Deferred, deferred, known, spelling


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ""),
        ("orders", "orders"),
        ("$", "$"),
        ("$${x}", "${x}"),
        ("$$${x}", "$${x}"),
        ("${x", "${x"),
        ("a$${", "a${"),
    ],
)
def test_without_placeholders_it_is_a_text(written: str, meant: str) -> None:
    assert deferred(written) == meant
    assert known(deferred(written)) == meant


def test_parts() -> None:
    found = deferred("a$${b}${c}d${region}$${")
    assert isinstance(found, Deferred)
    shown = [part if isinstance(part, str) else (part.name,) for part in found.parts]
    assert shown == ["a${b}", ("c",), "d", ("region",), "${"]
    assert known(found) is None
    assert spelling(found) == "a${b}${c}d${region}${"


def test_equal_parts_are_equal() -> None:
    assert deferred("${a}-${b}") == deferred("${a}-${b}")
    assert hash(deferred("${a}-${b}")) == hash(deferred("${a}-${b}"))
    assert deferred("${a}-${b}") != deferred("${a}-$${b}")
    assert deferred("${a}") != "${a}"


def test_alone() -> None:
    names: list[str | None] = []
    for written in ("${a}", "${a}b", "a${b}"):
        found = deferred(written)
        assert isinstance(found, Deferred)
        names.append(found.alone.name if found.alone else None)
    assert names == ["a", None, None]


def test_values() -> None:
    one = text(deferred("${shopify-bus}"))
    assert isinstance(one, Input)
    assert one.argument == "shopify_bus"
    own = text(deferred("${account}"))
    assert isinstance(own, Pseudo)
    assert own.name == "AWS::AccountId"
    joined = text(deferred("a${x}"), before="<", behind=">")
    assert isinstance(joined, Join)
    assert joined.parts[0] == "<"
    assert joined.parts[3] == ">"
    assert text("a", before="<", behind=">") == "<a>"


@pytest.mark.parametrize(
    "texts",
    [("a", "b"), ("", ""), ("{x}", "}"), ('"', ""), ("'", '"'), ("\\", "\n"), ("\\x00", "\\'")],
)
def test_f_string(texts: tuple[str, str]) -> None:
    first, last = texts
    made = f_string([first, Inserted("value"), last, Inserted("value")])
    assert eval(made, {"value": "V"}) == f"{first}V{last}V"  # noqa: S307  # what was just made
