"""The CDK app of the topology `large`: whoever publishes and works has a role of this app."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from infra.press_messaging_stack import PressMessaging

app = cdk.App()
stack = cdk.Stack(app, "Press")
writer = iam.Role(stack, "Writer", assumed_by=iam.AccountRootPrincipal())
clerk = iam.Role(stack, "Clerk", assumed_by=iam.AccountRootPrincipal())
messaging = PressMessaging(stack, "Messaging", writer=writer, clerk=clerk)
for name, role in (("office", writer), ("filing", clerk)):
    cdk.CfnOutput(stack, f"{name.title()}RoleArn", value=role.role_arn)
    environment = stack.to_json_string(messaging.environment_for(name))
    cdk.CfnOutput(stack, f"{name.title()}Environment", value=environment)
app.synth()
