"""The bus's CDK app: the generated stack as it is, since nothing is handed to it."""

from __future__ import annotations

import aws_cdk as cdk

from infra.commerce_messaging_stack import CommerceMessagingStack

app = cdk.App()
CommerceMessagingStack(app, "Commerce")
app.synth()
