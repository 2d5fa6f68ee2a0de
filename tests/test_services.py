"""What is drawn for tests is valid, and nothing that the language has is missing in it."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from msgc.kinds import KINDS, Way
from msgc.links.mechanisms import Link
from msgc.links.model import Links
from msgc.pipeline.check import analyse
from msgc.topology.ends import End, Origin
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import Found
from tests.edges import ENDS, OPTIONS, ORIGINS, PAIRS, Pair, edge, ends, options
from tests.files import messaging
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Part, services, text


def valid(*parts: Part) -> Links:
    """Return the links of a service in which no phase finds an error."""
    outcome = analyse("messaging.yaml", messaging(text([*MESSAGES, *PLACES, *parts])))
    assert [d.message for d in outcome.diagnostics if d.is_error] == [], parts
    assert outcome.value is not None
    return outcome.value.links


def rows(pair: Pair) -> list[tuple[Any, Any]]:
    """Return every origin and every end of a pair, each at least once."""
    origins, targets = ORIGINS[pair[0].origin], ends(pair)
    filled = zip_longest(origins, targets)
    return [(one or origins[0], other or targets[0]) for one, other in filled]


def named(pair: Pair) -> str:
    return f"{pair[0].name}-{pair[1]}"


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_every_way_leads_to_every_kind_of_end_that_it_can(pair: Pair) -> None:
    way, word = pair
    for number, (origin, end) in enumerate(rows(pair)):
        found = valid(tuple(edge(pair, origin, end, (), number)))
        made = [(link.edges[0].way, kind_of(link.target).word) for link in found.all]
        assert made == [(way, word)], (origin, end)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_every_option_of_a_way_is_drawn(pair: Pair) -> None:
    origin, end = ORIGINS[pair[0].origin][0], ends(pair)[0]
    for word in options(pair):
        for said in OPTIONS[word]:
            valid(tuple(edge(pair, origin, end, [said], 1)))


def test_no_origin_and_no_kind_of_end_is_missing() -> None:
    assert {way.origin for way in Way} == ORIGINS.keys()
    assert KINDS.keys() == ENDS.keys()
    assert {way for way, _ in PAIRS} == set(Way)


def test_no_type_of_link_origin_end_or_address_is_missing() -> None:
    seen: set[type] = set()
    for i, pair in enumerate(PAIRS):
        every = [tuple(edge(pair, *row, (), 100 * i + j)) for j, row in enumerate(rows(pair))]
        for link in links_of(text([*MESSAGES, *PLACES, *every])).all:
            address = getattr(link.target, "imported", getattr(link.target, "address", None))
            seen |= set(map(type, (link, link.origin, link.origin.imported, link.target, address)))
    assert {each for union in (Link, Origin, End, Found) for each in get_args(union)} <= seen


@settings(max_examples=60, deadline=None)
@given(services())
def test_drawn_services_are_valid(parts: list[Part]) -> None:
    valid(*parts)
