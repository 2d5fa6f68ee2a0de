"""examples/fan-out: SNS → SQS with a filter, SNS → Lambda, FIFO, an imported topic, envelopes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.assembly import example
from tests.emulator import observe, stubs
from tests.emulator.account import Account, Identity
from tests.emulator.deploy import Deployed, deploy

IMPORTED = "/logistics/messaging/topics/shipments"


@pytest.fixture(scope="module")
def deployed(shared_account: Account) -> Deployed:
    account = shared_account
    # The logistics team's stack is there first: its topic, and the parameter that names it.
    arn = account.client("sns").create_topic(Name="logistics-shipments")["TopicArn"]
    account.client("ssm").put_parameter(Name=IMPORTED, Value=arn, Type="String")
    return deploy(account, example("fan-out"))


@pytest.fixture
def shop(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Deployed:
    stubs.configure(monkeypatch, deployed, "CheckoutEnvironment")
    stubs.configure(monkeypatch, deployed, "BackOfficeEnvironment")
    return deployed


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Any:
    return stubs.of_example(monkeypatch, "fan-out", "shop_messaging")


@pytest.fixture
def checkout(shop: Deployed) -> Identity:
    return shop.account.assume(shop.outputs["CheckoutRoleArn"])


def _order(package: Any, order_id: str, **changes: Any) -> Any:
    order = {
        "order_id": order_id,
        "total": 20.0,
        "gift": False,
        "customer": {"tier": "basic"},
        "items": [{"sku": "A", "quantity": 1}],
    }
    return stubs.message(package, "OrderPlaced", order | changes)


def test_a_filter_lets_through_what_it_says(
    shop: Deployed, package: Any, checkout: Identity
) -> None:
    topic = package.OrdersTopic(client=checkout.client("sns"))
    topic.publish_many(
        [
            _order(package, "small-gold", customer={"tier": "gold"}),
            _order(package, "big-basic", total=500),
            _order(package, "big-gold", total=100, customer={"tier": "gold"}),
            _order(package, "gift", gift=True),
        ]
    )
    observe.prints(shop, "InvoicingFunction", "big-gold")
    observe.prints(shop, "InvoicingFunction", "gift")
    assert sorted(observe.printed(shop, "InvoicingFunction")) == [
        "invoice for big-gold: 100.00",
        "invoice for gift: 20.00",
    ]
    assert observe.is_empty(shop, "InvoicingQueue")
    assert observe.is_empty(shop, "InvoicingDlq")


def test_a_function_without_a_queue_between_hears_and_publishes(
    shop: Deployed, package: Any, checkout: Identity
) -> None:
    topic = package.OrdersTopic(client=checkout.client("sns"))
    topic.publish(_order(package, "absurd", items=[{"sku": "A", "quantity": 5000}]))
    observe.prints(shop, "FraudFunction", "checked absurd: 5000 pieces")
    # What it publishes in turn comes out where everything does, in SNS's envelope.
    envelope = json.loads(observe.arrives(shop, "AuditQueue", "too many pieces")["Body"])
    assert envelope["Type"] == "Notification"
    cancelled = stubs.message(package, "OrderCancelled", envelope["Message"])
    assert cancelled.order_id == "absurd"


def test_prices_of_a_product_stay_in_order(shop: Deployed, package: Any) -> None:
    back_office = shop.account.role("back-office", _managed_policy(shop))
    topic = package.PricesTopic(client=back_office.client("sns"))
    topic.publish_many([package.PriceChanged(sku="A", version=n, price=1.5) for n in range(1, 6)])
    observe.prints(shop, "PriceIndexerFunction", "version 5")
    versions = [line.split()[4] for line in observe.printed(shop, "PriceIndexerFunction")]
    assert versions == [f"{n}:" for n in range(1, 6)]


def test_another_teams_topic_comes_in(shop: Deployed) -> None:
    topic = shop.account.client("ssm").get_parameter(Name=IMPORTED)["Parameter"]["Value"]
    shop.account.client("sns").publish(
        TopicArn=topic,
        Message=json.dumps({"order_id": "o-1", "carrier": "post"}),
        MessageAttributes={"message_type": {"DataType": "String", "StringValue": "ParcelShipped"}},
    )
    observe.prints(shop, "ParcelTracker", '"carrier": "post"')


def test_a_publisher_without_the_grant_is_refused(
    shop: Deployed, package: Any, checkout: Identity
) -> None:
    stranger = package.OrdersTopic(client=shop.account.role("stranger").client("sns"))
    with pytest.raises(package.PublishError, match="AuthorizationError"):
        stranger.publish(_order(package, "refused"))
    prices = package.PricesTopic(client=checkout.client("sns"))
    with pytest.raises(package.PublishError, match="AuthorizationError"):
        prices.publish(package.PriceChanged(sku="A", version=1, price=1.5))


def _managed_policy(shop: Deployed) -> str:
    """What the stack exports for the tools of another repository."""
    name = "/shop/messaging/policies/back-office"
    arn: str = shop.account.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
    return arn
