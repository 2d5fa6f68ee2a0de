"""What an app hands over: the interface, and the class that users have at hand.

Type checkers don't see that CDK's classes fit their interfaces: the names of parameters differ.
"""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

Function = lambda_.IFunction | lambda_.FunctionBase
LogGroup = logs.ILogGroup | logs.LogGroup
Role = iam.IRole | iam.Role
