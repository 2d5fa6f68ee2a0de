"""Tries what a role might not be allowed: one call of AWS's API for each action."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from tests.audit.template import ACCOUNT
from tests.audit.test_least_privilege import Trial
from tests.emulator.account import Identity
from tests.emulator.deploy import Deployed

_REFUSED = frozenset({"AccessDenied", "AccessDeniedException", "AuthorizationError"})
_EVENT = {"Source": "com.example.stranger", "DetailType": "Stranger", "Detail": "{}"}

Call = Callable[[Any, str], object]

_SQS: Mapping[str, Call] = {
    "sqs:SendMessage": lambda sqs, url: sqs.send_message(QueueUrl=url, MessageBody="{}"),
    "sqs:ReceiveMessage": lambda sqs, url: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=0),
    "sqs:PurgeQueue": lambda sqs, url: sqs.purge_queue(QueueUrl=url),
    "sqs:SetQueueAttributes": lambda sqs, url: sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"DelaySeconds": "1"}
    ),
    "sqs:DeleteQueue": lambda sqs, url: sqs.delete_queue(QueueUrl=url),
}
_SNS: Mapping[str, Call] = {
    "sns:Publish": lambda sns, arn: sns.publish(TopicArn=arn, Message="{}"),
    "sns:Subscribe": lambda sns, arn: sns.subscribe(
        TopicArn=arn, Protocol="email", Endpoint="x@example.com"
    ),
    "sns:DeleteTopic": lambda sns, arn: sns.delete_topic(TopicArn=arn),
}
_EVENTS: Mapping[str, Call] = {
    "events:PutEvents": lambda events, bus: events.put_events(
        Entries=[_EVENT | {"EventBusName": bus}]
    ),
    "events:PutRule": lambda events, bus: events.put_rule(
        Name="x", EventBusName=bus, EventPattern=json.dumps({"source": ["x"]})
    ),
}
_SSM: Mapping[str, Call] = {
    "ssm:GetParameter": lambda ssm, name: ssm.get_parameter(Name=name),
    "ssm:PutParameter": lambda ssm, name: ssm.put_parameter(Name=name, Value="x", Overwrite=True),
}
_CALLS: Mapping[str, Mapping[str, Call]] = {
    "sqs": _SQS, "sns": _SNS, "events": _EVENTS, "ssm": _SSM,
}  # fmt: skip
"""By service what is tried. Functions aren't: their names are CloudFormation's."""


def tried(deployed: Deployed, trial: Trial, *, but: str | None = None) -> tuple[list[object], int]:
    """What every role and policy of a stack may do and the file doesn't say, or the other way.

    Beside that how many attempts were refused. Nothing is tried on what has `but` in its name. The
    emulator doesn't look at the condition on events: that is simulated only.
    """
    account = deployed.account
    declared = {(right.who, right.action, right.resource) for right in trial.declared}
    declared |= {(who, "events:PutEvents", bus) for who, bus, _ in trial.puts}
    wrong: list[object] = []
    refused = 0
    for who in trial.access.identities:
        physical = deployed.resources[who]
        if trial.template.resources[who]["Type"] == "AWS::IAM::ManagedPolicy":
            identity = account.role(who, physical)
        else:
            identity = account.assume(f"arn:aws:iam::{account.id}:role/{physical}")
        attempts = Attempts(identity, account.id)
        for thing in (each for each in trial.things if but is None or but not in each):
            for action in attempts.of(thing):
                may = attempts.allowed(action, thing)
                refused += not may
                if may is not ((who, action, thing) in declared):
                    wrong.append((who, action, thing, may))
    return wrong, refused


class Attempts:
    """What a role tries, in its account."""

    def __init__(self, role: Identity, account: str) -> None:
        self._clients = {service: role.client(service) for service in _CALLS}
        self._account = account

    def of(self, arn: str) -> tuple[str, ...]:
        """What is tried on a resource."""
        return tuple(_CALLS.get(arn.split(":")[2], ()))

    def allowed(self, action: str, arn: str) -> bool:
        """Try it; a refusal is one, whatever else goes wrong isn't."""
        service = action.partition(":")[0]
        client = self._clients[service]
        name = arn.replace(ACCOUNT, self._account)
        if service == "sqs":
            name = f"{client.meta.endpoint_url}/{self._account}/{arn.rsplit(':', 1)[-1]}"
        elif service == "ssm":
            name = arn.partition(":parameter")[2]
        try:
            _CALLS[service][action](client, name)
        except ClientError as error:
            return error.response["Error"]["Code"] not in _REFUSED
        return True
