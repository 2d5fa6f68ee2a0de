"""What the owner of another account has to add, where its stack makes an edge of this file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, assert_never

from msgc.kinds import Bound, Confirmation, LogPolicy, OwnRole, Permission, ResourcePolicy, Role
from msgc.links.mechanisms import EventRule, SnsSubscription
from msgc.lint.subject import Subject
from msgc.record import Record
from msgc.stack.arns import arn
from msgc.stack.deployed import Deployed
from msgc.stack.iam.access import Access
from msgc.stack.iam.grant import EVENTS
from msgc.stack.resources.event_rules import rule_properties, target_properties
from msgc.stack.resources.sns_subscriptions import subscription_properties
from msgc.stack.values import Value, text
from msgc.topology.deferred import Text, spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Queue, Topic
from msgc.topology.settings import written_arn


class OwnersPart(Record):
    """What one subscription or rule takes on the other side."""

    account: str
    edges: tuple[Subscription, ...]
    text: str
    """CloudFormation as JSON, in Markdown's code spans."""


def owners_parts(subject: Subject) -> Iterator[OwnersPart]:
    """Yield what the owners of other accounts have to add, in the order of the links."""
    if all(edge.made_by is None for edge in subject.edges):
        return
    here = subject.topology.environment
    region, account = (here.region, here.account) if here is not None else (None, None)
    deployed = Deployed(subject.stack, region or "${region}", account=account or "${account}")
    for made in subject.links.sns_subscriptions:
        if made.edges[0].made_by is not None:
            yield _of_subscription(made, deployed)
    for rule in subject.links.rules:
        if rule[0].edge.made_by is not None:
            yield _of_rule(rule, deployed, subject.stack.access)


def _of_subscription(made: SnsSubscription, deployed: Deployed) -> OwnersPart:
    edge, properties = made.edges[0], subscription_properties(made)
    shown = deployed.value({**properties, **_at("Endpoint", made.target)})
    parts = [_code({"Type": "AWS::SNS::Subscription", "Properties": shown})]
    if made.topic.imported is None:
        parts += _leave(edge, made.target, ("sns.amazonaws.com", shown["TopicArn"]))
    else:
        parts.append("; somebody has to confirm it: SNS sends the link for that to the queue")
    return _part(made.edges, parts)


def _of_rule(rule: tuple[EventRule, ...], deployed: Deployed, access: Access) -> OwnersPart:
    first = rule[0]
    targets = tuple({**target_properties(each, access), **_at("Arn", each.target)} for each in rule)
    properties = {**rule_properties(first, targets), "EventBusName": arn(first.bus)}
    shown = deployed.value(properties)
    parts = [_code({"Type": "AWS::Events::Rule", "Properties": shown})]
    if first.bus.imported is None:
        for made in rule:
            parts += _leave(made.edge, made.target, (EVENTS, "the ARN of the rule"))
    else:
        parts.append(
            ", with a `RoleArn` in each target that may deliver there: in another account"
            " EventBridge delivers with a role"
        )
    return _part(tuple(dict.fromkeys(made.edge for made in rule)), parts)


def _leave(edge: Subscription, target: End, sender: tuple[str, Any]) -> Iterator[str]:
    """Yield what lets the edge deliver to its target, by what that takes."""
    service, source = sender
    access = edge.delivery.access
    match access:
        case ResourcePolicy():
            statement = {
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sqs:SendMessage",
                "Resource": spelling(_arn(target) or ""),
                "Condition": {"ArnEquals": {"aws:SourceArn": source}},
            }
            yield f", and to the policy of the queue {_code(statement)}"
        case Role(actions=actions):
            yield f", with a role that {service} may assume, and that may {', '.join(actions)}"
        case LogPolicy() | Permission():
            yield f", and what lets {service} deliver to it"
        case Confirmation() | OwnRole() | Bound():
            pass
        case _:
            assert_never(access)


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


def _at(word: str, end: End) -> dict[str, Value]:
    """Return the address of an end that the file has by its ARN, and nothing of others."""
    arn = _arn(end)
    return {} if arn is None else {word: text(arn)}


def _code(found: Any) -> str:
    return f"`{json.dumps(found, ensure_ascii=False)}`"


def _part(edges: tuple[Subscription, ...], parts: list[str]) -> OwnersPart:
    account = edges[0].made_by
    assert account is not None  # noqa: S101  # of these
    return OwnersPart(account=spelling(account), edges=edges, text="".join(parts))
