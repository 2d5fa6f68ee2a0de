"""Every edit of tests/evolution deployed: what the emulator's update takes, and what AWS's would.

`python3 dev.py edits` runs it; `test_edits.py` has a dozen that are deployed with the other tests.
What the emulator makes is compared before and after each edit: that something of it is gone, or
messages are, must say the same as the two templates do. Where it can't, the edit is in `DIFFERENT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from msgc.stack import plan
from tests.emulator.account import Account
from tests.emulator.adapted import adapted
from tests.emulator.test_edits import deploy, fill, waiting
from tests.evolution.edited import EDITS, SERVICE, Edit
from tests.evolution.judged import compiled
from tests.stack.template import template

DELETED = (
    "defaults: {queues: {removal: delete}, topics: {removal: delete}, buses: {removal: delete}}"
)
"""What is taken out of the stack goes, so that it can be seen; by default it is kept."""
MADE = frozenset({
    "AWS::Events::EventBus", "AWS::Events::Rule", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role",
    "AWS::SNS::Subscription", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy", "AWS::SSM::Parameter", "AWS::Scheduler::Schedule",
})  # fmt: skip
"""Types that the emulator's CloudFormation makes of a template that has no assets."""

NOT_MADE = "the emulator's CloudFormation makes no such resource, or none without code"
WAITING = "what is older than a shorter retention is deleted later, and here nothing is old"
ON_THE_WIRE = "nothing goes but what publishers call their messages"
STOPS = "nothing goes: what comes from now on isn't delivered"
DIFFERENT = {
    "rename a pipe from a queue": NOT_MADE,
    "rename a pipe from a stream": NOT_MADE,
    "start a stream elsewhere": NOT_MADE,
    "rename a consumer of a queue": NOT_MADE,
    "rename a consumer of a topic": NOT_MADE,
    "narrow a filter behind a queue": NOT_MADE,
    "drop an archive": NOT_MADE,
    "shorten an archive": NOT_MADE,
    "drop a topic's archive": "the emulator's topics keep nothing",
    "shorten a topic's archive": "the emulator's topics keep nothing",
    "drop the schemas": NOT_MADE,
    "shorten logs": NOT_MADE,
    "shorten a retention": WAITING,
    "leave a retention to SQS": WAITING,
    "shorten dead letters": WAITING,
    "rename a message": ON_THE_WIRE,
    "give a message another type": ON_THE_WIRE,
    "change the source": ON_THE_WIRE,
    "take back an attribute": ON_THE_WIRE,
    "switch off a rule": STOPS,
}
"""Edits that lose something which can't be seen here, and why."""


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_edit(account: Account, edit: Edit) -> None:
    deploy(account, stack(SERVICE), "create")
    fill(account)
    before, messages = things(account), waiting(account)
    text = SERVICE
    for old, new in edit.replaced:
        text = text.replace(old, new)
    deploy(account, stack(text), "update")
    left = waiting(account)
    gone = before - things(account)
    less = {name for name in messages if left.get(name, 0) < messages[name]}
    seen = bool(gone or less)
    expected = edit.loses and edit.name not in DIFFERENT
    assert seen == expected, (DIFFERENT.get(edit.name), gone, less)


def test_the_table_is_about_edits() -> None:
    assert DIFFERENT.keys() <= {edit.name for edit in EDITS if edit.loses}


@cache
def stack(text: str) -> dict[str, Any]:
    """The resources of a stack that the emulator makes."""
    head, rest = text.split("\n", 1)
    return emulated(template(plan(*compiled(f"{head}\n{DELETED}\n{rest}"))))


def emulated(whole: dict[str, Any]) -> dict[str, Any]:
    """What the emulator makes of a template without assets, as far as it refers to nothing else."""
    kept = {name: made for name, made in whole.items() if made["Type"] in MADE}
    while missing := {n for n in kept if not referred(kept[n]) <= kept.keys()}:
        kept = {name: made for name, made in kept.items() if name not in missing}
    for made in kept.values():
        made["DependsOn"] = [name for name in made.get("DependsOn", ()) if name in kept]
    resources: dict[str, Any] = adapted(kept)
    return resources


def referred(value: Any) -> set[str]:
    """The logical ids that a resource refers to; `?` for what only an app knows."""
    return set(_referred({key: item for key, item in value.items() if key != "DependsOn"}))


def _referred(value: Any) -> Iterator[str]:
    match value:
        case {"Ref": name} if not name.startswith("AWS::"):
            yield name
        case {"Fn::GetAtt": [name, _]}:
            yield name
        case {"Given": _} | {"Parameter": _} | {"Part": _}:
            yield "?"
        case dict():
            for each in value.values():
                yield from _referred(each)
        case list():
            for each in value:
                yield from _referred(each)
        case _:
            pass


def things(account: Account) -> set[str]:
    """Everything that the stack has made, by ARN, or by name where a new one has another ARN."""
    events, sns = account.client("events"), account.client("sns")
    buses = [bus["Name"] for bus in events.list_event_buses()["EventBuses"]]
    found = [
        *(queue.rpartition("/")[2] for queue in account.client("sqs").list_queues()["QueueUrls"]),
        *(each["TopicArn"] for each in sns.list_topics()["Topics"]),
        *(each["SubscriptionArn"] for each in sns.list_subscriptions()["Subscriptions"]),
        *(f"bus {bus}" for bus in buses),
        *(
            f"{bus} {rule['Name']}"
            for bus in buses
            for rule in events.list_rules(EventBusName=bus)["Rules"]
        ),
        *(each["Name"] for each in account.client("scheduler").list_schedules()["Schedules"]),
        *(
            each["Name"]
            for page in account.client("ssm").get_paginator("describe_parameters").paginate()
            for each in page["Parameters"]
        ),
        *(
            each["PolicyName"]
            for each in account.client("iam").list_policies(Scope="Local")["Policies"]
        ),
    ]
    return set(found)
