"""The checkout's CDK app: the generated messaging, a function of its own, and the API's role."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.checkout_messaging_stack import CheckoutMessaging

HERE = Path(__file__).parent


def fraud_code() -> lambda_.Code:
    """The fraud handler with the stubs beside it: a function handed over brings its own code."""
    staged = Path(tempfile.mkdtemp())
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(
        HERE / "lambdas" / "fraud", staged, dirs_exist_ok=True, ignore=ignore
    )
    shutil.copytree(
        HERE / "src" / "checkout_messaging",
        staged / "checkout_messaging",
        ignore=ignore,
    )
    return lambda_.Code.from_asset(str(staged))


class CheckoutStack(cdk.Stack):
    """Everything that the checkout has in AWS."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        fraud = lambda_.Function(
            self,
            "Fraud",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="app.handler",
            code=fraud_code(),
            timeout=cdk.Duration.seconds(10),
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
app.synth()
