"""Patterns as a library: what is refused and why, what matches, and what decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.patterns import EventPattern, FilterPolicy, PatternError
from msgc.patterns.dialect import ALL_OPERATORS
from msgc.patterns.grammar.problem import Path
from msgc.patterns.grammar.wildcard_complexity import TOO_COMPLEX

NAN = float("nan")
MIXED = (
    "Inside anything but list, either all values are number or string, mixed type is not supported"
)


def _nested(depth: int) -> dict[str, Any]:
    pattern: dict[str, Any] = {"a": ["x"]}
    for _ in range(depth):
        pattern = {"a": pattern}
    return pattern


def _branches(count: int) -> dict[str, Any]:
    return {"$or": [{f"a{i}": ["x"]} for i in range(count)]}


def _parallel(count: int) -> dict[str, Any]:
    """Return a pattern whose alternatives would be 10 to the power of a number."""
    return {f"a{i}": {"$or": [{f"b{j}": [1]} for j in range(10)]} for i in range(count)}


REFUSED: list[tuple[Any, Path, str]] = [
    ({}, (), "Empty objects are not allowed"),
    ([], (), "Filter is not an object"),
    (None, (), "Filter is not an object"),
    ("a", (), "Filter is not an object"),
    ({"a": {}}, ("a",), "Empty objects are not allowed"),
    ({"a": "x"}, ("a",), '"a" must be an object or an array'),
    ({"a": None}, ("a",), '"a" must be an object or an array'),
    ({"a": ("x",)}, ("a",), '"a" must be an object or an array'),
    ({"a": {"prefix": "x"}}, ("a",), '"prefix" must be an object or an array'),
    ({"a": []}, ("a",), "Empty arrays are not allowed"),
    ({"a": [["x"]]}, ("a", 0), "Match value must be String, number, true, false, or null"),
    ({"a": ["x", {"y"}]}, ("a", 1), "Match value must be String, number, true, false, or null"),
    ({"a": [NAN]}, ("a", 0), "`NaN` is no number of JSON"),
    ({"a": [1e999]}, ("a", 0), "`Infinity` is no number of JSON"),
    ({1: ["x"]}, (1,), "a field's name is a text, not 1"),
    ({"a": [{}]}, ("a", 0), "Match expression name not found"),
    ({"a": [{"prefix": "x", "suffix": "y"}]}, ("a", 0),
     "Only one key allowed in match expression"),
    ({"a": [{"Prefix": "x"}]}, ("a", 0, "Prefix"), "Unrecognized match type Prefix"),
    ({"a": [{"prefix": ["x"]}]}, ("a", 0, "prefix"), "prefix match pattern must be a string"),
    ({"a": [{"suffix": {"equals": "x"}}]}, ("a", 0, "suffix"),
     "Unsupported suffix pattern: equals"),
    ({"a": [{"prefix": {"equals-ignore-case": 1}}]}, ("a", 0, "prefix"),
     "equals-ignore-case match pattern must be a string"),
    ({"a": [{"exists": "true"}]}, ("a", 0, "exists"),
     "exists match pattern must be either true or false."),
    ({"a": [{"wildcard": "a**b"}]}, ("a", 0, "wildcard"),
     "Consecutive wildcard characters at pos 2"),
    ({"a": [{"wildcard": "a\\b"}]}, ("a", 0, "wildcard"), "Invalid escape character at pos 2"),
    ({"a": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}, ("a",), TOO_COMPLEX),
    ({"a": ["x", *({"wildcard": f"*/in/*.{end}"} for end in ("csv", "tsv", "txt", "tex"))]}, ("a",),
     TOO_COMPLEX),
    ({"a": [{"anything-but": {"wildcard": [f"*/{i}/*" for i in range(10)]}}]}, ("a",),
     TOO_COMPLEX),
    ({"a": [{"wildcard": f"{i}*"} for i in range(11)]}, ("a",), TOO_COMPLEX),
    ({"a": [{"cidr": "10.0.0.1"}]}, ("a", 0, "cidr"), "Malformed CIDR, one '/' required"),
    ({"a": [{"cidr": "x"}]}, ("a", 0, "cidr"), "Malformed CIDR, one '/' required"),
    ({"a": [{"cidr": "10.0.0.1/"}]}, ("a", 0, "cidr"), "Malformed CIDR, one '/' required"),
    ({"a": [{"cidr": "10.0.0.0/8/9"}]}, ("a", 0, "cidr"), "Malformed CIDR, one '/' required"),
    ({"a": [{"cidr": "10.0.0.0/32"}]}, ("a", 0, "cidr"), "IPv4 mask bits must be < 32"),
    ({"a": [{"cidr": "::/128"}]}, ("a", 0, "cidr"), "IPv6 mask bits must be < 128"),
    ({"a": [{"cidr": "::ffff:a00:0/32"}]}, ("a", 0, "cidr"), "IPv4 mask bits must be < 32"),
    ({"a": [{"cidr": "10.0.0.0/x"}]}, ("a", 0, "cidr"),
     "Malformed CIDR, mask bits must be an integer"),
    ({"a": [{"cidr": "10.0.0.0/-1"}]}, ("a", 0, "cidr"),
     "Malformed CIDR, mask bits must not be negative"),
    ({"a": [{"cidr": "/8"}]}, ("a", 0, "cidr"), "Nonstandard IP address: "),
    ({"a": [{"cidr": "10.0.0.256/8"}]}, ("a", 0, "cidr"), "Nonstandard IP address: 10.0.0.256"),
    ({"a": [{"cidr": "::ffff:10.0.0.0/104"}]}, ("a", 0, "cidr"),
     "Nonstandard IP address: ::ffff:10.0.0.0"),
    ({"a": [{"numeric": 1}]}, ("a", 0, "numeric"), "Value of numeric must be an array."),
    ({"a": [{"numeric": []}]}, ("a", 0, "numeric"), "Invalid member in numeric match: ]"),
    ({"a": [{"numeric": [5]}]}, ("a", 0, "numeric"), "Invalid member in numeric match: 5"),
    ({"a": [{"numeric": [">"]}]}, ("a", 0, "numeric"), "Value of > must be numeric"),
    ({"a": [{"numeric": ["=", "1"]}]}, ("a", 0, "numeric"), "Value of equals must be numeric"),
    ({"a": [{"numeric": [">", 1, 2]}]}, ("a", 0, "numeric"), "Bad value in numeric range: 2"),
    ({"a": [{"numeric": [">", 1, "=", 2]}]}, ("a", 0, "numeric"),
     "Bad numeric range operator: ="),
    ({"a": [{"numeric": [">", 1, "<"]}]}, ("a", 0, "numeric"), "Value of < must be numeric"),
    ({"a": [{"numeric": [">", 1, "<", 2, 3]}]}, ("a", 0, "numeric"),
     "Too many terms in numeric range expression"),
    ({"a": [{"numeric": ["~", 1]}]}, ("a", 0, "numeric"),
     "Unrecognized numeric range operator: ~"),
    ({"a": [{"numeric": [">", True]}]}, ("a", 0, "numeric"), "Value of > must be numeric"),
    ({"a": [{"numeric": ["<", 1, ">", 0]}]}, ("a", 0, "numeric"),
     "Too many elements in numeric expression"),
    ({"a": [{"numeric": [">=", 1, "<", 1]}]}, ("a", 0, "numeric"), "Bottom must be less than top"),
    ({"a": [{"numeric": [">", 10**5000, "<", 10**5001]}]}, ("a", 0, "numeric", 1),
     "Cannot compare number : a value of int"),
    ({"a": [{"numeric": ["<", 2**60]}]}, ("a", 0, "numeric", 1),
     "Cannot compare number : 1152921504606846976"),
    ({"a": [{"numeric": [">", 2**53 + 1]}]}, ("a", 0, "numeric", 1),
     "Cannot compare number : 9007199254740993"),
    ({"a": [{"numeric": [">", NAN]}]}, ("a", 0, "numeric", 1), "Cannot compare number : NaN"),
    ({"a": [{"anything-but": [1, 2**64 + 1]}]}, ("a", 0, "anything-but", 1),
     "Cannot compare number : 18446744073709551617"),
    ({"a": [{"anything-but": ["x", 1]}]}, ("a", 0, "anything-but"),
     MIXED),
    ({"a": [{"anything-but": [None]}]}, ("a", 0, "anything-but"),
     "Inside anything but list, start|null|boolean is not supported."),
    ({"a": [{"anything-but": True}]}, ("a", 0, "anything-but"),
     "Value of anything-but must be an array or single string/number value."),
    ({"a": [{"anything-but": {"prefix": ""}}]}, ("a", 0, "anything-but", "prefix"),
     "Null prefix/suffix not allowed"),
    ({"a": [{"anything-but": {"numeric": ["<", 1]}}]}, ("a", 0, "anything-but", "numeric"),
     "Unsupported anything-but pattern: numeric"),
    ({"$or": [{"a": ["x"]}]}, ("$or",),
     "There must have at least 2 Objects in $or relationship."),
    ({"$or": "x"}, ("$or",), "It must be an Array followed with $or."),
    ({"a": [{"exactly": 1}]}, ("a", 0, "exactly"), "exact match pattern must be a string"),
    ({"a": [{"prefix": {}}]}, ("a", 0, "prefix"), "Prefix expression name not found"),
    ({"a": [{"suffix": {"equals-ignore-case": "x", "y": 1}}]}, ("a", 0, "suffix"),
     "Only one key allowed in match expression"),
    ({"a": [{"anything-but": {"prefix": {"equals-ignore-case": "x"}}}]},
     ("a", 0, "anything-but", "prefix"),
     "Value of anything-but must be an array or single string/number value."),
    ({"a": [{"anything-but": {"suffix": [1]}}]}, ("a", 0, "anything-but", "suffix", 0),
     "prefix/suffix match pattern must be a string"),
    ({"a": [{"anything-but": {"wildcard": 1}}]}, ("a", 0, "anything-but", "wildcard"),
     "wildcard match pattern must be a string"),
    ({"a": [{"anything-but": {"equals-ignore-case": [None]}}]},
     ("a", 0, "anything-but", "equals-ignore-case", 0),
     "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported."),
    ({f"{i}": [1] for i in range(257)}, (), "Size of rule exceeds max value of 256"),
    ({"$or": [{"a": ["x"]}, "b"]}, ("$or", 1),
     "Only JSON object is allowed in array of $or relationship."),
    ({"$or": [{"a": ["x"]}, {}]}, ("$or", 1), "Empty objects are not allowed"),
    ({"$or": [{"a": ["x"]}, {"b": {"prefix": ["x"]}}]}, ("$or", 1, "b", "prefix"),
     "prefix is Ruler reserved fieldName which cannot be used inside $or."),
    (_branches(1001), (), "its `$or`s make 1001 alternatives, an event pattern takes 1000"),
    (_parallel(30), (),
     "its `$or`s make more than a billion alternatives, an event pattern takes 1000"),
    ({"a": ["x" * 4096]}, (), "Event pattern is longer than 4096 characters"),
    ({"a": [10**5000]}, (), "a number has too many digits"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "path", "reason"), REFUSED)
def test_refused(pattern: Any, path: Path, reason: str) -> None:
    with pytest.raises(PatternError) as raised:
        EventPattern(pattern)
    assert (raised.value.path, raised.value.reason) == (path, reason)


def test_too_deep() -> None:
    with pytest.raises(PatternError, match="more than 100 levels are too deep"):
        EventPattern(_nested(101))
    with pytest.raises(PatternError, match="longer than 4096 characters"):
        EventPattern(_nested(100_000))


def test_one_object_in_many_places() -> None:
    pattern: dict[str, Any] = {"a": ["x"]}
    for _ in range(20):
        pattern = {"$or": [pattern] * 10}
    around_itself: dict[str, Any] = {"a": ["x"]}
    around_itself["b"] = around_itself["c"] = around_itself
    for endless in (pattern, around_itself):
        with pytest.raises(PatternError, match="longer than 4096 characters"):
            EventPattern(endless)
        with pytest.raises(PatternError, match="larger than 262144 bytes"):
            FilterPolicy(endless, scope="body")


def test_the_message_says_where() -> None:
    with pytest.raises(PatternError, match=r"^detail\.total\[1\]\.prefix: prefix match"):
        EventPattern({"detail": {"total": ["x", {"prefix": 1}]}})


@pytest.mark.parametrize(
    "wildcards",
    [
        ["/Users/*/dir/dir/dir/dir/dir/doc.txt"],
        ["*/in/*.csv", "*/in/*.tsv"],
        ["*.csv", "*.tsv", "*.txt", "*.tex"],
        ["*a*b*c*d*e*"],
        [f"{i}*" for i in range(10)],
    ],
)
def test_complex_but_not_too_much(wildcards: list[str]) -> None:
    EventPattern({"a": [{"wildcard": wildcard} for wildcard in wildcards]})


@pytest.mark.parametrize("pattern", [_nested(90), {"a": [10**300, 2**53 + 1]}, {"account": [123]}])
def test_not_refused(pattern: dict[str, Any]) -> None:
    EventPattern(pattern)


def test_a_thousand_branches() -> None:
    pattern = EventPattern({"$or": [{f"{i}": ["a"]} for i in range(250)]})
    assert pattern.matches({"249": "a"})
    assert not pattern.matches({"250": "a"})
    policy = FilterPolicy({"$or": [{"a": [i]} for i in range(150)]}, scope="body")
    assert policy.matches({"a": 149})
    with pytest.raises(PatternError, match="Filter policy is too complex"):
        FilterPolicy(_branches(151))


@pytest.mark.parametrize(
    ("policy", "scope", "reason"),
    [
        ({"a": {"b": ["x"]}}, "attributes", "does not support nested filter policy"),
        ({"a": {"b": {"c": ["x"]}}}, "attributes", "does not support nested filter policy"),
        ({"a": {"b": "x", "c": ["x"]}}, "attributes", '"b" must be an object or an array'),
        ({"a": [{"anything-but": {"prefix": 1}}]}, "attributes", "^.* prefix match pattern must"),
        ({"a": [{"anything-but": {"prefix": ""}}]}, "attributes", "Null prefix/suffix not allowed"),
        ({name: ["x"] for name in "abcdef"}, "attributes", "can not have more than 5 keys"),
        ({name: ["x"] for name in "abcdef"}, "body", "can not have more than 5 keys"),
        ({"a": [*range(151)]}, "attributes", "too complex"),
        ({"a": {"b": [*range(76)]}}, "body", "too complex"),
        ({"a": ["x" * 256 * 1024]}, "body", "larger than 262144 bytes"),
        ({"a": [{"wildcard": "*a*b*c*"}]}, "body", "too complex"),
        ({"a": [{"wildcard": f"*{i}*x*"} for i in range(6)]}, "attributes", "too complex"),
        ({"a": "x"}, "attributes", "must be an object or an array"),
        ([], "attributes", "Filter is not an object"),
        ({"$or": ["x"]}, "body", "at least 2 Objects"),
        ({"$or": {"a": ["x"]}}, "body", "must be an Array"),
    ],
)
def test_refused_policies(policy: Any, scope: Any, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        FilterPolicy(policy, scope=scope)


def test_a_scope_is_one_of_two() -> None:
    with pytest.raises(ValueError, match="scope"):
        FilterPolicy({"a": ["x"]}, scope="MessageBody")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text"), [("DataType", "StringValue"), ("Type", "Value"), ("dataType", "stringValue")]
)
def test_attributes_as_they_are_sent_and_as_they_arrive(kind: str, text: str) -> None:
    policy = FilterPolicy({"kind": ["a"], "tags": ["b"], "total": [{"numeric": [">", 1]}]})
    attributes = {
        "kind": {kind: "String", text: "a"},
        "tags": {kind: "String.Array", text: '["b", "c"]'},
        "total": {kind: "Number", text: "2"},
    }
    assert policy.matches(attributes)
    assert not policy.matches(attributes | {"tags": {kind: "Binary", text: "Yg=="}})
    assert not policy.matches(attributes | {"tags": {kind: "String"}})
    assert "total" in policy.explain(attributes | {"total": {kind: "Number", text: "1"}}).reason


def test_policies_match() -> None:
    policy = FilterPolicy({"kind": ["a"], "total": [{"numeric": [">", 1]}]})
    kind = {"DataType": "String", "StringValue": "a"}
    total = {"DataType": "Number", "StringValue": "2"}
    assert policy.matches({"kind": kind, "total": total})
    assert not policy.matches({"kind": kind})
    assert not policy.matches({"kind": kind, "total": total | {"DataType": "String"}})
    assert not policy.matches({"kind": {"DataType": "Binary", "BinaryValue": b"a"}})
    assert not policy.matches({"kind": {}, "total": {"DataType": "Number", "StringValue": 2}})
    assert FilterPolicy({"a": [{"wildcard": f"*{i}*x*"} for i in range(5)]}, "body").matches(
        {"a": "4x"}
    )
    assert FilterPolicy({}).matches({})
    assert FilterPolicy({"a": {"b": ["x"]}}, scope="body").matches({"a": [{"b": "x"}]})


EVENTS: list[tuple[dict[str, Any], Any, bool, Path, str]] = [
    ({"a": ["x"]}, {"a": "x"}, True, ("a",), '`a` is "x"'),
    ({"a": ["x"], "b": [{"exists": False}]}, {"a": "x"}, True, (), '`a` is "x", `b` is absent'),
    ({"a": ["x", "y"]}, {"a": "z"}, False, ("a",), '`a` is "z", none of ["x", "y"]'),
    ({"d": {"a": ["x"]}}, {"d": {}}, False, ("d", "a"), "`d.a` isn't there"),
    ({"d": {"a": ["x"]}}, {"d": 1}, False, ("d", "a"), "`d.a` isn't there"),
    ({"d.a": ["x"]}, {"d": {"a": {"x": 1}}}, False, ("d.a",), "`d.a` is an object"),
    ({"d": {"a": ["x"]}}, {"d.a": []}, False, ("d", "a"), "`d.a` is an empty list"),
    ({"a": [{"exists": False}]}, {"a": [1, 2, 3, 4, 5]}, False, ("a",), "and 2 more"),
    ({"i": {"a": [1], "b": [2]}}, {"i": [{"a": 1, "b": 3}, {"a": 3, "b": 2}]}, False, ("i", "b"),
     "another element"),
    ({"$or": [{"a": ["x"], "b": ["y"]}, {"a": ["z"]}]}, {"a": "x", "b": "n"}, False,
     ("$or", 0, "b"), '`b` is "n", none of ["y"]'),
    ({"$or": [{"a": ["x"], "b": ["y"]}, {"a": ["z"], "b": ["n"]}]}, {"a": "z", "b": "n"}, True,
     ("$or", 1), '`a` is "z", `b` is "n"'),
    ({"a": ["x"]}, ["x"], False, (), "only a JSON object can match"),
    ({"a": ["x"]}, {"a": 10**5000}, False, ("a",), '`a` is a huge number, none of ["x"]'),
]  # fmt: skip


@pytest.mark.parametrize("row", EVENTS)
def test_explained(row: tuple[dict[str, Any], Any, bool, Path, str]) -> None:
    pattern, event, matched, path, reason = row
    compiled = EventPattern(pattern)
    found = compiled.explain(event)
    assert (found.matched, found.path) == (matched, path)
    assert reason in str(found)
    assert compiled.matches(event) is matched


def test_all_alternatives_are_told() -> None:
    found = EventPattern({"$or": [{"a": [1]}, {"b": [1]}]}).explain({})
    assert [one.field for one in found.alternatives] == ["a", "b"]


def test_an_empty_policy_is_explained() -> None:
    assert FilterPolicy({}).explain({}).matched
    assert not FilterPolicy({"a": [1]}).explain({}).matched


OLDER: list[tuple[dict[str, Any], Any, bool]] = [
    ({"$or": ["x", "y"]}, {"$or": "y"}, True),
    ({"$or": [{"prefix": "x"}]}, {"$or": "xy"}, True),
    ({"$or": [{"prefix": "x"}, {"suffix": "y"}]}, {"$or": "ay"}, True),
    ({"$or": {"a": ["x"], "b": ["y"]}}, {"$or": {"a": "x", "b": "y"}}, True),
    ({"$or": {"a": ["x"], "b": ["y"]}}, {"$or": {"a": "x"}}, False),
    ({"a": ["x"], "d": {"$or": [1, {"numeric": [">", 5]}]}}, {"a": "x", "d": {"$or": 6}}, True),
    ({"d": {"$or": [1], "e": {"$or": {"f": [2]}}}}, {"d": {"$or": 1, "e": {"$or.f": 2}}}, True),
]


@pytest.mark.parametrize(("pattern", "event", "expected"), OLDER)
def test_a_pattern_that_is_older_than_or(
    pattern: dict[str, Any],
    event: Any,
    expected: bool,  # noqa: FBT001
) -> None:
    assert EventPattern(pattern).matches(event) is expected


@pytest.mark.parametrize(
    ("exclusion", "taken"),
    [
        ("x", True), (["x", "y"], True), ({"prefix": "x"}, True), ({"suffix": "x"}, True),
        ({"equals-ignore-case": ["x", "y"]}, True), ({"prefix": ["x", "y"]}, False),
        ({"suffix": ["x"]}, False), ({"wildcard": "x*"}, False),
    ],
)  # fmt: skip
def test_what_the_older_language_excludes(exclusion: Any, *, taken: bool) -> None:
    """event-ruler compiles what it can't read as `$or` by its older compiler."""
    excluding = [{"anything-but": exclusion}]
    assert not EventPattern({"a": excluding}).matches({"a": "x"})
    if taken:
        assert EventPattern({"$or": ["b"], "a": excluding}).matches({"$or": "b", "a": "z"})
    else:
        with pytest.raises(PatternError, match="at least 2 Objects"):
            EventPattern({"$or": ["b"], "a": excluding})


