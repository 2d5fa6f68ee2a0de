"""What has to be there for a message to arrive: order, principals, states, names of buses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cdk.synthesis import Template, plain

SUBSCRIPTION, PERMISSION = "AWS::SNS::Subscription", "AWS::Lambda::Permission"


@pytest.fixture(params=["topics", "many", "signals"])
def template(request: pytest.FixtureRequest) -> Template:
    found: Template = request.getfixturevalue(request.param)
    return found


def policies(template: Template) -> dict[str, str]:
    """The logical id of each queue's policy, by the queue's."""
    return {
        each["Properties"]["Queues"][0]["Ref"]: name
        for name, each in template.resources.items()
        if each["Type"] == "AWS::SQS::QueuePolicy"
    }


def queues_of(properties: dict[str, Any]) -> set[str]:
    """The queues that a subscription delivers to: its endpoint, and its dead-letter queue."""
    ends = (properties["Endpoint"], properties.get("RedrivePolicy", {}).get("deadLetterTargetArn"))
    arns = [end["Fn::GetAtt"] for end in ends if isinstance(end, dict) and "Fn::GetAtt" in end]
    return {name for name, _ in arns if name.endswith("Queue")}


def test_a_subscription_depends_on_what_lets_it_deliver(template: Template) -> None:
    policy = policies(template)
    permissions = {name for name, each in template.resources.items() if each["Type"] == PERMISSION}
    subscriptions = {
        name: each for name, each in template.resources.items() if each["Type"] == SUBSCRIPTION
    }
    assert subscriptions
    for name, each in subscriptions.items():
        needed = {policy[queue] for queue in queues_of(each["Properties"])}
        needed |= {p for p in permissions if p.startswith(name)}
        if each["Properties"]["Protocol"] == "lambda":
            assert needed & permissions
        assert set(each.get("DependsOn", ())) == needed


def test_every_subscription_says_a_scope_so_that_its_filter_can_be_taken_away(
    template: Template,
) -> None:
    for each in template.of(SUBSCRIPTION).values():
        default = {"MessageAttributes"}
        scopes = {"MessageBody"} | default if "FilterPolicy" in each else default
        assert each["FilterPolicyScope"] in scopes


def test_attributes_are_a_scope_that_is_written(topics: Template) -> None:
    found = topics.one(SUBSCRIPTION, "OrdersTopicToInvoicesQueueSubscription")
    assert found["FilterPolicyScope"] == "MessageAttributes"


def principals(template: Template, queue: str) -> list[str]:
    """As whom SNS is let into a queue."""
    document = template.one("AWS::SQS::QueuePolicy", f"{queue}Policy")["PolicyDocument"]
    (sns,) = [each for each in document["Statement"] if "sns" in str(each["Principal"])]
    service = sns["Principal"]["Service"]
    return [service] if isinstance(service, str) else service


def test_sns_delivers_from_opt_in_regions_under_their_names(signals: Template) -> None:
    assert principals(signals, "OptInQueue") == [
        "sns.amazonaws.com",
        "sns.eu-central-2.amazonaws.com",
        "sns.eu-south-1.amazonaws.com",
    ]
    found = plain(signals.of(PERMISSION))
    start = "MilanTopicToWorkerFunctionSubscription"
    for name, principal in (
        ("", "sns.amazonaws.com"),
        ("Regional", "sns.eu-south-1.amazonaws.com"),
    ):
        permission = found[f"{start}{name}Permission"]
        assert permission["Principal"] == principal
        assert permission["SourceArn"] == "arn:aws:sns:eu-south-1:111122223333:milan"


def test_a_stack_in_an_opt_in_region_lets_in_what_comes_from_others(assembly: Path) -> None:
    there = Template(assembly / "SignalsInOptInRegion.template.json")
    assert principals(there, "OptInQueue")[-1] == "sns.ap-east-1.amazonaws.com"
    assert principals(there, "UsualQueue") == ["sns.amazonaws.com"]


def test_and_the_dead_letters_of_these_do_too(signals: Template) -> None:
    found = principals(signals, "UndeliveredQueue")
    assert found == ["sns.amazonaws.com", "sns.eu-south-1.amazonaws.com"]


def test_read_only_calls_come_where_they_are_named(signals: Template) -> None:
    states = {
        name.removesuffix("Rule"): each.get("State")
        for name, each in signals.of("AWS::Events::Rule").items()
    }
    everything = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
    named = ("Reads", "SomeReads", "OnlyReads", "Raw")
    assert [states.pop(name) for name in named] == [everything] * 4
    assert states == {"Writes": None, "AllCalls": None, "SwitchedOff": "DISABLED", "Other": None}


def test_a_rule_on_an_imported_bus_names_its_arn(signals: Template, buses: Template) -> None:
    other = signals.one("AWS::Events::Rule", "OtherRule")
    assert other["EventBusName"] == "arn:aws:events:eu-west-1:444455556666:event-bus/default"
    inward = buses.one("AWS::Events::Rule", "InwardRule")
    (parameter,) = inward["EventBusName"].values()
    assert parameter.startswith("SsmParameterValue")
    assert buses.one("AWS::Events::Rule", "ToWorkRule")["EventBusName"] == {"Ref": "EventsOwnBus"}


def test_two_producers_with_one_role_have_a_policy_each(signals: Template) -> None:
    found = plain(signals.of("AWS::IAM::Policy"))
    for name in ("Web", "Api"):
        policy = found[f"{name}RolePolicy"]
        assert policy["PolicyName"] == f"signals-{name.lower()}-region"
        assert policy["Roles"] == ["web"]
