"""Matches the same patterns in turn by msgc, moto and ministack; prints the figures.

The others are asked in the way that is cheapest for them: patterns are parsed and compiled, and
the event is looked at, before the clock runs; moto's copy of the event isn't made. A case on which
one of them disagrees with msgc isn't measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from measure import answer, in_turn
from ministack.services import eventbridge, sns
from moto.events.models import EventPattern as MotoPattern
from moto.sns.utils import FilterPolicyMatcher

from programs.pattern_cases import (
    ATTRIBUTES,
    BODY,
    EVENT,
    attribute_policies,
    body_policies,
    event_patterns,
)
from programs.time_matches import Match, all_of, msgc_attributes, msgc_body, msgc_event

BLOCKS = 200


def events() -> list[tuple[Match, Match, Match]]:
    """Return for each pattern how msgc, moto and ministack match it."""
    return [(msgc_event(p), moto_event(p), ministack_event(p)) for p in event_patterns()]


def moto_event(pattern: dict[str, Any]) -> Match:
    moto = MotoPattern(json.dumps(pattern), pattern)
    # What its `matches_event` does after a copy by way of JSON.
    return lambda: moto._does_event_match(moto._flatten_dict(EVENT), pattern)


VIEW = eventbridge._pattern_event_view(
    {
        "Version": EVENT["version"],
        "EventId": EVENT["id"],
        "Source": EVENT["source"],
        "Account": EVENT["account"],
        "Time": EVENT["time"],
        "Region": EVENT["region"],
        "Resources": EVENT["resources"],
        "DetailType": EVENT["detail-type"],
        "Detail": EVENT["detail"],
    }
)


def ministack_event(pattern: dict[str, Any]) -> Match:
    text = json.dumps(pattern)  # which its cache of compiled patterns goes by
    return lambda: eventbridge._matches_pattern_view(text, VIEW)


def bodies() -> list[tuple[Match, Match, Match]]:
    """Return for each policy about the body, which is parsed, how they match it."""
    return [(msgc_body(p), moto_body(p), ministack_body(p)) for p in body_policies()]


def moto_body(policy: dict[str, Any]) -> Match:
    moto = FilterPolicyMatcher(policy, "MessageBody")
    return lambda: moto._body_based_match(BODY)


def ministack_body(policy: dict[str, Any]) -> Match:
    return lambda: sns._policy_matches(policy, sns._body_lookup(BODY), nested=True)


def attributes() -> list[tuple[Match, Match, Match]]:
    """Return for each policy about attributes how they match it."""
    policies = attribute_policies()
    return [(msgc_attributes(p), moto_attributes(p), ministack_attributes(p)) for p in policies]


MOTO_ATTRIBUTES = {
    name: {"Type": attribute["DataType"], "Value": attribute["StringValue"]}
    for name, attribute in ATTRIBUTES.items()
}


def moto_attributes(policy: dict[str, Any]) -> Match:
    moto = FilterPolicyMatcher(policy, "MessageAttributes")
    return lambda: moto.matches(MOTO_ATTRIBUTES, "")


def ministack_attributes(policy: dict[str, Any]) -> Match:
    return lambda: sns._policy_matches(policy, sns._attribute_lookup(ATTRIBUTES))


def agreed(cases: Iterable[tuple[Match, Match, Match]]) -> list[tuple[Match, Match, Match]]:
    return [case for case in cases if len({bool(_verdict(match)) for match in case}) == 1]


def _verdict(match: Match) -> object:
    try:
        return match()
    except Exception:  # noqa: BLE001  # a matcher that crashes says no
        return False


def main() -> None:
    every, text = [case[0] for case in events()], json.dumps(EVENT)
    timings = in_turn(
        {"all events": all_of(every), "json.loads": lambda: json.loads(text)}, blocks=BLOCKS
    )
    for what, cases in (("events", events()), ("bodies", bodies()), ("attributes", attributes())):
        both = agreed(cases)
        print(f"{what}: {len(both)} of {len(cases)} agreed", file=sys.stderr)
        columns = zip(("msgc", "moto", "ministack"), zip(*both, strict=True), strict=True)
        calls = {f"{what} {who}": all_of(matches) for who, matches in columns}
        timings |= in_turn(calls, blocks=BLOCKS)
    answer(timings)


if __name__ == "__main__":
    main()
