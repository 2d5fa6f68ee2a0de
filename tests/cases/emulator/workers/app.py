"""The CDK app of the topology `workers`: its workers act in the role of this app."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from infra.yard_messaging_stack import YardMessaging

app = cdk.App()
stack = cdk.Stack(app, "Yard")
role = iam.Role(stack, "Hands", assumed_by=iam.AccountRootPrincipal())
messaging = YardMessaging(stack, "Messaging", hands=role)
cdk.CfnOutput(stack, "HandsRoleArn", value=role.role_arn)
for name in ("digger", "mason", "clerk", "sweeper"):
    environment = stack.to_json_string(messaging.environment_for(name))
    cdk.CfnOutput(stack, f"{name.title()}Environment", value=environment)
app.synth()
