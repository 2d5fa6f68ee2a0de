"""The CDK app of the topology `events`."""

from __future__ import annotations

import aws_cdk as cdk
from infra.events_messaging_stack import EventsMessagingStack

app = cdk.App()
EventsMessagingStack(app, "Events")
app.synth()
