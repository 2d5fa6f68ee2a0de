"""The CDK app of the topology `delivers`."""

from __future__ import annotations

import aws_cdk as cdk
from infra.delivers_messaging_stack import DeliversMessagingStack

app = cdk.App()
DeliversMessagingStack(app, "Delivers")
app.synth()
