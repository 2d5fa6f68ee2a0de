"""The CDK app of the topology `outsiders`."""

from __future__ import annotations

import aws_cdk as cdk
from infra.doors_messaging_stack import DoorsMessagingStack

app = cdk.App()
DoorsMessagingStack(app, "Doors")
app.synth()
