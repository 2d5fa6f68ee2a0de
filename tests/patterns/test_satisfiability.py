"""What is known of a pattern before any message is sent: a row for each rule."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.patterns.satisfiability import satisfiability
from msgc.patterns.satisfiability.matcher_verdicts import literal_start
from msgc.payloads import read
from msgc.payloads.model import ObjectShape
from msgc.syntax import load

SCHEMA = """
type: object
required: [id, tier, total, count, gift, customer, lines, tags, when, code, kind, pet]
additionalProperties: false
properties:
  id: {type: string}
  note: {type: string, minLength: 2, maxLength: 4}
  tier: {type: string, enum: [gold, platinum]}
  level: {type: string, enum: [gold, platinum]}
  kind: {const: order}
  total: {type: number, minimum: 0, exclusiveMaximum: 1000}
  count: {type: integer, minimum: 1, maximum: 10}
  gift: {type: boolean}
  coupon: {type: [string, "null"]}
  when: {type: string, format: date-time}
  code: {type: string, pattern: "^ord-[0-9]+$"}
  customer: {type: object, required: [tier], properties: {tier: {type: string}}}
  closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
  lines:
    type: array
    minItems: 1
    items: {type: object, required: [sku], properties: {sku: {type: string}, n: {type: integer}}}
  tags: {type: array, items: {type: string, maxLength: 3}}
  labels: {type: object, additionalProperties: {type: integer, minimum: 0}}
  pet:
    oneOf:
      - {type: object, required: [type, bark], properties: {type: {const: dog}, bark: {type: number}}}
      - {type: object, required: [type], properties: {type: {const: cat}, purr: {type: boolean}}}
