"""examples/event-bus: rules to a queue and a function, a raw pattern, the archive, grants."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.assembly import example
from tests.emulator import observe, stubs
from tests.emulator.account import REGION, Account, Identity
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.waiting import eventually


def shop_role(account: Account) -> str:
    """Make the role that the example names by its ARN, which is there before the stack."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    role = account.client("iam").create_role(
        RoleName="shop", AssumeRolePolicyDocument=json.dumps(trust)
    )
    arn: str = role["Role"]["Arn"]
    return arn


@pytest.fixture(scope="module")
def commerce(shared_account: Account) -> Deployed:
    assert shop_role(shared_account)
    return deploy(shared_account, example("event-bus"), stands_for="111122223333")


def test_a_role_of_another_account_is_refused(account: Account) -> None:
    """Before anything is made: a role of the same name is there, and gets nothing."""
    role = shop_role(account)
    with pytest.raises(ClientError, match="the role shop is of account 111122223333"):
        deploy(account, example("event-bus"))
    names = account.client("iam").list_role_policies(RoleName=role.rpartition("/")[2])
    assert names["PolicyNames"] == []


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Any:
    return stubs.of_example(monkeypatch, "event-bus", "commerce_messaging")


@pytest.fixture
def shop(commerce: Deployed) -> Identity:
    return commerce.account.assume(f"arn:aws:iam::{commerce.account.id}:role/shop")


def _bus(commerce: Deployed, package: Any, identity: Identity) -> Any:
    arn = commerce.account.client("events").describe_event_bus(
        Name=commerce.physical("CommerceBus")
    )["Arn"]
    return package.CommerceBus(arn=arn, client=identity.client("events"))


def _order(package: Any, order_id: str, country: str, **more: Any) -> Any:
    return stubs.message(
        package,
        "OrderPlaced",
        {"order_id": order_id, "total": 20.5, "country": country, "coupon": "SPRING"} | more,
    )


def test_a_rule_fills_a_queue_and_the_bus_reaches_a_function(
    commerce: Deployed, package: Any, shop: Identity
) -> None:
    bus = _bus(commerce, package, shop)
    bus.publish_many([_order(package, "far", "US"), _order(package, "near", "NL")])
    observe.prints(commerce, "PackerFunction", "packed near for NL")
    # The packer puts OrderShipped on the bus, under its own grant; a rule hands it on directly.
    observe.prints(commerce, "NotifierFunction", "near was shipped on")
    assert observe.printed(commerce, "PackerFunction") == ["packed near for NL"]
    assert len(observe.printed(commerce, "NotifierFunction")) == 1
    assert observe.is_empty(commerce, "FulfilmentQueue")
    assert observe.is_empty(commerce, "FulfilmentDlq")


def test_a_pattern_with_null_matches_what_it_says(
    commerce: Deployed, package: Any, shop: Identity
) -> None:
    # The emulator writes to no log group, which is the rule's target: a queue shows what matched.
    seen = _another_target(commerce, "WithoutCouponRule")
    bus = _bus(commerce, package, shop)
    bus.publish_many([_order(package, "with", "US"), _order(package, "without", "US", coupon=None)])
    sqs = commerce.account.client("sqs")
    answer = eventually(
        lambda: sqs.receive_message(QueueUrl=seen, MaxNumberOfMessages=10).get("Messages"),
        "an event matched",
    )
    events = [json.loads(message["Body"]) for message in answer or []]
    assert [event["detail"]["order_id"] for event in events] == ["without"]


def _another_target(commerce: Deployed, rule: str) -> str:
    """A queue of the test's own behind a deployed rule; returns its URL."""
    sqs, events = commerce.account.client("sqs"), commerce.account.client("events")
    arn = f"arn:aws:sqs:{REGION}:{commerce.account.id}:seen"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn,
            }
        ],
    }
    url: str = sqs.create_queue(QueueName="seen", Attributes={"Policy": json.dumps(policy)})[
        "QueueUrl"
    ]
    bus, _, name = commerce.physical(rule).rpartition("|")
    events.put_targets(
        Rule=name,
        EventBusName=bus or commerce.physical("CommerceBus"),
        Targets=[{"Id": "Seen", "Arn": arn}],
    )
    return url


def test_the_archive_keeps_events(commerce: Deployed) -> None:
    (archive,) = commerce.account.client("events").list_archives()["Archives"]
    assert archive["RetentionDays"] == 90
    assert archive["EventSourceArn"].endswith(f"/{commerce.physical('CommerceBus')}")


def test_a_publisher_without_the_grant_is_refused(commerce: Deployed, package: Any) -> None:
    bus = _bus(commerce, package, commerce.account.role("stranger"))
    with pytest.raises(package.PublishError, match="AccessDenied"):
        bus.publish(_order(package, "refused", "NL"))
    assert observe.is_empty(commerce, "FulfilmentQueue")
