"""The CDK app of the turns topology."""

from __future__ import annotations

import aws_cdk as cdk
from infra.turns_messaging_stack import TurnsMessagingStack

app = cdk.App()
TurnsMessagingStack(app, "Turns")
app.synth()
