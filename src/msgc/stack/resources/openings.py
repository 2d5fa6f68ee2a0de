"""Plan what lets AWS services, other accounts and organizations use the places of a service."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.stack.iam.grant import Grant
from msgc.stack.iam.openings import opening, openings, right
from msgc.stack.iam.policy_documents import allow
from msgc.stack.model import Item, Opening, Resource
from msgc.stack.values import Attribute
from msgc.topology import ids, names
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Outsider, Principals

_LONGEST = 64
"""Characters of a statement's id: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html."""


def outside_openings(granted: Iterable[Grant]) -> Iterator[Item]:
    """Yield who outside of the service may publish to places, and read from them."""
    for place, let_in in openings(granted).items():
        for who, grant in let_in:
            found = Opening(
                place=(ids.place(place),),
                who=who,
                may=right(grant),
                statement=opening(place, who, grant),
                declared=grant.by,
                for_edge=grant.for_edge,
                endpoint=grant.endpoint,
            )
            match place:
                case Queue() | Topic():
                    yield found
                case Bus():
                    policy = _bus_policy(place, found)
                    yield policy
                    yield found.replace(policy=policy)
                case _:
                    assert_never(place)


def _bus_policy(bus: Bus, made: Opening) -> Resource:
    """Return one statement of a bus's policy, which is a resource of its own."""
    name = made.declared.built_as
    if made.declared is bus:
        statement = f"{made.may}-{_sort(made.who)}"
        part = names.pascal(statement)
    elif made.for_edge:
        statement, part = f"edge-{name}", f"Edge{names.pascal(name)}"
    else:
        statement, part = f"from-{name}", f"From{names.pascal(name)}"
    return Resource(
        path=(ids.bus_policy(bus, part),),
        type="AWS::Events::EventBusPolicy",
        properties={
            "EventBusName": Attribute(of=(ids.place(bus),), name="Name"),
            "StatementId": _short(statement),
            "Statement": allow(made.statement),
        },
        declared=made.declared,
        by=(ids.place(bus),),
    )


def _sort(who: Outsider) -> str:
    match who:
        case AwsService():
            return "services"
        case Accounts():
            return "accounts"
        case Organizations():
            return "organizations"
        case Principals():
            return "principals"
        case _:
            assert_never(who)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST - 9]}-{crc32(text.encode()):08x}"
