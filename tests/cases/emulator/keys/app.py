"""The CDK app of the topology with a key."""

from __future__ import annotations

import aws_cdk as cdk
from infra.safe_messaging_stack import SafeMessagingStack

app = cdk.App()
SafeMessagingStack(app, "Safe")
app.synth()
