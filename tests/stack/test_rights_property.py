"""Over drawn services: every edge has the rights of its row of the kinds, and no others."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, assert_never

from hypothesis import given, settings

from msgc.kinds import (
    Bound,
    Confirmation,
    LogPolicy,
    OwnRole,
    Permission,
    ResourcePolicy,
    Role,
)
from msgc.links.mechanisms import Link
from msgc.stack import plan
from msgc.stack.iam.grant import Grant
from msgc.stack.model import Stack
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Entry, services, text


def stack_of(entries: list[Entry]) -> Stack:
    links = links_of(text([*MESSAGES, *PLACES, *entries]))
    return plan(links.topology, links)


def wanted(link: Link) -> tuple[str, tuple[str, ...]] | None:
    """Return what a link's row asks for: a right, and the actions of a role."""
    access = link.edges[0].delivery.access
    match access:
        case ResourcePolicy():
            return "send", ()
        case Permission():
            return "invoke", ()
        case LogPolicy():
            return "log", ()
        case Role(actions=actions):
            return "deliver", actions
        case OwnRole() | Confirmation() | Bound():
            return None
        case _:
            assert_never(access)


def delivers(grant: Grant) -> bool:
    return grant.edge is not None


@settings(max_examples=60, deadline=None)
@given(services())
def test_every_link_has_the_rights_of_its_row(entries: list[Entry]) -> None:
    stack = stack_of(entries)
    found: dict[Any, list[Grant]] = {}
    for grant in filter(delivers, stack.access.grants):
        found.setdefault(grant.edge, []).append(grant)
    for link in stack.links.all:
        rights = {(grant.may, grant.actions) for grant in found.pop(link, [])}
        right = wanted(link)
        assert rights == (set() if right is None else {right}), link.edges[0].name
    assert found == {}


@settings(max_examples=60, deadline=None)
@given(services())
def test_what_is_granted_is_written_and_nothing_else(entries: list[Entry]) -> None:
    """Permissions and roles of edges one by one; who may send to a queue, in its policy."""
    stack = stack_of(entries)
    granted = Counter(grant.may for grant in stack.access.grants if delivers(grant))
    assert len(stack.of("AWS::Lambda::Permission")) == granted["invoke"]
    senders = [
        each.properties["Policies"]
        for each in stack.of("AWS::IAM::Role")
        if re.search(r"(Rule.*|Subscription)Role$", each.path[0])
    ]
    assert len(senders) == granted["deliver"]
    allowed = {
        (rights.holder, name)
        for rights in stack.rights
        for statement in rights.statements
        for name in statement.services
    }
    assert len(allowed) == len(
        {
            (grant.on, grant.who)
            for grant in stack.access.grants
            if grant.may == "send" and isinstance(grant.who, str)
        }
    )
