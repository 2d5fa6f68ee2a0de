"""The house rules of docs/house-rules.md, as they stand there: what they reach, what is granted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.assembly import ROOT, synthesised
from tests.project.pages import Content, steps

Resources = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house") / "house-rules"
    ignored = shutil.ignore_patterns("__pycache__", "cdk.out", "tests")
    shutil.copytree(ROOT / "examples" / "checkout", folder, ignore=ignored)
    page = (ROOT / "docs" / "house-rules.md").read_text()
    for step in steps(page):
        if isinstance(step, Content):
            (folder / step.path).write_text(step.text)
    (folder / "ours.py").rename(folder / "app.py")
    text = (folder / "app.py").read_text().replace('outdir="cdk.out"', "")
    (folder / "app.py").write_text(text)
    return folder


@pytest.fixture(scope="module")
def resources(project: Path) -> Resources:
    found: Resources = json.loads((synthesised(project) / "Checkout.template.json").read_text())[
        "Resources"
    ]
    return found


def of(resources: Resources, kind: str) -> Resources:
    return {key: each for key, each in resources.items() if each["Type"] == kind}


def test_every_queue_follows_the_rule(resources: Resources) -> None:
    queues = of(resources, "AWS::SQS::Queue")
    assert len(queues) == 12
    for queue in queues.values():
        assert {"Key": "data-class", "Value": "internal"} in queue["Properties"]["Tags"]
    plain = queues["CheckoutWarehouseQueue"]["Properties"]
    assert plain["MessageRetentionPeriod"] == 7 * 86400
    assert queues["CheckoutAuditQueue"]["Properties"]["MessageRetentionPeriod"] == 14 * 86400


def test_every_dead_letter_queue_has_an_alarm(resources: Resources) -> None:
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in of(resources, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"]["Dimensions"]
    }
    dead_letters = {key for key in of(resources, "AWS::SQS::Queue") if key.endswith("Dlq")}
    assert watched == {*dead_letters, "CheckoutUndeliveredQueue"}
    assert len(watched) == 6


def test_an_edge_by_hand_is_let_in(resources: Resources) -> None:
    edge = resources["CheckoutOrdersToPager"]
    assert edge["Properties"]["Endpoint"] == {"Fn::GetAtt": ["CheckoutPagerQueue", "Arn"]}
    assert edge["DependsOn"] == ["CheckoutPagerQueuePolicy"]
    policy = resources["CheckoutPagerQueuePolicy"]["Properties"]["PolicyDocument"]
    (allowed,) = [each for each in policy["Statement"] if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "sns.amazonaws.com"}
    assert allowed["Condition"] == {"ArnLike": {"aws:SourceArn": [{"Ref": "CheckoutOrdersTopic"}]}}


def test_nothing_else_changes(resources: Resources) -> None:
    kept = json.loads((ROOT / "tests/cases/templates/checkout.json").read_text())["Resources"]
    for key, resource in kept.items():
        if resource["Type"] not in {"AWS::SQS::Queue", "AWS::Lambda::Function"}:
            assert resources[key]["Type"] == resource["Type"]
            if "ImportValue" not in json.dumps(resource):
                assert resources[key] == resource


def test_what_the_page_shows_is_what_is_generated() -> None:
    page = (ROOT / "docs" / "house-rules.md").read_text()
    shown = page.rpartition("```python\n")[2].partition("```")[0]
    stack = ROOT / "examples/checkout/infra/checkout_messaging_stack/__init__.py"
    assert shown in stack.read_text()
