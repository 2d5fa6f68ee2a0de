"""The CDK app of the topology `sends`."""

from __future__ import annotations

import json

import aws_cdk as cdk
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from infra.sends_messaging_stack import SendsMessaging

app = cdk.App()
stack = cdk.Stack(app, "Sends")
nightly = sfn.StateMachine(
    stack,
    "Nightly",
    definition_body=sfn.DefinitionBody.from_string(
        json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}})
    ),
)
SendsMessaging(
    stack,
    "Messaging",
    runs_state_machine=nightly,
    handed_over_target=targets.SqsSendMessage(sqs.Queue(stack, "HandedOver")),
)
app.synth()
