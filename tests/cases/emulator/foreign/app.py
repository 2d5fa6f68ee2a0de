"""The CDK app of the foreign topology."""

from __future__ import annotations

import aws_cdk as cdk
from infra.foreign_messaging_stack import ForeignMessagingStack

app = cdk.App()
ForeignMessagingStack(app, "Foreign")
app.synth()
