"""Two environments of a service in one account, which know nothing of each other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from msgc.pipeline.check import check
from msgc.source import Disk
from msgc.stack import plan
from tests.assembly import ROOT, synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.adapted import adapted
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.every_edit import emulated
from tests.emulator.test_edits import deploy as update
from tests.emulator.test_edits import queues, waiting
from tests.emulator.waiting import eventually
from tests.stack.template import template

SHOP = """\
version: 1
service: shop
messages: {OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}}}
queues: {jobs: {messages: [OrderPlaced], external: true}}
producers: {web: {publishes: [{queue: jobs}]}}
environments: {dev: , prod: {queues: {jobs: {retention: RETENTION}}}}
"""
APP = """\
import aws_cdk as cdk
from infra.shop_messaging_stack import ShopMessagingStack

app = cdk.App()
ShopMessagingStack(app, "Shop-ENVIRONMENT", environment="ENVIRONMENT")
app.synth()
"""

ORDER: dict[str, Any] = {
    "Message": json.dumps({
        "order_id": "o-1", "event_id": "e-1", "total": 120.5, "customer": {"tier": "gold"},
        "items": [{"sku": "A", "quantity": 1}],
    }),
    "MessageAttributes": {
        "message_type": {"DataType": "String", "StringValue": "OrderPlaced"},
        "total": {"DataType": "Number", "StringValue": "120.5"},
        "customer.tier": {"DataType": "String", "StringValue": "gold"},
    },
}  # fmt: skip
"""An order as the generated publishers send it."""


def assembly(folder: Path, environment: str, retention: str) -> Path:
    project = folder / f"shop-{environment}-{retention}"
    project.mkdir()
    (project / "messaging.yaml").write_text(SHOP.replace("RETENTION", retention))
    (project / "app.py").write_text(APP.replace("ENVIRONMENT", environment))
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=project, check=True)
    return synthesised(project, validated=False)


def send(deployed: Deployed, text: str) -> None:
    url = deployed.physical("ShopJobsQueue")
    deployed.account.client("sqs").send_message(QueueUrl=url, MessageBody=text)


def retention(deployed: Deployed) -> str:
    url = deployed.physical("ShopJobsQueue")
    asked = deployed.account.client("sqs").get_queue_attributes(
        QueueUrl=url, AttributeNames=["MessageRetentionPeriod"]
    )
    return str(asked["Attributes"]["MessageRetentionPeriod"])


def test_each_has_its_own_queue_and_keeps_what_waits(account: Account, tmp_path: Path) -> None:
    dev = deploy(account, assembly(tmp_path, "dev", "5d"))
    prod = deploy(account, assembly(tmp_path, "prod", "5d"))
    assert dev.physical("ShopJobsQueue").endswith("/shop-jobs-dev")
    assert prod.physical("ShopJobsQueue").endswith("/shop-jobs-prod")

    send(dev, "to dev")
    assert observe.is_empty(prod, "ShopJobsQueue")

    (template,) = assembly(tmp_path, "prod", "9d").glob("*.template.json")
    changed = json.dumps(adapted(json.loads(template.read_text())))
    account.client("cloudformation").update_stack(
        StackName=prod.name, TemplateBody=changed, Capabilities=["CAPABILITY_NAMED_IAM"]
    )
    eventually(lambda: retention(prod) == str(9 * 86_400) or None, "the update of prod")
    assert retention(dev) == str(4 * 86_400)
    assert observe.arrives(dev, "ShopJobsQueue")["Body"] == "to dev"
    assert observe.is_empty(prod, "ShopJobsQueue")


def checkout(folder: Path, environment: str, retention: str) -> dict[str, Any]:
    """What the emulator makes of examples/checkout in one of two environments."""
    text = (ROOT / "examples/checkout/messaging.yaml").read_text()
    written = folder / "messaging.yaml"
    written.write_text(
        f"{text}\nenvironments: {{dev: , prod: {{queues: {{audit: {{{retention}}}}}}}}}"
    )
    checked = check(str(written), Disk()).value
    assert checked is not None
    one = checked.within(environment)
    return emulated(template(plan(one.topology, one.links)))


def test_two_of_checkout_live_side_by_side(account: Account, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/checkout/schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "examples/checkout/lambdas", tmp_path / "lambdas")
    made = [checkout(tmp_path, environment, "retention: 13d") for environment in ("dev", "prod")]
    assert made[0].keys() >= {
        "CheckoutOrdersTopic",
        "CheckoutInvoicingQueue",
        "CheckoutCommerceBus",
    }
    for environment, resources in zip(("dev", "prod"), made, strict=True):
        update(account, resources, "create", f"checkout-{environment}")
    names = queues(account)
    assert len(names) == sum(
        each["Type"] == "AWS::SQS::Queue" for resources in made for each in resources.values()
    )
    (topic,) = (
        each["TopicArn"]
        for each in account.root.client("sns").list_topics()["Topics"]
        if each["TopicArn"].endswith(":checkout-orders-dev")
    )
    account.root.client("sns").publish(TopicArn=topic, **ORDER)
    eventually(lambda: waiting(account)["checkout-invoicing-dev"] or None, "it is in dev")

    changed = checkout(tmp_path, "prod", "retention: 12d")
    update(account, changed, "update", "checkout-prod")
    kept = {
        name: account.root.client("sqs").get_queue_attributes(
            QueueUrl=url, AttributeNames=["MessageRetentionPeriod"]
        )["Attributes"]["MessageRetentionPeriod"]
        for name, url in queues(account).items()
        if name.startswith("checkout-audit-")
    }
    assert kept["checkout-audit-prod"] == str(12 * 86_400)
    assert kept["checkout-audit-dev"] == str(14 * 86_400)
    assert queues(account).keys() == names.keys()
    assert {name: count for name, count in waiting(account).items() if count} == {
        "checkout-invoicing-dev": 1
    }
