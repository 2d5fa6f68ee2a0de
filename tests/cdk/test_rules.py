"""Buses, archives and rules in the template."""

from __future__ import annotations

import json
from typing import Any

from tests.cdk.synthesis import Template, plain

RULE = "AWS::Events::Rule"


def rule(template: Template, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = plain(template.one(RULE, f"{name}Rule"))
    (target,) = found["Targets"]
    return found, target


def test_buses_and_archive(buses: Template) -> None:
    assert set(buses.of("AWS::Events::EventBus")) == {"OwnBus"}
    assert buses.one("AWS::Events::EventBus", "OwnBus")["Name"] == "events-own"
    archive = plain(buses.one("AWS::Events::Archive", "OwnArchive"))
    assert archive["RetentionDays"] == 30
    assert archive["SourceArn"] == "{OwnBus}"
    assert "EventPattern" not in archive
    assert "ArchiveName" not in archive


def test_rule_to_a_queue(buses: Template) -> None:
    found, target = rule(buses, "ToWork")
    assert "Name" not in found
    assert found["EventPattern"] == {
        "source": ["com.example.events"],
        "detail-type": ["Placed"],
    }
    assert target["Arn"] == "{WorkQueue}"
    assert target["RetryPolicy"] == {
        "MaximumEventAgeInSeconds": 600,
        "MaximumRetryAttempts": 3,
    }
    assert target["DeadLetterConfig"] == {"Arn": "{UndeliveredQueue}"}
    assert "RoleArn" not in target
    assert rule(buses, "AlsoToWork")[0]["State"] == "DISABLED"


def test_null_in_a_pattern_survives(buses: Template) -> None:
    pattern = json.loads(rule(buses, "WithNull")[0]["EventPattern"])
    assert pattern["detail"] == {"coupon": [None]}


def test_topics_and_buses_are_reached_by_a_role_for_them_alone(buses: Template) -> None:
    roles = buses.of("AWS::IAM::Role")
    for name, action, resource in (
        ("Findings", "sns:Publish", "{AlertsTopic}"),
        ("Onward", "events:PutEvents", "arn:aws:events:eu-west-1:111122223333:event-bus/known"),
        ("Inward", "events:PutEvents", "{OwnBus}"),
    ):
        found, target = rule(buses, name)
        assert target["RoleArn"] == f"{{{name}RuleRole}}"
        (policy,) = plain(roles[f"{name}RuleRole"]["Policies"])
        (statement,) = policy["PolicyDocument"]["Statement"]
        assert (statement["Action"], statement["Resource"]) == (action, resource)
        assert found["Targets"] == [target]
    assert rule(buses, "Findings")[0]["EventBusName"] == "default"


def test_log_groups(buses: Template) -> None:
    made = buses.of("AWS::Logs::LogGroup")
    assert [each["LogGroupName"] for each in made.values()] == ["/aws/events/all"]
    (policy,) = buses.of("AWS::Logs::ResourcePolicy").values()
    text = str(plain(policy["PolicyDocument"]))
    create, put = json.loads(text)["Statement"]
    assert create["Action"] == "logs:CreateLogStream"
    assert put["Action"] == "logs:PutLogEvents"
    assert len(put["Condition"]["ArnLike"]["aws:SourceArn"]) == 3
    arn = rule(buses, "Everything")[1]["Arn"]
    assert arn == "arn:partition:logs:region:accountid:log-group:{AwsEventsAllLogGroup}"
    assert rule(buses, "ToArn")[1]["Arn"].endswith(":log-group:/aws/events/there")


def test_functions_are_invoked_for_their_rule_only(buses: Template) -> None:
    permission = plain(buses.one("AWS::Lambda::Permission", "HandlerRulePermission"))
    assert permission["Principal"] == "events.amazonaws.com"
    assert permission["SourceArn"] == "{HandlerRule}"
    assert "SourceAccount" not in permission
