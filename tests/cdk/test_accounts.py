"""Roles of another account are refused: when it is known at synthesis, else by CloudFormation."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.assembly import cdk_environment
from tests.cdk.synthesis import write_stack
from tests.links.linked import links_of

YAML = """\
version: 1
service: shop
messages: {Job: {schema: {type: object, properties: {id: {type: string}}}}}
queues: {jobs: {messages: [Job], external: subscribe}}
producers:
  web: {publishes: [{queue: jobs}], role: {arn: "arn:aws:iam::111122223333:role/web"}}
  batch: {publishes: [{queue: jobs}], role: provided}
"""
APP = """\
import json, sys
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_iam as iam
from stack import ShopMessagingStack

def tried(account, batch):
    app = App()
    env = Environment(account=account, region="eu-west-1") if account else None
    other = Stack(app, "Other", env=env)
    role = (
        iam.Role.from_role_arn(other, "Batch", f"arn:aws:iam::{batch}:role/batch")
        if batch
        else iam.Role(other, "Batch", assumed_by=iam.ServicePrincipal("ecs.amazonaws.com"))
    )
    try:
        ShopMessagingStack(app, "Shop", batch_role=role, env=env)
    except Exception as error:
        return str(error).splitlines()[0]
    rules = app.synth().get_stack_by_name("Shop").template.get("Rules", {})
    rules.pop("CheckBootstrapVersion", None)
    return {name: rule["Assertions"] for name, rule in rules.items()}

cases = json.loads(sys.argv[1])
print(json.dumps([tried(*case) for case in cases]))
"""
HERE, THERE = "111122223333", "444455556666"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    folder = tmp_path_factory.mktemp("accounts")
    links = links_of(YAML)
    build = links.topology.build.replace(written={"stack": "stack"})
    write_stack(folder, links.topology.replace(build=build), links)
    (folder / "app.py").write_text(APP)
    cases = [(HERE, None), (HERE, HERE), (THERE, None), (HERE, THERE), (None, None), (None, THERE)]
    done = subprocess.run(
        [sys.executable, "app.py", json.dumps(cases)],
        cwd=folder, env=cdk_environment(folder / "cdk.out", validated=False),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def refusal(role: str, account: str) -> str:
    return (
        f"the role {role} is of account {account}, and this stack is not: "
        "see `msgc explain role-of-another-account`"
    )


def test_roles_of_the_account_are_granted(tried: list[Any]) -> None:
    assert tried[:2] == [{}, {}]


def test_a_known_account_refuses_at_synthesis(tried: list[Any]) -> None:
    assert tried[2:4] == [refusal("web", HERE), refusal("batch", THERE)]


def asked(account: str) -> Any:
    return {"Fn::Equals": [{"Ref": "AWS::AccountId"}, account]}


def test_an_account_that_the_app_leaves_open_is_asked_of_cloudformation(tried: list[Any]) -> None:
    (web,) = tried[4].values()
    assert web == [{"Assert": asked(HERE), "AssertDescription": refusal("web", HERE)}]
    assert [rules[0]["Assert"] for rules in tried[5].values()] == [asked(HERE), asked(THERE)]
