"""CDK's interfaces, each with the class that implements it.

Type checkers don't see that these classes fit: the names of parameters differ.
"""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

Bucket = s3.IBucket | s3.Bucket
Bus = events.IEventBus | events.EventBus
Function = lambda_.IFunction | lambda_.FunctionBase
Key = kms.IKey | kms.Key
KinesisStream = kinesis.IStream | kinesis.Stream
LogGroup = logs.ILogGroup | logs.LogGroup
Queue = sqs.IQueue | sqs.QueueBase
Role = iam.IRole | iam.Role
Table = dynamodb.ITable | dynamodb.Table
Topic = sns.ITopic | sns.TopicBase
Vpc = ec2.IVpc | ec2.Vpc
Grantee = iam.IGrantable | Function | Role | iam.ManagedPolicy | iam.Policy
"""Whoever has a policy that can be added to."""
