"""The CDK app of the topology `ends`: what is handed over, and what is known at deploy."""

from __future__ import annotations

import json

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from infra.ends_messaging_stack import EndsMessaging

app = cdk.App()
stack = cdk.Stack(app, "Ends")


def given(name: str) -> str:
    """Return what is known when the stack is deployed."""
    return cdk.CfnParameter(stack, name).value_as_string


sorting = sfn.StateMachine(
    stack,
    "Sorting",
    definition_body=sfn.DefinitionBody.from_string(
        json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}})
    ),
)
stock = dynamodb.Table(
    stack,
    "Stock",
    partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    stream=dynamodb.StreamViewType.NEW_IMAGE,
)
packing = iam.Role(stack, "Packing", assumed_by=iam.AccountRootPrincipal())
messaging = EndsMessaging(
    stack,
    "Messaging",
    sorting=sorting,
    change_runs_state_machine=sorting,
    handed_over_target=targets.SqsQueue(sqs.Queue(stack, "Found", enforce_ssl=True)),
    changes_stream=stock,
    change_runs_stream=stock,
    projection_stream=stock,
    counter_stream=kinesis.Stream(stack, "Clicks"),
    packing_role=packing,
    ledger=given("Ledger"),
    partner=given("Partner"),
    intranet=given("Intranet"),
)
cdk.CfnOutput(stack, "PackingRoleArn", value=packing.role_arn)
cdk.CfnOutput(
    stack, "PackingEnvironment", value=stack.to_json_string(messaging.environment_for("packing"))
)
app.synth()
