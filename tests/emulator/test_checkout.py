"""examples/checkout: one order by every way at once, published by the API's role."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.assembly import example
from tests.audit.test_least_privilege import EXAMPLES, HANDED_OVER, Trial
from tests.emulator import observe, stubs
from tests.emulator.account import Account, Identity
from tests.emulator.attempts import tried
from tests.emulator.deploy import Deployed, deploy

ORDER = {
    "order_id": "o-1",
    "event_id": "e-1",
    "total": 120.5,
    "customer": {"tier": "gold"},
    "items": [{"sku": "A", "quantity": 1}],
}


@pytest.fixture(scope="module")
def deployed(shared_account: Account) -> Deployed:
    account = shared_account
    arn = account.client("sns").create_topic(Name="logistics-shipments")["TopicArn"]
    account.client("ssm").put_parameter(
        Name="/logistics/messaging/topics/shipments", Value=arn, Type="String"
    )
    return deploy(account, example("checkout"))


@pytest.fixture
def checkout(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    stubs.configure(monkeypatch, deployed, "ApiEnvironment")
    return deployed


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Any:
    return stubs.of_example(monkeypatch, "checkout", "checkout_messaging")


@pytest.fixture
def api(checkout: Deployed) -> Identity:
    return checkout.account.assume(checkout.outputs["ApiRoleArn"])


def test_a_big_order_is_invoiced_checked_and_receipted(
    checkout: Deployed, package: Any, api: Identity
) -> None:
    topic = package.OrdersTopic(client=api.client("sns"))
    topic.publish(stubs.message(package, "OrderPlaced", ORDER | {"order_id": "small", "total": 5}))
    topic.publish(stubs.message(package, "OrderPlaced", ORDER))
    observe.prints(checkout, "InvoicingFunction", "invoice for o-1: 120.50")
    observe.prints(checkout, "Fraud", "checked small of a gold customer")
    receipt = observe.arrives(checkout, "ReceiptsQueue")
    assert stubs.message(package, "SendReceipt", receipt["Body"]).order_id == "o-1"
    assert observe.printed(checkout, "InvoicingFunction") == ["invoice for o-1: 120.50"]


def test_an_order_on_the_bus_is_packed_and_audited(
    checkout: Deployed, package: Any, api: Identity
) -> None:
    bus = package.CommerceBus(client=api.client("events"))
    bus.publish(stubs.message(package, "OrderPlaced", ORDER))
    observe.prints(checkout, "WarehouseFunction", "packed 1 x A for o-1")
    event = json.loads(observe.arrives(checkout, "AuditQueue")["Body"])
    assert (event["source"], event["detail-type"]) == ("com.example.checkout", "OrderPlaced")
    assert event["detail"] == ORDER


def test_no_role_may_do_more_than_the_file_says(checkout: Deployed) -> None:
    """The last test of this file: what is allowed is really done."""
    text = (example("checkout") / "Checkout.template.json").read_text("utf-8")
    trial = Trial(EXAMPLES["checkout"], text, HANDED_OVER["checkout"])
    wrong, refused = tried(checkout, trial, but="FraudDeadLetters")  # whose name is made
    assert wrong == []
    assert refused >= 200
