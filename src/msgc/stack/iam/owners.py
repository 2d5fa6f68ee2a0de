"""The rights of another account that makes an edge itself, to or from a place of the service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import Link
from msgc.stack.iam.grant import SNS, Action, Grant, events_of
from msgc.topology.deferred import Text
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Queue, Topic
from msgc.topology.origins import Schedule, Stream
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Principals
from msgc.topology.settings import written_arn


def owner_grants(made: Link, account: Text) -> Iterator[Grant]:
    """Yield what lets another account make a link; nothing if `allow` says it already."""
    edge = made.edges[0]
    match edge.origin:
        case Topic(imported=None) as topic:
            if account in _accounts(topic):
                return
            yield _grant(edge, account, "subscribe", topic).replace(endpoint=_arn(edge.target))
        case Topic() as topic:
            why = f"`{edge.name}` delivers to it"
            yield Grant(who=SNS, may="send", on=edge.target, source=topic, by=edge, why=why)
        case Bus(imported=None) as bus:
            if account not in _accounts(bus):
                yield _grant(edge, account, "rule", bus)
        case Bus():
            yield from _into(edge, account)
        case Queue() | Stream() | Schedule():
            raise AssertionError(edge)
        case _:
            assert_never(edge.origin)


def _into(edge: Subscription, account: Text) -> Iterator[Grant]:
    """Yield what lets a rule of another account deliver, with a role that it has there.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
    """
    match edge.target:
        case Queue() as queue:
            yield _grant(edge, account, "send", queue)
        case Topic() as topic:
            yield _grant(edge, account, "publish", topic)
        case Bus() as bus:
            events = events_of(edge.messages, outside=True)
            yield _grant(edge, account, "put", bus).replace(events=events)
        case Consumer() | Outside():
            raise AssertionError(edge)
        case _:
            assert_never(edge.target)


def _grant(edge: Subscription, account: Text, may: Action, on: End) -> Grant:
    return Grant(
        who=Accounts(ids=(account,)),
        may=may,
        on=on,
        for_edge=True,
        by=edge,
        why=f"its owner makes `{edge.name}`",
    )


def _accounts(place: Topic | Bus) -> frozenset[Text]:
    """Return the accounts that may subscribe anyhow, whoever of them it is."""
    found: set[Text] = set()
    for each in place.allowed.subscribe:
        match each:
            case Accounts(ids=accounts):
                found.update(accounts)
            case AwsService() | Organizations() | Principals():
                pass  # of which not all of the account are
            case _:
                assert_never(each)
    return frozenset(found)


def _arn(end: End) -> Text | None:
    match end:
        case Queue(imported=found) | Topic(imported=found) | Bus(imported=found):
            return written_arn(found)
        case Outside(address=found):
            return written_arn(found)
        case Consumer():
            return None
        case _:
            assert_never(end)
