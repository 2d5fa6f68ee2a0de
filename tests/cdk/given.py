"""What apps of tests hand over to constructs, by kind: a file that lies beside each of them."""

from __future__ import annotations

import json
from pathlib import Path

from msgc.synth.provided import importers

_TEXT = """\
import importlib
import json
import sys
from pathlib import Path

from aws_cdk import CfnWaitConditionHandle, Fn
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_scheduler_targets as scheduler_targets
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

kinds = json.loads(Path(__file__).with_name("kinds.json").read_text())


def give(scope, name, kind, package):
    if kind == "input":
        return Fn.import_value(name)
    if kind == "role":
        return iam.Role(scope, name, assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
    if kind == "vpc":
        return ec2.Vpc(scope, name, max_azs=2)
    if kind == "key":
        return kms.Key(scope, name)
    if kind == "log_group":
        return logs.LogGroup(scope, name)
    if kind == "bucket":
        return s3.Bucket(scope, name)
    if kind == "table":
        key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
        stream = dynamodb.StreamViewType.NEW_IMAGE
        return dynamodb.Table(scope, name, partition_key=key, stream=stream)
    if kind == "target":
        CfnWaitConditionHandle(scope, f"{name}-beside")  # no stack may be empty
        arn = f"arn:aws:sqs:eu-west-1:111122223333:{name}"
        return targets.SqsQueue(sqs.Queue.from_queue_arn(scope, name, arn))
    if kind == "schedule_target":
        topic = sns.Topic.from_topic_arn(scope, name, f"arn:aws:sns:eu-west-1:111122223333:{name}")
        service = iam.ServicePrincipal("scheduler.amazonaws.com")
        role = iam.Role(scope, f"{name}-role", assumed_by=service)
        return scheduler_targets.SnsPublish(topic, role=role)
    if kind == "pipe_target":
        CfnWaitConditionHandle(scope, f"{name}-beside")
        arn = f"arn:aws:sqs:eu-west-1:111122223333:{name}"
        kit = sys.modules[f"{package}._kit"]
        return kit.PipeTarget(arn=arn, grant=lambda role: None)
    if kind in kinds:
        CfnWaitConditionHandle(scope, f"{name}-beside")
        module, importer, service, before = kinds[kind]
        cls, _, method = importer.partition(".")
        find = getattr(getattr(importlib.import_module(f"aws_cdk.aws_{module}"), cls), method)
        known = name.replace("_", "-") if kind == "connection" else name  # as AWS wants it
        return find(scope, name, f"arn:aws:{service}:eu-west-1:111122223333:{before}{known}")
    code = lambda_.Code.from_inline("handler = print")
    runtime = lambda_.Runtime.PYTHON_3_13
    return lambda_.Function(scope, name, runtime=runtime, handler="index.handler", code=code)
"""


def write_given(folder: Path) -> None:
    """Write `given.py`, whose `give` makes one thing, and what it knows of others' kinds."""
    (folder / "kinds.json").write_text(json.dumps(importers()))
    (folder / "given.py").write_text(_TEXT)
