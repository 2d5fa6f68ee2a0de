"""examples/point-to-point: publisher → SQS → handler, FIFO order, and who may publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from botocore.exceptions import ClientError

from tests.assembly import example
from tests.emulator import observe, stubs
from tests.emulator.account import Account, Identity
from tests.emulator.deploy import Deployed, deploy

RECEIPT = {
    "receipt_id": "r-1",
    "customer_id": "c-7",
    "email": "ada@example.com",
    "total": "120.50",
    "lines": [{"sku": "A", "quantity": 2}],
}


@pytest.fixture(scope="module")
def deployed(shared_account: Account) -> Deployed:
    return deploy(shared_account, example("point-to-point"))


@pytest.fixture
def mailer(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    stubs.configure(monkeypatch, deployed, "WebShopEnvironment")
    return deployed


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Any:
    return stubs.of_example(monkeypatch, "point-to-point", "mailer_messaging")


@pytest.fixture
def web_shop(mailer: Deployed) -> Identity:
    return mailer.account.assume(mailer.outputs["WebShopRoleArn"])


def _receipt(package: Any) -> Any:
    return stubs.message(package, "SendReceipt", RECEIPT)


def test_a_receipt_reaches_the_handler_and_a_copy_the_archive(
    mailer: Deployed, package: Any, web_shop: Identity
) -> None:
    package.ReceiptsQueue(client=web_shop.client("sqs")).publish(_receipt(package))
    line = observe.prints(mailer, "ReceiptSenderFunction", "receipt r-1")
    assert line == "receipt r-1 to ada@example.com: 2 x A"
    copy = observe.arrives(mailer, "ExportsQueue")
    assert stubs.message(package, "SendReceipt", copy["Body"]) == _receipt(package)
    assert copy["MessageAttributes"]["message_type"]["StringValue"] == "SendReceipt"


def test_changes_of_one_account_stay_in_order(
    mailer: Deployed, package: Any, web_shop: Identity
) -> None:
    first = {"account_id": "a-1", "at": "2026-01-31T12:30:00Z"}
    changes = [
        first | {"change_id": str(UUID(int=n)), "change": {"kind": "renamed", "name": f"Ada {n}"}}
        for n in range(5)
    ]
    changes.append(first | {"change_id": str(UUID(int=9)), "change": {"kind": "closed"}})
    package.AccountChangesQueue(client=web_shop.client("sqs")).publish_many(
        [stubs.message(package, "AccountChanged", change) for change in changes]
    )
    observe.prints(mailer, "AccountSyncFunction", "account a-1 is closed")
    assert _printed(mailer, "a-1") == [
        *(f"account a-1 is called Ada {n}" for n in range(5)),
        "account a-1 is closed",
    ]


def test_the_same_change_twice_counts_once(
    mailer: Deployed, package: Any, web_shop: Identity
) -> None:
    change = {
        "account_id": "a-2",
        "at": "2026-01-31T12:30:00Z",
        "change_id": str(UUID(int=21)),
        "change": {"kind": "renamed", "name": "Ada"},
    }
    queue = package.AccountChangesQueue(client=web_shop.client("sqs"))
    queue.publish(stubs.message(package, "AccountChanged", change))
    queue.publish(stubs.message(package, "AccountChanged", change))
    queue.publish(
        stubs.message(
            package,
            "AccountChanged",
            change | {"change_id": str(UUID(int=22)), "change": {"kind": "closed"}},
        )
    )
    observe.prints(mailer, "AccountSyncFunction", "account a-2 is closed")
    assert len(_printed(mailer, "a-2")) == 2


def _printed(mailer: Deployed, account: str) -> list[str]:
    """What was printed about one account: the tests share the stack."""
    lines = observe.printed(mailer, "AccountSyncFunction")
    return [line for line in lines if line.startswith(f"account {account} ")]


@pytest.mark.parametrize(
    "act_as",
    [
        pytest.param(lambda a, _: a.role("stranger"), id="a role without a grant"),
        pytest.param(lambda a, d: a.assume(d.outputs["WebShopRoleArn"]), id="another's edge"),
    ],
)
def test_a_publisher_without_the_grant_is_refused(
    mailer: Deployed, package: Any, act_as: Callable[[Account, Deployed], Identity]
) -> None:
    client = act_as(mailer.account, mailer).client("sqs")
    exports = package.ExportsQueue(url=mailer.physical("ExportsQueue"), client=client)
    with pytest.raises(package.PublishError, match="AccessDenied"):
        exports.publish(_receipt(package))
    assert observe.is_empty(mailer, "ExportsQueue")


def test_a_queue_refuses_plain_http(mailer: Deployed) -> None:
    client = mailer.account.root.client("sqs", tls=False)
    with pytest.raises(ClientError, match="AccessDenied"):
        client.send_message(QueueUrl=mailer.physical("ReceiptsQueue"), MessageBody="{}")