def test_both_ways_of_or_in_one_pattern() -> None:
    with pytest.raises(PatternError, match="must be an Array followed"):
        EventPattern({"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": {"$or": {"d": ["z"]}}})


@pytest.mark.parametrize(
    ("pattern", "dialect", "reason"),
    [
        ({"a": [{"wildcard": "x*"}]}, "pipe", "a pipe's filter has no `wildcard`"),
        ({"a": [{"anything-but": {"prefix": "x"}}]}, "pipe", "no `anything-but` with `prefix`"),
        ({"a": [{"anything-but": {"suffix": "x"}}]}, "lambda", "no `anything-but` with `suffix`"),
        ({"a": [{"prefix": {"equals-ignore-case": "x"}}]}, "lambda", "must be a string"),
        ({"a": [{"exactly": "x"}]}, "pipe", "Unrecognized match type exactly"),
        ({"a": ["x" * 4096]}, "lambda", "longer than 4096 characters"),
    ],
)
def test_refused_by_dialects(pattern: dict[str, Any], dialect: Any, reason: str) -> None:
    EventPattern({"a": ["x"]}, dialect)
    with pytest.raises(PatternError, match=reason):
        EventPattern(pattern, dialect)


def test_dialects_match_alike() -> None:
    pattern = {"body": {"$or": [{"a": [{"anything-but": ["x"]}]}, {"b": [None]}]}}
    assert EventPattern(pattern, "lambda").matches({"body": {"b": None}})
    assert EventPattern(pattern, "pipe").matches({"body": {"a": "y"}})
    with pytest.raises(ValueError, match="dialect is"):
        EventPattern(pattern, "sns")  # type: ignore[arg-type]


GARBAGE = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.binary(),
        st.decimals(), st.just(("x",)), st.just({"x"}), st.just("::1"),
        st.just(5000).map(lambda digits: 10**digits),
        st.sampled_from([">", "<=", "=", "*", "a**", "\\", "10.0.0.0/8", "1/2/3"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=2) | st.integers() | st.none(), inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$or", *ALL_OPERATORS, "exactly"]), inner, min_size=1, max_size=2
        )
    ),
    max_leaves=12,
)  # fmt: skip


def _made(make: Callable[[Any], Any], pattern: Any) -> Any:
    try:
        return make(pattern)
    except PatternError as error:
        return error


@settings(deadline=None, max_examples=300)
@given(GARBAGE, st.dictionaries(st.text(max_size=2), GARBAGE, max_size=3))
def test_whatever_comes_is_refused_or_matches(pattern: Any, event: Any) -> None:
    for make in (EventPattern, FilterPolicy, lambda policy: FilterPolicy(policy, scope="body")):
        made = _made(make, pattern)
        if isinstance(made, PatternError):
            assert str(made).endswith(made.reason)
        else:
            assert made.explain(event).matched is made.matches(event)