"""  # noqa: E501


class _File:
    def read(self, path: str) -> bytes:
        assert path == "schema.yaml"
        return SCHEMA.encode()


def _payload() -> ObjectShape:
    document = load("schema.yaml", _File()).value
    assert document is not None
    outcome = read(document.root, name="Order", path="schema.yaml", load=lambda _: 1 / 0)  # type: ignore[arg-type,return-value]
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    return outcome.value


PAYLOAD = _payload()
N, P, A = "never", "possible", "always"

CLAUSES: list[tuple[str, Any, str]] = [
    # values
    ("tier", "gold", P), ("tier", "silver", N), ("kind", "order", A), ("kind", "o", N),
    ("id", "x", P), ("id", 1, N), ("id", None, N), ("total", "100", N), ("total", 100, P),
    ("total", 1000, N), ("total", -1, N), ("count", 1.5, N), ("count", 3.0, P),
    ("gift", True, P), ("gift", "true", N), ("coupon", None, P), ("coupon", True, N),
    ("note", "abcde", N), ("note", "a", N), ("code", "ord-1", P), ("code", "ord-", N),
    ("when", "yesterday", N), ("when", "2026-01-01T00:00:00Z", P),
    # texts
    ("id", {"prefix": ""}, A), ("note", {"prefix": ""}, P), ("id", {"prefix": "x"}, P),
    ("total", {"prefix": ""}, N), ("tier", {"prefix": "g"}, P), ("tier", {"prefix": "x"}, N),
    ("code", {"prefix": "ord-"}, A), ("code", {"prefix": "o"}, A), ("code", {"prefix": "x"}, N),
    ("code", {"prefix": "ord-1"}, P), ("note", {"prefix": "abcde"}, N),
    ("note", {"suffix": "abcde"}, N), ("note", {"suffix": "a"}, P), ("id", {"suffix": ""}, A),
    ("tier", {"suffix": "m"}, P), ("tier", {"suffix": {"equals-ignore-case": "UM"}}, P),
    ("tier", {"equals-ignore-case": "GOLD"}, P), ("tier", {"equals-ignore-case": "silver"}, N),
    ("note", {"equals-ignore-case": "a"}, N), ("note", {"equals-ignore-case": "abcde"}, N),
    ("id", {"wildcard": "*"}, A), ("tier", {"wildcard": "*l*"}, A), ("tier", {"wildcard": "x*"}, N),
    ("note", {"wildcard": "abc*de"}, N), ("code", {"wildcard": "x*1"}, N),
    ("gift", {"wildcard": "*"}, N),
    ("id", {"cidr": "10.0.0.0/8"}, P), ("when", {"cidr": "10.0.0.0/8"}, N),
    ("tier", {"cidr": "10.0.0.0/8"}, N), ("total", {"cidr": "10.0.0.0/8"}, N),
    # numbers
    ("total", {"numeric": [">=", 100]}, P), ("total", {"numeric": [">=", 1000]}, N),
    ("total", {"numeric": [">=", 0]}, A), ("total", {"numeric": [">", 0]}, P),
    ("total", {"numeric": ["<", 1000]}, A), ("total", {"numeric": ["<", 0]}, N),
    ("total", {"numeric": ["<=", 0]}, P), ("total", {"numeric": [">=", 0, "<", 1000]}, A),
    ("count", {"numeric": [">", 10]}, N), ("count", {"numeric": [">", 0]}, A),
    ("count", {"numeric": [">", 2, "<", 3]}, N), ("count", {"numeric": ["=", 2.5]}, N),
    ("count", {"numeric": [">=", 0.5, "<", 10.5]}, A), ("id", {"numeric": [">", 0]}, N),
    # anything-but
    ("tier", {"anything-but": ["gold", "platinum"]}, N), ("tier", {"anything-but": "gold"}, P),
    ("tier", {"anything-but": "silver"}, A), ("level", {"anything-but": "silver"}, P),
    ("total", {"anything-but": "100"}, A), ("total", {"anything-but": 1000}, A),
    ("id", {"anything-but": {"prefix": "x"}}, P), ("code", {"anything-but": {"prefix": "ord"}}, N),
    ("code", {"anything-but": {"prefix": ["x", "y"]}}, A),
    ("tier", {"anything-but": {"wildcard": "*l*"}}, N),
    ("count", {"anything-but": [*range(1, 11)]}, N), ("count", {"anything-but": [1, 2]}, P),
    ("count", {"anything-but": [0, 11]}, A), ("count", {"anything-but": "1"}, A),
    ("kind", {"anything-but": "order"}, N), ("gift", {"anything-but": "true"}, A),
    ("id", {"anything-but": {"suffix": "x"}}, P), ("id", {"anything-but": {"wildcard": "*"}}, N),
    ("tier", {"anything-but": {"equals-ignore-case": ["GOLD", "Platinum"]}}, N),
    ("tier", {"exactly": "gold"}, P), ("id", {"exactly": "x"}, P), ("note", {"exactly": "x"}, N),
    ("note", {"prefix": 'abcd"'}, P), ("note", {"suffix": '"abcd"'}, P),
    ("id", {"cidr": "::/0"}, P),
    # presence
    ("id", {"exists": True}, A), ("id", {"exists": False}, N), ("note", {"exists": True}, P),
    ("note", {"exists": False}, P), ("customer", {"exists": True}, N),
    ("customer", {"exists": False}, A), ("customer.tier", {"exists": True}, A),
    ("closed.a", {"exists": False}, P), ("closed.b", {"exists": False}, A),
    ("nowhere", {"exists": True}, N), ("nowhere", {"exists": False}, A), ("nowhere", "x", N),
    ("customer.other", {"exists": True}, P), ("customer.other", "x", P),
    ("customer", "x", N), ("id.inner", "x", N), ("id.inner", {"exists": False}, A),
    # lists, maps and unions
    ("lines.sku", {"exists": True}, A), ("lines.sku", {"exists": False}, N), ("lines.sku", 1, N),
    ("lines.n", {"exists": False}, P), ("lines", {"exists": True}, N), ("tags", "abc", P),
    ("tags", "abcd", N), ("tags", {"exists": False}, P), ("tags", {"prefix": ""}, P),
    ("labels.any", 1, P), ("labels.any", -1, N), ("labels.a.b", 1, P), ("labels.any", "x", N),
    ("pet.type", "dog", P), ("pet.type", "cow", N), ("pet.bark", True, P), ("pet.bark", 1, P),
    ("pet.type", {"exists": True}, A), ("pet.bark", {"exists": False}, P),
]  # fmt: skip


@pytest.mark.parametrize(("field", "matcher", "verdict"), CLAUSES)
def test_one_clause(field: str, matcher: Any, verdict: str) -> None:
    assert satisfiability({field: [matcher]}, PAYLOAD).verdict == verdict


@pytest.mark.parametrize(
    ("pattern", "verdict", "path"),
    [
        ({"tier": ["gold", "platinum"]}, A, ("tier",)),
        ({"tier": ["silver", {"prefix": "x"}]}, N, ("tier",)),
        ({"tier": ["silver", "gold"]}, P, ("tier",)),
        ({"note": ["ab", {"exists": True}, {"exists": False}]}, A, ("note",)),
        ({"coupon": [None, {"prefix": ""}, {"exists": False}]}, A, ("coupon",)),
        ({"gift": [True, False]}, A, ("gift",)),
        ({"id": ["x"], "customer": {"tier": [1]}}, N, ("customer", "tier")),
        ({"kind": ["order"], "id": [{"exists": True}]}, A, ()),
        ({"count": [{"numeric": ["<", 5]}, {"numeric": [">=", 5]}]}, A, ("count",)),
        ({"count": [{"numeric": ["<", 5]}, {"numeric": [">", 5]}]}, P, ("count",)),
        ({"$or": [{"id": [1]}, {"total": ["x"]}]}, N, ("$or", 0, "id")),
        ({"$or": [{"id": [1]}, {"id": ["x"]}]}, P, ("$or", 1, "id")),
        ({"$or": [{"id": ["x"]}, {"kind": ["order"]}]}, A, ("$or", 1, "kind")),
        ({"kind": ["x"], "$or": [{"kind": ["order"]}, {"id": ["x"]}]}, A, ("$or", 0, "kind")),
        # Each of the two holds in some element, or none is there: not in one and the same.
        ({"lines": {"sku": [{"exists": True}], "n": [{"exists": False}]}}, P, ("lines", "n")),
        ({"lines": {"sku": [{"exists": False}], "n": [1]}}, P, ("lines", "n")),
    ],
)
def test_clauses_together(pattern: dict[str, Any], verdict: str, path: tuple[Any, ...]) -> None:
    found = satisfiability(pattern, PAYLOAD)
    assert (found.verdict, found.path) == (verdict, path)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ({"total": ["100"]}, '`total` is a number, at least 0 and less than 1000, never `"100"`'),
        ({"tier": ["x"]}, '`tier` is one of `gold`, `platinum`, never `"x"`'),
        ({"kind": [1, 2]}, "`kind` is `order`, never `1` or `2`"),
        ({"gift": ["x"]}, '`gift` is `true` or `false`, never `"x"`'),
        ({"id": [{"exists": False}]}, "`id` is a text, and always there"),
        ({"id": {"inner": ["x"]}}, "`id` is a text, and has nothing inside"),
        ({"customer": ["x"]}, "`customer` is an object, and only values are compared"),
        ({"nowhere": ["x"]}, "there is no `nowhere`"),
        ({"nowhere": [{"exists": False}]}, "there is no `nowhere`"),
        ({"kind": ["order"]}, '`kind` is `order`, always `"order"`'),
        ({"note": [1]}, "is a text (at least 2 characters, at most 4 characters), never"),
    ],
)
def test_reasons(pattern: dict[str, Any], reason: str) -> None:
    assert reason in satisfiability(pattern, PAYLOAD).reason


def test_all_alternatives_are_told() -> None:
    found = satisfiability({"$or": [{"id": [1]}, {"id": ["x"]}]}, PAYLOAD)
    assert [one.verdict for one in found.alternatives] == [N, P]


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("^ord-[0-9]+$", "ord-"), ("ord", ""), ("^a|b", ""), ("^ab+c", "ab"), ("^ab?c", "a"),
        ("^ab*", "a"), ("^ab{0}", "a"), (r"^a\.b\d", "a.b"), (r"^\w", ""), (r"^a\.?", "a"),
        ("^(a)", ""), ("^a.b", "a"), (None, ""), ("^", ""), (r"^abc\Z", "abc"),
    ],
)  # fmt: skip
def test_the_plain_start_of_a_regular_expression(pattern: str | None, start: str) -> None:
    assert literal_start(pattern) == start
