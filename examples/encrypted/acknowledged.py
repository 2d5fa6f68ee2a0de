"""What cdk-nag finds in this app that is meant to be so, and why.

`app.py` calls `acknowledge` before it synthesises: what isn't in this table is still found, here
and in what the app will have tomorrow. Only aws_cdk is needed for it, not cdk-nag.
"""

from __future__ import annotations

import re

import aws_cdk as cdk
from constructs import Construct

ACKNOWLEDGED = (
    # CloudFormation type, id of the construct, finding, reason
    (
        "AWS::SQS::Queue",
        r".*Dlq|.*DeadLetters|\w*Undelivered(Fifo)?Queue",
        "Serverless-SQSRedrivePolicy",
        "It is a dead-letter queue: behind it there is nobody but whoever looks into it.",
    ),
    (
        "AWS::SQS::Queue",
        r"\w*Undelivered(Fifo)?Queue",
        "AwsSolutions-SQS3",
        (
            "Subscriptions, rules and functions use it as their dead-letter queue; the rule only looks"
            " at queues."
        ),
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        r".*QueueMapping",
        "Serverless-LambdaEventSourceMappingDestination",
        "Lambda takes no on-failure destination for SQS: the queue's dead-letter queue is it.",
    ),
    (
        "AWS::Lambda::Function",
        r".*",
        "Serverless-LambdaDLQ",
        (
            "What a function fails to handle is in the dead-letter queue of the queue that it polls, or"
            " goes to its on-failure destination, which the rule doesn't know."
        ),
    ),
    (
        "AWS::Lambda::Function",
        r".*",
        "AwsSolutions-L1",
        (
            "Python 3.13 gets security fixes until October 2029; the service moves on when it is"
            " tested with the next one."
        ),
    ),
    (
        "AWS::Lambda::Function",
        r".*",
        "Serverless-LambdaLatestVersion",
        "The same as AwsSolutions-L1.",
    ),
    (
        "AWS::Lambda::Function",
        r".*",
        "Serverless-LambdaTracing",
        "Traces cost by the message. Whoever wants them says `function: {tracing: true}`.",
    ),
    (
        "AWS::IAM::Role",
        r"ServiceRole",
        (
            "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
            "AWSLambdaBasicExecutionRole]"
        ),
        "It lets a function write logs, and nothing else.",
    ),
)


def acknowledge(scope: Construct) -> None:
    """Acknowledge the findings of the table on the resources that they are about."""
    for resource in scope.node.find_all():
        if isinstance(resource, cdk.CfnResource):
            *_, construct = resource.node.path.removesuffix("/Resource").split("/")
            for kind, wanted, finding, reason in ACKNOWLEDGED:
                if kind == resource.cfn_resource_type and re.fullmatch(
                    wanted, construct
                ):
                    meant = cdk.Acknowledgment(id=finding, reason=reason)
                    cdk.Validations.of(resource).acknowledge(meant)
