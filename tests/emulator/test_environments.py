"""Two environments of a service in one account, which know nothing of each other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.adapted import adapted
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.waiting import eventually

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
