"""What the policies of places say about those outside of the service: made from grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.stack.arns import arn
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.stack.iam.policy_documents import one_or_more
from msgc.stack.model import Statement
from msgc.stack.values import Address, Attribute, Join, Pseudo, Value, text
from msgc.topology import ids
from msgc.topology.deferred import Text
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.outsiders import (
    Accounts,
    AwsService,
    Organizations,
    Outsider,
    Principals,
)
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket

EVERYBODY = "*"
_OWN = Pseudo(name="AWS::AccountId")


def openings(granted: Iterable[Grant]) -> dict[Place, tuple[tuple[Outsider, Grant], ...]]:
    """Return by place who is let in from outside: producers by name, then whom `allow` names."""
    found: dict[Place, list[tuple[Outsider, Grant]]] = {}
    for grant in granted:
        match grant.who:
            case AwsService() | Accounts() | Organizations() | Principals() as who:
                place = _place(grant)
                if place is not None:
                    found.setdefault(place, []).append((who, grant))
            case (
                Consumer() | Producer() | SnsSubscription() | EventRule() | Pipe()
                | ScheduledSend() | str()
            ):  # fmt: skip
                pass  # the service's own
            case _:
                assert_never(grant.who)
    return {
        place: tuple(_distinct(sorted(own, key=lambda each: (each[1].by is place, _name(each[1])))))
        for place, own in found.items()
    }


def _distinct(let_in: list[tuple[Outsider, Grant]]) -> Iterator[tuple[Outsider, Grant]]:
    """Leave out who is let in twice: CDK writes equal statements of one policy once."""
    seen: set[str] = set()
    for who, grant in let_in:
        key = repr((who, grant.may, grant.events, grant.endpoint))
        if key not in seen:
            seen.add(key)
            yield who, grant


def _name(grant: Grant) -> str:
    return "" if grant.by is grant.on else grant.by.built_as


def _place(grant: Grant) -> Place | None:
    """Return the place whose policy lets somebody in; None: it is that of a key."""
    match grant.on:
        case Queue() | Topic() | Bus():
            return grant.on
        case Key():
            return None
        case (
            Consumer()
            | Outside()
            | Stream()
            | GivenFunction()
            | ClaimTable()
            | PayloadBucket()
            | str()
        ):
            raise AssertionError(grant)
        case _:
            assert_never(grant.on)


def right(grant: Grant) -> Literal["publish", "subscribe"]:
    """Return what somebody outside may do."""
    return "subscribe" if grant.may in {"receive", "subscribe", "rule"} else "publish"


def opening(place: Place, who: Outsider, grant: Grant) -> Statement:
    """Return the statement that lets somebody in."""
    actions, condition = ACTIONS[grant.may], _events(grant)
    match who:
        case AwsService() if grant.may == "send":
            actions = ("sqs:SendMessage",)
        case Accounts() if grant.endpoint is not None:
            condition["StringEquals"] = {"sns:Endpoint": text(grant.endpoint)}
        case AwsService() | Accounts() | Organizations() | Principals():
            pass
        case _:
            assert_never(who)
    statement = Statement(actions=actions, resources=(_resource(place, grant),))
    return admitting(who, statement, condition)


def admitting(
    who: Outsider, statement: Statement, condition: dict[str, dict[str, Value]]
) -> Statement:
    """Return a statement for somebody outside, under conditions of its own and of theirs."""
    match who:
        case AwsService():
            statement = statement.replace(services=(who.name,))
            if who.source is not None:
                condition["ArnLike"] = {"aws:SourceArn": text(who.source)}
            if who.says_account:
                asked = condition.setdefault("StringEquals", {})
                asked["aws:SourceAccount"] = text(who.account) if who.account else _OWN
        case Accounts(ids=accounts):
            statement = statement.replace(principals=tuple(map(root, accounts)))
        case Organizations(ids=organizations):
            statement = statement.replace(principals=(EVERYBODY,))
            asked = condition.setdefault("StringEquals", {})
            asked["aws:PrincipalOrgID"] = _one_or_all(organizations)
        case Principals(arns=arns, accounts=accounts):
            roots = tuple(map(root, accounts)) or (EVERYBODY,)
            statement = statement.replace(principals=roots)
            condition["ArnLike"] = {"aws:PrincipalArn": _one_or_all(arns)}
        case _:
            assert_never(who)
    return statement.replace(condition=dict(condition) or None)


def root(account: Text) -> Value:
    """Return the ARN of an account: whomever that lets in."""
    owner = text(account, before=":iam::", behind=":root")
    return Join(parts=("arn:", Pseudo(name="AWS::Partition"), owner))


def _events(grant: Grant) -> dict[str, dict[str, Value]]:
    """Return the condition on events, or on rules: everybody changes their own only.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
    """
    if grant.may == "rule":
        creator: dict[str, Value] = {"events:creatorAccount": "${aws:PrincipalAccount}"}
        return {"StringEqualsIfExists": creator}
    if not grant.events:
        return {}
    types = {type_ for events in grant.events for type_ in events.types}
    return {
        "StringEquals": {
            "events:source": tuple(sorted({events.source for events in grant.events})),
            "events:detail-type": tuple(sorted(types)),
        }
    }


def _resource(place: Place, grant: Grant) -> Value:
    if grant.may != "rule":
        return arn(place)
    if place.is_default:
        return Address(service="events", resource="rule/*")
    name = Attribute(of=(ids.place(place),), name="Name")
    return Address(service="events", resource=Join(parts=("rule/", name, "/*")))


def _one_or_all(values: tuple[Text, ...]) -> Value:
    return one_or_more(tuple(map(text, values)))
