"""Over drawn services: what is added, taken away or moved changes no other resource's identity."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.stack import plan
from msgc.stack.model import Stack
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Draw, Part, services, text

pytestmark = pytest.mark.once

NAMES = ("QueueName", "TopicName", "Name", "RoleName", "ManagedPolicyName", "ArchiveName")
"""The properties that are the name of a resource itself."""


def planned(entries: list[Part]) -> Stack:
    links = links_of(text([*MESSAGES, *PLACES, *entries]))
    return plan(links.topology, links)


def identities(stack: Stack) -> dict[str, tuple[Any, ...]]:
    """Return the type and the physical name of every resource, by its logical id."""
    return {
        stack.logical_id(each): (each.type, *(each.properties.get(name) for name in NAMES))
        for each in stack.resources
    }


@st.composite
def parts(draw: Draw) -> tuple[list[Part], list[Part]]:
    """Draw a service, and some of its entries."""
    whole = draw(services())
    kept = draw(st.lists(st.booleans(), min_size=len(whole), max_size=len(whole)))
    return whole, [entry for entry, keep in zip(whole, kept, strict=True) if keep]


@settings(max_examples=60, deadline=None)
@given(parts())
def test_what_is_added_or_taken_away_leaves_the_others_as_they_are(
    drawn: tuple[list[Part], list[Part]],
) -> None:
    whole, some = (identities(planned(entries)) for entries in drawn)
    assert some.items() <= whole.items()


@settings(max_examples=60, deadline=None)
@given(services(), st.randoms(use_true_random=False))
def test_another_order_changes_no_identity(entries: list[Part], random: Any) -> None:
    shuffled = [*entries]
    random.shuffle(shuffled)
    assert identities(planned(shuffled)) == identities(planned(entries))


def test_addresses_that_end_alike_keep_their_ids() -> None:
    """Whichever of them the file names first, and whatever it calls by the same name."""
    at = "arn:aws:sns:{}:444455556666:orders"
    addresses = [
        {"arn": at.format("eu-west-1")}, {"arn": at.format("eu-north-1")},
        {"parameter": "/company/orders"}, {"name": "orders"},
    ]  # fmt: skip
    edges: list[Part] = [
        (("subscriptions", f"from-{i}", {"from": {"topic": address}, "to": {"queue": "audit"}}),)
        for i, address in enumerate(addresses)
    ]
    subscriptions = [planned([edge]).of("AWS::SNS::Subscription")[0].path for edge in edges]
    together = planned([*reversed(edges)]).of("AWS::SNS::Subscription")
    assert sorted(each.path for each in together) == sorted(subscriptions)
