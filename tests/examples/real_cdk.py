"""npm's `cdk` on an app of three services in two environments: offline, without a global Node.

One of the services lies in two stacks.

`python3 dev.py cdk` fetches it and runs this; `dev.py test` does so too, if npm's registry is
reached.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from msgc.cli.scaffold.cdk_app import AWS_CDK
from tests.assembly import ROOT, cdk_environment

SERVICES = ("orders", "stock", "mail")
ENVIRONMENTS = ("dev", "prod")
NAMES = ("orders", "orders-audits", "stock", "mail")
STACKS = [f"{name}-{environment}" for environment in ENVIRONMENTS for name in NAMES]

FILE = """\
version: 1
service: {name}
build: {{stack: infra/{name}_messaging_stack, stubs: src/{name}_messaging}}
messages: {{Changed: {{schema: {{type: object, properties: {{id: {{type: string}}}}}}}}}}
topics: {{changes: {{messages: [Changed]}}}}
queues: {{audit: {{external: subscribe}}}}
subscriptions: {{to-audit: {{from: {{topic: changes}}, to: {{queue: audit}}}}}}
producers: {{api: {{publishes: [{{topic: changes}}]}}}}
environments:
  dev: {{account: "111122223333", region: eu-west-1}}
  prod: {{account: "444455556666", region: eu-west-1, queues: {{audit: {{retention: 10d}}}}}}
"""

IN_TWO_STACKS = "stacks: {audits: {queues: [audit]}}\n"
"""Of the service `orders`."""

APP = """\
import sys
from pathlib import Path
from typing import Any

import aws_cdk as cdk

sys.path[:0] = [str(Path(__file__).parent / name / "infra") for name in ("orders", "stock", "mail")]
from mail_messaging_stack import MailMessagingStack
from orders_messaging_stack import OrdersAuditsMessagingStack, OrdersMessagingStack
from stock_messaging_stack import StockMessagingStack

app = cdk.App()
for environment in ("dev", "prod"):
    orders = OrdersMessagingStack(app, f"orders-{environment}", environment=environment)
    OrdersAuditsMessagingStack(
        app,
        f"orders-audits-{environment}",
        environment=environment,
        main_messaging=orders.messaging,
    )
    for name, stack in {"stock": StockMessagingStack, "mail": MailMessagingStack}.items():
        stack(app, f"{name}-{environment}", environment=environment)
app.synth()
"""

Cdk = Callable[..., str]


def write(project: Path) -> None:
    for name in SERVICES:
        (project / name).mkdir(exist_ok=True)
        stacks = IN_TWO_STACKS if name == "orders" else ""
        (project / name / "messaging.yaml").write_text(FILE.format(name=name) + stacks)
    (project / "app.py").write_text(APP)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("three")
    write(project)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "msgc", "build", "."]
    subprocess.run(command, cwd=project, env=environment, check=True)
    return project


@pytest.fixture(scope="module")
def cdk(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Cdk:
    archive = os.environ.get("MSGC_CDK")
    assert archive, "no MSGC_CDK: run `python3 dev.py cdk`"
    assert Path(archive).name == f"aws-cdk-{AWS_CDK}.tgz"
    folder = tmp_path_factory.mktemp("cdk")
    with tarfile.open(archive) as packed:
        safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from 3.11.4
        packed.extractall(folder, **safely)  # noqa: S202  # it is what its hash says
    node = cdk_environment(folder, validated=False)["JSII_NODE"]
    offline = {
        "JSII_NODE": node,
        "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(Path.home() / ".cache/aws/jsii/package-cache"),
        "PATH": os.defpath,  # no Node of the machine's own
        "HOME": str(folder),
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
        "CDK_DISABLE_CLI_TELEMETRY": "true",
    }  # fmt: skip

    def run(*arguments: str, app: str = f"{sys.executable} app.py") -> str:
        command = [node, str(folder / "package" / "bin" / "cdk"), "--app", app]
        done = subprocess.run(
            [*command, "--no-notices", "--no-color", *arguments],
            cwd=project,
            env=os.environ | offline,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def test_every_stack_is_listed(cdk: Cdk) -> None:
    assert cdk("ls").split() == STACKS


@pytest.fixture(scope="module")
def assembly(cdk: Cdk, project: Path) -> Path:
    cdk("synth", "--quiet")
    return project / "cdk.out"


def test_every_stack_is_synthesised(assembly: Path) -> None:
    found = {path.name.partition(".")[0] for path in assembly.glob("*.template.json")}
    assert found == set(STACKS)


def test_a_stack_differs_from_what_is_deployed_by_the_edit_alone(
    cdk: Cdk, assembly: Path, project: Path
) -> None:
    deployed = project / "deployed.json"
    made = json.loads((assembly / "orders-audits-prod.template.json").read_text())
    same = made["Resources"]["OrdersAuditQueue"]["Properties"]
    deployed.write_text(json.dumps(made))
    unchanged = cdk(
        "diff", "orders-audits-prod", "--exclusively", "--template", str(deployed), app="cdk.out"
    )
    assert "There were no differences" in unchanged
    same["MessageRetentionPeriod"] = 60
    deployed.write_text(json.dumps(made))
    changed = cdk(
        "diff", "orders-audits-prod", "--exclusively", "--template", str(deployed), app="cdk.out"
    )
    assert "[~] AWS::SQS::Queue" in changed
    assert "[-] 60" in changed
    assert "[+] 864000" in changed
    assert changed.count("[~] AWS::") == 1
