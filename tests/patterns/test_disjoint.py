"""Whether two patterns may match one payload."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.patterns.satisfiability import PayloadValues
from msgc.patterns.satisfiability.disjoint import can_both_match
from msgc.runtime.matching.matching import Pattern
from tests.patterns.test_satisfiability import PAYLOAD

GOLD, PLATINUM = {"tier": ["gold"]}, {"tier": ["platinum"]}
NEVER = {"tier": ["silver"]}


@pytest.mark.parametrize(
    ("one", "other", "maybe"),
    [
        (GOLD, GOLD, True),
        (GOLD, PLATINUM, False),
        (GOLD, {"id": ["a"]}, True),
        (NEVER, {"id": ["a"]}, False),
        ({"id": ["a"]}, NEVER, False),
        ({"$or": [GOLD, NEVER]}, {"id": ["a"]}, True),
        ({"$or": [GOLD, NEVER]}, PLATINUM, False),
        ({"$or": [GOLD, PLATINUM]}, PLATINUM, True),
    ],
)
def test_patterns(one: dict[str, Any], other: dict[str, Any], *, maybe: bool) -> None:
    payload_values = PayloadValues(PAYLOAD)
    assert can_both_match(Pattern(one), Pattern(other), payload_values) is maybe
