"""The CDK app of the topology `sends`."""

from __future__ import annotations

import aws_cdk as cdk
from infra.sends_messaging_stack import SendsMessagingStack

app = cdk.App()
SendsMessagingStack(app, "Sends")
app.synth()
