"""The CDK app of the topology `depot`, whose gate is a role of this app."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from infra.depot_messaging_stack import DepotMessaging

app = cdk.App()
stack = cdk.Stack(app, "Depot")
role = iam.Role(stack, "Gate", assumed_by=iam.AccountRootPrincipal())
messaging = DepotMessaging(stack, "Messaging", gate_role=role)
cdk.CfnOutput(stack, "GateRoleArn", value=role.role_arn)
environment = stack.to_json_string(messaging.environment_for("gate"))
cdk.CfnOutput(stack, "GateEnvironment", value=environment)
app.synth()
