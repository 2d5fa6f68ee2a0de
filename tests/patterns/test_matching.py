"""What matches what: one named row for each behaviour of AWS's matching."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from msgc.runtime.matching.matching import matches
from msgc.runtime.matching.policies import attribute_values, matches_policy

Row = tuple[str, dict[str, Any], Any, bool]

FIELDS: list[Row] = [
    ("a value of the list", {"kind": ["big", "small"]}, {"kind": "small"}, True),
    ("no value of the list", {"kind": ["big", "small"]}, {"kind": "medium"}, False),
    ("case counts", {"kind": ["Big"]}, {"kind": "big"}, False),
    ("fields are joined by and", {"a": ["x"], "b": ["y"]}, {"a": "x", "b": "z"}, False),
    ("other fields are ignored", {"a": ["x"]}, {"a": "x", "b": {"c": 1}}, True),
    ("nested", {"order": {"customer": {"tier": ["gold"]}}},
     {"order": {"customer": {"tier": "gold"}}}, True),
    ("JSON in a text is a text", {"order": {"id": ["1"]}}, {"order": '{"id": "1"}'}, False),
    ("a dotted key in the pattern", {"order.id": ["1"]}, {"order": {"id": "1"}}, True),
    ("a dotted key in the event", {"order": {"id": ["1"]}}, {"order.id": "1"}, True),
    ("an empty key", {"": ["x"]}, {"": "x"}, True),
    ("an empty key at the top of a pattern is none", {"": {"a": ["x"]}}, {"a": "x"}, True),
    ("but at the top of an event it is", {"": {"a": ["x"]}}, {"": {"a": "x"}}, False),
    ("two empty keys", {"": {"": {"a": ["x"]}}}, {"": {"": {"a": "x"}}}, True),
    ("an empty key between", {"a": {"": {"b": ["x"]}}}, {"a": {"": {"b": "x"}}}, True),
    ("an empty key at the end isn't looked for", {"a": {"": ["x"]}}, {"a": {"": "x"}}, False),
    ("but found with its dot", {"a": {"": ["x"]}}, {"a.": "x"}, True),
    ("a list isn't an event", {"a": ["x"]}, [{"a": "x"}], False),
    ("a text isn't an event", {"a": ["x"]}, "a", False),
    ("the value is an object", {"a": ["x"]}, {"a": {"b": "x"}}, False),
]  # fmt: skip

SCALARS: list[Row] = [
    ("an integer is its float", {"n": [300]}, {"n": 3.0e2}, True),
    ("a float is its integer", {"n": [300.0]}, {"n": 300}, True),
    ("a number in quotes is a text", {"n": [300]}, {"n": "300"}, False),
    ("a text of digits is no number", {"n": ["300"]}, {"n": 300}, False),
    ("true", {"b": [True]}, {"b": True}, True),
    ("true isn't 1", {"b": [True]}, {"b": 1}, False),
    ("1 isn't true", {"b": [1]}, {"b": True}, False),
    ("0 isn't false", {"b": [0]}, {"b": False}, False),
    ("true isn't a text", {"b": ["true"]}, {"b": True}, False),
    ("null", {"v": [None]}, {"v": None}, True),
    ("null isn't absent", {"v": [None]}, {}, False),
    ("null isn't the text", {"v": ["null"]}, {"v": None}, False),
    ("integers beyond 2^53 are exact", {"n": [9007199254740993]}, {"n": 9007199254740992}, False),
    ("and equal themselves", {"n": [9007199254740993]}, {"n": 9007199254740993}, True),
    ("2^60 has other digits as a float", {"n": [2**60]}, {"n": float(2**60)}, False),
    ("10^300 has the same", {"n": [10**300]}, {"n": 1e300}, True),
    ("zero has no sign", {"n": [0]}, {"n": -0.0}, True),
    ("an account is a number like another", {"n": [123456789012]}, {"n": 123456789012}, True),
    ("a number among others", {"n": [1, 9007199254740993]}, {"n": 9007199254740993}, True),
    ("a huge number", {"n": [1]}, {"n": 10**400}, False),
    ("exactly", {"s": [{"exactly": "::1"}]}, {"s": "::1"}, True),
    ("exactly is about spelling", {"s": [{"exactly": "::1"}]}, {"s": "0::1"}, False),
]  # fmt: skip

TEXTS: list[Row] = [
    ("prefix", {"s": [{"prefix": "eu-"}]}, {"s": "eu-west-1"}, True),
    ("prefix elsewhere", {"s": [{"prefix": "west"}]}, {"s": "eu-west-1"}, False),
    ("the empty prefix is any text", {"s": [{"prefix": ""}]}, {"s": "x"}, True),
    ("the empty prefix isn't a number", {"s": [{"prefix": ""}]}, {"s": 1}, False),
    ("prefix of a number", {"s": [{"prefix": "3"}]}, {"s": 300}, False),
    ("prefix in any case", {"s": [{"prefix": {"equals-ignore-case": "EU"}}]}, {"s": "eu-1"}, True),
    ("suffix", {"s": [{"suffix": ".png"}]}, {"s": "a.png"}, True),
    ("a text stands in quotes: prefix", {"s": [{"prefix": 'abc"'}]}, {"s": "abc"}, True),
    ("and no more than that", {"s": [{"prefix": 'abc"'}]}, {"s": "abcd"}, False),
    ("a text stands in quotes: suffix", {"s": [{"suffix": '"abc'}]}, {"s": "abc"}, True),
    ("a quote of its own", {"s": [{"suffix": '"abc'}]}, {"s": 'x"abc'}, True),
    ("in any case, too", {"s": [{"prefix": {"equals-ignore-case": 'ABC"'}}]}, {"s": "abc"}, True),
    ("and at the end", {"s": [{"suffix": {"equals-ignore-case": '"ABC'}}]}, {"s": "abc"}, True),
    ("suffix elsewhere", {"s": [{"suffix": ".png"}]}, {"s": "a.png.txt"}, False),
    ("suffix in any case", {"s": [{"suffix": {"equals-ignore-case": ".PNG"}}]}, {"s": "a.png"},
     True),
    ("equals-ignore-case", {"s": [{"equals-ignore-case": "GoLd"}]}, {"s": "gOlD"}, True),
    ("equals-ignore-case is the whole", {"s": [{"equals-ignore-case": "gold"}]}, {"s": "golden"},
     False),
    ("equals-ignore-case: dots are dots", {"s": [{"equals-ignore-case": "a.c"}]}, {"s": "ABC"},
     False),
    ("case by characters: one becomes two", {"s": [{"equals-ignore-case": "straße"}]},
     {"s": "STRASSE"}, True),
    ("but two don't become one", {"s": [{"equals-ignore-case": "STRASSE"}]}, {"s": "straße"},
     False),
    ("of other lengths in UTF-8", {"s": [{"equals-ignore-case": "\u2c65"}]}, {"s": "\u023a"}, True),
    ("sigma has one upper case", {"s": [{"equals-ignore-case": "Σ"}]}, {"s": "\u03c3"}, True),
    ("and two lower ones", {"s": [{"equals-ignore-case": "Σ"}]}, {"s": "ς"}, False),
    ("a title is neither upper nor lower", {"s": [{"equals-ignore-case": "\u01c5"}]},
     {"s": "\u01c5"}, False),
    ("beyond 16 bits nothing is equal", {"s": [{"equals-ignore-case": "😀"}]}, {"s": "😀"}, False),
    ("wildcard in between", {"s": [{"wildcard": "a*z"}]}, {"s": "abcz"}, True),
    ("a wildcard may be empty", {"s": [{"wildcard": "a*z"}]}, {"s": "az"}, True),
    ("literals of a wildcard don't overlap", {"s": [{"wildcard": "aba*aba"}]}, {"s": "ababa"},
     False),
    ("several wildcards", {"s": [{"wildcard": "*/b/*.txt"}]}, {"s": "a/b/c.txt"}, True),
    ("wildcards keep the order", {"s": [{"wildcard": "*b*a*"}]}, {"s": "xaxbx"}, False),
    ("only a wildcard", {"s": [{"wildcard": "*"}]}, {"s": ""}, True),
    ("wildcard over lines", {"s": [{"wildcard": "a*z"}]}, {"s": "a\n\nz"}, True),
    ("the empty wildcard is empty", {"s": [{"wildcard": ""}]}, {"s": "x"}, False),
    ("an escaped star", {"s": [{"wildcard": r"a\*"}]}, {"s": "a*"}, True),
    ("an escaped star isn't one", {"s": [{"wildcard": r"a\*"}]}, {"s": "ab"}, False),
    ("an escaped backslash", {"s": [{"wildcard": "a\\\\*"}]}, {"s": "a\\b"}, True),
]  # fmt: skip

NUMBERS: list[Row] = [
    ("=", {"n": [{"numeric": ["=", 5]}]}, {"n": 5.0}, True),
    (">", {"n": [{"numeric": [">", 5]}]}, {"n": 5}, False),
    (">=", {"n": [{"numeric": [">=", 5]}]}, {"n": 5}, True),
    ("<", {"n": [{"numeric": ["<", 5]}]}, {"n": 4.999}, True),
    ("<=", {"n": [{"numeric": ["<=", 5]}]}, {"n": 5.001}, False),
    ("a range", {"n": [{"numeric": [">", 0, "<=", 10]}]}, {"n": 10}, True),
    ("above a range", {"n": [{"numeric": [">", 0, "<", 10]}]}, {"n": 10}, False),
    ("a text is never numeric", {"n": [{"numeric": [">", 0]}]}, {"n": "5"}, False),
    ("true is never numeric", {"n": [{"numeric": [">=", 0]}]}, {"n": True}, False),
    ("a number that is no float is none to compare", {"n": [{"numeric": [">", 0]}]},
     {"n": 9007199254740993}, False),
    ("a large one that is", {"n": [{"numeric": [">", 5e9]}]}, {"n": 10**20}, True),
    ("an infinite one isn't JSON", {"n": [{"numeric": [">", 0]}]}, {"n": float("inf")}, False),
    ("small", {"n": [{"numeric": ["=", 1e-320]}]}, {"n": 1e-320}, True),
    ("null is never numeric", {"n": [{"numeric": ["<=", 0]}]}, {"n": None}, False),
    ("one element is enough", {"n": [{"numeric": ["<", 0]}]}, {"n": [1, "x", -1]}, True),
    ("negative", {"n": [{"numeric": ["<", 0]}]}, {"n": -3.5e2}, True),
]  # fmt: skip

EXISTENCE: list[Row] = [
    ("exists", {"a": [{"exists": True}]}, {"a": 0}, True),
    ("null exists", {"a": [{"exists": True}]}, {"a": None}, True),
    ("absent", {"a": [{"exists": False}]}, {"b": 1}, True),
    ("present", {"a": [{"exists": False}]}, {"a": 1}, False),
    ("an object isn't a leaf", {"a": [{"exists": True}]}, {"a": {"b": 1}}, False),
    ("an object is no leaf, so absent", {"a": [{"exists": False}]}, {"a": {"b": 1}}, True),
    ("an empty array is absent", {"a": [{"exists": False}]}, {"a": []}, True),
    ("an empty object is absent", {"a": [{"exists": False}]}, {"a": {}}, True),
    ("absent with its parent", {"a": {"b": [{"exists": False}]}}, {"c": 1}, True),
    ("absent or a value", {"a": [{"exists": False}, "x"]}, {"a": "x"}, True),
    ("absent or a value: another", {"a": [{"exists": False}, "x"]}, {"a": "y"}, False),
    ("absent in the same element", {"d": {"a": ["x"], "b": [{"exists": False}]}},
     {"d": [{"a": "x"}, {"b": 1}]}, True),
    ("present in the same element", {"d": {"a": ["x"], "b": [{"exists": False}]}},
     {"d": [{"a": "x", "b": 1}, {}]}, False),
]  # fmt: skip

NEGATION: list[Row] = [
    ("another", {"a": [{"anything-but": "x"}]}, {"a": "y"}, True),
    ("that one", {"a": [{"anything-but": "x"}]}, {"a": "x"}, False),
    ("one of a list", {"a": [{"anything-but": ["x", "y"]}]}, {"a": "y"}, False),
    ("needs the field", {"a": [{"anything-but": "x"}]}, {}, False),
    ("null is something else", {"a": [{"anything-but": "x"}]}, {"a": None}, True),
    ("a number is something else", {"a": [{"anything-but": "5"}]}, {"a": 5}, True),
    ("a number by value", {"a": [{"anything-but": [5]}]}, {"a": 5.0}, False),
    ("a text of digits is something else", {"a": [{"anything-but": 5}]}, {"a": "5"}, True),
    ("true is something else", {"a": [{"anything-but": [1]}]}, {"a": True}, True),
    ("a number that is no float is something else", {"a": [{"anything-but": 9007199254740992}]},
     {"a": 9007199254740993}, True),
    ("an address in another spelling is something else", {"a": [{"anything-but": "::1"}]},
     {"a": "0::1"}, True),
    ("an object isn't something else", {"a": [{"anything-but": "x"}]}, {"a": {"b": "y"}}, False),
    ("an empty list isn't, either", {"a": [{"anything-but": "x"}]}, {"a": []}, False),
    ("null in a list is", {"a": [{"anything-but": ["x"]}]}, {"a": ["x", None]}, True),
    ("true isn't excluded by a suffix", {"a": [{"anything-but": {"suffix": "e"}}]}, {"a": True},
     True),
    ("the empty wildcard excludes the empty text", {"a": [{"anything-but": {"wildcard": ""}}]},
     {"a": ""}, False),
    ("two exclusions are alternatives", {"a": [{"anything-but": "x"}, {"anything-but": "y"}]},
     {"a": "x"}, True),
    ("any element of a list", {"a": [{"anything-but": "x"}]}, {"a": ["x", "y"]}, True),
    ("no element of a list", {"a": [{"anything-but": "x"}]}, {"a": ["x", "x"]}, False),
    ("a prefix", {"a": [{"anything-but": {"prefix": "x"}}]}, {"a": "xy"}, False),
    ("prefixes", {"a": [{"anything-but": {"prefix": ["x", "y"]}}]}, {"a": "yz"}, False),
    ("a prefix is about texts", {"a": [{"anything-but": {"prefix": "1"}}]}, {"a": 1}, True),
    ("a suffix", {"a": [{"anything-but": {"suffix": ".x"}}]}, {"a": "a.y"}, True),
    ("any case", {"a": [{"anything-but": {"equals-ignore-case": ["X", "y"]}}]}, {"a": "Y"}, False),
    ("a wildcard", {"a": [{"anything-but": {"wildcard": "*/x/*"}}]}, {"a": "a/x/b"}, False),
]  # fmt: skip

ARRAYS: list[Row] = [
    ("any element", {"a": ["x"]}, {"a": ["w", "x"]}, True),
    ("arrays of arrays", {"a": ["x"]}, {"a": [["w"], ["x"]]}, True),
    ("fields of one element", {"a": {"b": [1], "c": [2]}}, {"a": [{"b": 1, "c": 2}]}, True),
    ("fields of two elements", {"a": {"b": [1], "c": [2]}}, {"a": [{"b": 1}, {"c": 2}]}, False),
    ("a later element", {"a": {"b": [1], "c": [2]}},
     {"a": [{"b": 1}, {"c": 2}, {"b": 1, "c": 2}]}, True),
    ("elements of two arrays", {"a": {"b": [1]}, "c": {"d": [2]}},
     {"a": [{}, {"b": 1}], "c": [{"d": 2}]}, True),
    ("scalars of one array", {"a": {"b": ["x"], "c": ["y"]}},
     {"a": {"b": ["w", "x"], "c": ["z", "y"]}}, True),
    ("lists in lists are elements, too", {"a": {"b": [1], "c": [2]}},
     {"a": [[{"b": 1}, {"c": 2}], [{"b": 1, "c": 2}]]}, True),
    ("and are kept apart", {"a": {"b": [1], "c": [2]}}, {"a": [[{"b": 1}], [{"c": 2}]]}, False),
    ("objects beside scalars", {"a": ["x"], "a.b": [1]}, {"a": ["x", {"b": 1}]}, True),
    ("a later path replaces an earlier one", {"a": {"b": [1]}, "a.b": [2]}, {"a": {"b": 1}}, False),
    ("absent where the others are", {"a": {"b": [1], "c": [{"exists": False}]}},
     {"a": [{"b": 1, "c": 2}, {"b": 1}]}, True),
    ("absence looked at first is absence anywhere", {"a": {"b": [{"exists": False}], "c": [1]}},
     {"a": [{"b": 1}, {"c": 1}]}, False),
    ("absent within two lists", {"a": {"b": {"c": [1], "d": [{"exists": False}]}}},
     {"a": [{"b": [{"c": 1, "d": 2}, {"c": 1}]}]}, True),
    ("inner arrays keep the outer element", {"a": {"b": {"c": [1]}, "d": [2]}},
     {"a": [{"b": [{"c": 1}], "d": 3}, {"b": [{"c": 0}], "d": 2}]}, False),
]  # fmt: skip

ALTERNATIVES: list[Row] = [
    ("the first", {"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"a": "x"}, True),
    ("the second", {"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"b": "y"}, True),
    ("neither", {"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"a": "y", "b": "x"}, False),
    ("with fields beside it", {"c": ["z"], "$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"a": "x"}, False),
    ("inside an object", {"d": {"$or": [{"a": ["x"]}, {"b": ["y"]}]}}, {"d": {"b": "y"}}, True),
    ("inside itself", {"$or": [{"a": ["x"]}, {"$or": [{"b": ["y"]}, {"c": ["z"]}]}]}, {"c": "z"},
     True),
    ("absence in one of them", {"$or": [{"a": [{"exists": False}]}, {"a": ["x"]}]}, {}, True),
    ("a branch replaces what was outside", {"a": ["x"], "$or": [{"a": ["y"]}, {"b": ["z"]}]},
     {"a": "y"}, True),
    ("the other branch doesn't", {"a": ["x"], "$or": [{"a": ["y"]}, {"b": ["z"]}]},
     {"a": "y", "b": "z"}, True),
    ("and without it the outside holds", {"a": ["x"], "$or": [{"a": ["q"]}, {"b": ["z"]}]},
     {"a": "y", "b": "z"}, False),
    ("what comes after replaces the branches", {"$or": [{"a": ["y"]}, {"b": ["z"]}], "a": ["x"]},
     {"a": "y"}, False),
]  # fmt: skip

ADDRESSES: list[Row] = [
    ("in the network", {"ip": [{"cidr": "10.0.0.0/24"}]}, {"ip": "10.0.0.255"}, True),
    ("outside", {"ip": [{"cidr": "10.0.0.0/24"}]}, {"ip": "10.0.1.0"}, False),
    ("written with an address of it", {"ip": [{"cidr": "10.0.0.7/24"}]}, {"ip": "10.0.0.1"}, True),
    ("version 6", {"ip": [{"cidr": "2001:db8::/32"}]}, {"ip": "2001:db8:0:1::5"}, True),
    ("of the other version", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "2001:db8::1"}, False),
    ("no address", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "10.0.0"}, False),
    ("a number", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": 10}, False),
    ("everything", {"ip": [{"cidr": "0.0.0.0/0"}]}, {"ip": "8.8.8.8"}, True),
    ("a network by its last address", {"ip": [{"cidr": "10.0.0.255/31"}]}, {"ip": "10.0.0.254"},
     True),
    ("version 4 in the clothes of 6", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "::ffff:a00:1"},
     True),
    ("written with dots it is none", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "::ffff:10.0.0.1"},
     False),
    ("zeros in front", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "010.0.0.1"}, True),
    ("too many of them", {"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "10.0000.0.000001"}, False),
    ("beside other operators", {"ip": [{"cidr": "10.0.0.0/8"}, {"prefix": "192."}]},
     {"ip": "192.168.0.1"}, True),
    ("beside an exclusion", {"ip": [{"cidr": "10.0.0.0/8"}, {"anything-but": "192.168.0.1"}]},
     {"ip": "192.168.0.1"}, False),
    ("beside numbers", {"ip": [{"cidr": "10.0.0.0/8"}, {"numeric": [">", 0]}]}, {"ip": "10.0.0.1"},
     True),
    ("no block of version 6", {"ip": ["1:2:3:4:5:6:7:8::"]}, {"ip": "1:2:3:4:5:6:7:8"}, False),
    ("a gap of one", {"ip": ["1:2:3:4:5:6:7::"]}, {"ip": "1:2:3:4:5:6:7:0"}, True),
    ("no gap of three colons", {"ip": ["1:::2"]}, {"ip": "1::2"}, False),
    ("in capitals", {"ip": ["2001:DB8::1"]}, {"ip": "2001:db8::1"}, True),
    ("one address in two spellings", {"ip": ["::1"]}, {"ip": "0:0:0:0:0:0:0:1"}, True),
    ("two addresses", {"ip": ["::1"]}, {"ip": "::2"}, False),
    ("what only looks like one", {"ip": ["999.1.1.1"]}, {"ip": "999.1.1.1"}, True),
]  # fmt: skip

ROWS = [*FIELDS, *SCALARS, *TEXTS, *NUMBERS, *EXISTENCE, *NEGATION, *ARRAYS, *ALTERNATIVES,
        *ADDRESSES]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "event", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS]
)
def test_pattern(pattern: dict[str, Any], event: object, expected: bool) -> None:  # noqa: FBT001
    assert matches(pattern, event) is expected


@pytest.mark.parametrize(
    "pattern",
    [{}, {"a": {}}, {"a": "x"}, {"a": None}, {"$or": [{}, {"a": ["x"]}]}],
)
def test_what_is_no_pattern_is_refused(pattern: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="objects"):
        matches(pattern, {"a": "x"})


def test_unknown_operators_are_refused() -> None:
    with pytest.raises(ValueError, match="prefixx"):
        matches({"a": [{"prefixx": "b"}]}, {"a": "b"})
    with pytest.raises(ValueError, match="one operator"):
        matches({"a": [{"prefix": "b", "suffix": "b"}]}, {"a": "b"})


def test_depth_costs_no_stack() -> None:
    depth = sys.getrecursionlimit() * 3
    event: Any = "x"
    for _ in range(depth):
        event = [event]
    assert matches({"a": ["x"]}, {"a": event})


def _string(value: str) -> dict[str, Any]:
    return {"DataType": "String", "StringValue": value}


POLICIES: list[tuple[str, dict[str, Any], dict[str, dict[str, Any]], bool]] = [
    ("a text", {"kind": ["big"]}, {"kind": _string("big")}, True),
    ("no attribute", {"kind": ["big"]}, {}, False),
    ("no attribute, as asked", {"kind": [{"exists": False}]}, {}, True),
    ("a dotted name", {"customer.tier": ["gold"]}, {"customer.tier": _string("gold")}, True),
    ("a number", {"n": [{"numeric": [">", 1]}]}, {"n": {"DataType": "Number", "StringValue": "2"}},
     True),
    ("a number of a kind", {"n": [2]}, {"n": {"DataType": "Number.int", "StringValue": "2"}}, True),
    ("digits in a String", {"n": [{"numeric": [">", 1]}]}, {"n": _string("2")}, False),
    ("a text in a Number", {"n": ["x"]}, {"n": {"DataType": "Number", "StringValue": '"x"'}},
     False),
    ("a list", {"tags": ["a"]}, {"tags": {"DataType": "String.Array", "StringValue": '["b", "a"]'}},
     True),
    ("something but in a list", {"tags": [{"anything-but": "a"}]},
     {"tags": {"DataType": "String.Array", "StringValue": '["a", "b"]'}}, True),
    ("a list that is none", {"tags": [{"exists": True}]},
     {"tags": {"DataType": "String.Array", "StringValue": "oops"}}, False),
    ("Binary isn't seen", {"b": [{"exists": True}]},
     {"b": {"DataType": "Binary", "BinaryValue": b"x"}}, False),
    ("either", {"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"b": _string("y")}, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "attributes", "expected"), [pytest.param(*row[1:], id=row[0]) for row in POLICIES]
)
def test_policy_about_attributes(
    policy: dict[str, Any],
    attributes: dict[str, dict[str, Any]],
    expected: bool,  # noqa: FBT001
) -> None:
    body = json.dumps({"kind": "big", "n": 5})  # of no interest here
    found = matches_policy(policy, "MessageAttributes", body=body, attributes=attributes)
    assert found is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"order": {"total": 120}}', True),
        ('{"order": [{"total": 20}, {"total": 120}]}', True),
        ('{"order.total": 120}', True),
        ('{"order": {"total": "120"}}', False),
        ('[{"order": {"total": 120}}]', False),
        ("not JSON", False),
        ('{"order": {"total": NaN}}', False),
        ("", False),
    ],
)
def test_policy_about_the_body(body: str, expected: bool) -> None:  # noqa: FBT001
    policy = {"order": {"total": [{"numeric": [">=", 100]}]}}
    attributes = {"order.total": {"DataType": "Number", "StringValue": "500"}}
    assert matches_policy(policy, "MessageBody", body=body, attributes=attributes) is expected


def test_no_policy_lets_everything_pass() -> None:
    assert matches_policy(None, "MessageAttributes", body="not JSON")
    assert matches_policy({}, "MessageBody", body="not JSON")


def test_values_of_attributes() -> None:
    attributes = {
        "text": _string("1"),
        "number": {"DataType": "Number", "StringValue": " 1.5\n"},
        "no number": {"DataType": "Number", "StringValue": "1.5 2"},
        "list": {"DataType": "String.Array", "StringValue": '["a", 1, true, null]'},
        "custom": {"DataType": "Number.int", "StringValue": "1"},
        "binary": {"DataType": "Binary", "BinaryValue": b""},
        "not asked for": _string("1"),
    }
    names = {*attributes, "not there"} - {"not asked for"}
    values = {"text": "1", "number": 1.5, "list": ["a", 1, True, None], "custom": 1}
    assert attribute_values(attributes, names) == values | {"no number": []}


def test_a_deep_event() -> None:
    event: Any = "x"
    for _ in range(100_000):
        event = [event]
    assert matches({"a": {"b": ["x"]}}, {"a": [{"b": event}]})
    for _ in range(100_000):
        event = {"a": event}
    assert not matches({"a": {"a": ["x"]}}, event)


def test_long_lists_cost_little() -> None:
    """What is in lists that don't meet isn't multiplied, and one list isn't searched for each."""
    rows = [{"a": i, "b": -i} for i in range(5000)]
    event = dict.fromkeys("vwxyz", rows)
    pattern = {name: {"a": [{"exists": True}], "b": [{"exists": True}]} for name in "vwxyz"}
    assert matches(pattern, event)
    assert not matches(pattern | {"zz": [1]}, event)
    assert not matches({"z": {"a": [1], "b": [-2]}}, event)
