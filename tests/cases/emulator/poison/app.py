"""The CDK app of the poison topology."""

from __future__ import annotations

import aws_cdk as cdk
from infra.poison_messaging_stack import PoisonMessagingStack

app = cdk.App()
PoisonMessagingStack(app, "Poison")
app.synth()
