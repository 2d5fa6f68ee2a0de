"""Messages larger than SNS and SQS take, through S3, with the rights of their stack alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.assembly import synthesised
from tests.emulator import observe, stubs
from tests.emulator.account import Account, Identity
from tests.emulator.deploy import Deployed, deploy

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "large"
SIZE = 300_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "press"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def deployed(project: Path, shared_account: Account) -> Deployed:
    return deploy(shared_account, synthesised(project, validated=False))


@pytest.fixture
def package(project: Path, deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Any:
    stubs.configure(monkeypatch, deployed, "OfficeEnvironment")
    stubs.configure(monkeypatch, deployed, "FilingEnvironment")
    return stubs.imported(monkeypatch, project, "press_messaging")


@pytest.fixture
def office(deployed: Deployed) -> Identity:
    return deployed.account.assume(deployed.outputs["OfficeRoleArn"])


def _report(package: Any, report_id: str, size: int = SIZE) -> Any:
    return package.ReportMade(report_id=report_id, kind="monthly", text="é" * (size // 2))


def _topic(package: Any, who: Identity) -> Any:
    topic = package.ReportsTopic(client=who.client("sns"))
    topic.objects = who.client("s3")
    return topic


def test_functions_get_it_whole(deployed: Deployed, package: Any, office: Identity) -> None:
    _topic(package, office).publish(_report(package, "large"))
    observe.prints(deployed, "PrintingFunction", f"printing large: {SIZE // 2}")
    observe.prints(deployed, "MailingFunction", f"mailing large: {SIZE // 2}")


def test_small_ones_and_large_ones_go_in_one_call(
    deployed: Deployed, package: Any, office: Identity
) -> None:
    sizes = {f"r-{number}": 40_000 * number for number in range(1, 9)}
    _topic(package, office).publish_many(
        [_report(package, name, size) for name, size in sizes.items()]
    )
    for name, size in sizes.items():
        observe.prints(deployed, "PrintingFunction", f"printing {name}: {size // 2}")


def test_a_worker_reads_what_is_put_into_its_queue(
    deployed: Deployed, package: Any, office: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = package.FilingQueue(client=office.client("sqs"))
    queue.objects = office.client("s3")
    queue.publish(_report(package, "filed", 2_000_000))
    clerk = deployed.account.assume(deployed.outputs["FilingRoleArn"])
    for name, value in clerk.environment().items():
        monkeypatch.setenv(name, value)
    from press_messaging.consumers import filing  # type: ignore[import-not-found] # as above

    filed: list[int] = []

    def handle(message: Any, _: object) -> None:
        filed.append(len(message.text))
        worker.stop()

    worker = filing.worker(filing.handler(handle), wait=2)
    worker.run()
    assert filed == [1_000_000]


def test_nobody_else_may_read_or_write(deployed: Deployed, office: Identity) -> None:
    bucket = deployed.physical("PayloadsBucket")
    clerk = deployed.account.assume(deployed.outputs["FilingRoleArn"])
    stranger = deployed.account.role("stranger")
    mine = office.client("s3")
    mine.put_object(Bucket=bucket, Key="mine", Body=b"{}")
    assert clerk.client("s3").get_object(Bucket=bucket, Key="mine")["Body"].read() == b"{}"
    for who, call in (
        (office, "get_object"),
        (office, "delete_object"),
        (clerk, "put_object"),
        (clerk, "delete_object"),
        (stranger, "get_object"),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            getattr(who.client("s3"), call)(Bucket=bucket, Key="mine")
