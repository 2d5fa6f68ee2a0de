"""Matches the patterns by msgc alone, by its public classes; prints the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from measure import answer, in_turn

from msgc.patterns import EventPattern, FilterPolicy
from programs.pattern_cases import (
    ATTRIBUTES,
    BODY,
    EVENT,
    attribute_policies,
    body_policies,
    event_patterns,
)

Match = Callable[[], object]


def msgc_event(pattern: dict[str, Any]) -> Match:
    compiled = EventPattern(pattern)
    return lambda: compiled.matches(EVENT)


def msgc_body(policy: dict[str, Any]) -> Match:
    compiled = FilterPolicy(policy, "body")
    return lambda: compiled.matches(BODY)


def msgc_attributes(policy: dict[str, Any]) -> Match:
    compiled = FilterPolicy(policy, "attributes")
    return lambda: compiled.matches(ATTRIBUTES)


def all_of(matches: Iterable[Match]) -> Match:
    matches = tuple(matches)

    def match_all() -> None:
        for match in matches:
            match()

    return match_all


def main() -> None:
    calls = {
        "events": all_of(map(msgc_event, event_patterns())),
        "bodies": all_of(map(msgc_body, body_policies())),
        "attributes": all_of(map(msgc_attributes, attribute_policies())),
    }
    answer(in_turn(calls, blocks=100))


if __name__ == "__main__":
    main()
