"""What a generated package does when it is used."""

from __future__ import annotations

import importlib
import json
import pickle
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from msgc.source import Disk
from tests.files import messaging
from tests.stubs.package import SHOP, imported, stubs_of, written


class Handled:
    """Collects what a handler gets."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.contexts: list[Any] = []

    def __call__(self, message: Any, context: Any) -> None:
        if getattr(message, "order_id", "") == "bad":
            message = "told to fail"
            raise ValueError(message)
        self.messages.append(message)
        self.contexts.append(context)


def _order(shop: Any, order_id: str = "o-1", **changes: Any) -> Any:
    values = {"event_id": f"e-{order_id}", "total": 120.0, "gift": True, "tier": "gold"} | changes
    customer = shop.OrderPlacedCustomer(tier=values.pop("tier"))
    return shop.OrderPlaced(order_id=order_id, customer=customer, **values)


def _modules(shop: Any, *names: str) -> tuple[Any, ...]:
    assert sys.modules[shop.__name__] is shop, "another package has its name: modules would mix"
    found = []
    for name in names:
        __import__(f"{shop.__name__}.{name}")
        found.append(sys.modules[f"{shop.__name__}.{name}"])
    return tuple(found)


def test_messages_reach_a_handler_through_the_filter(shop: Any) -> None:
    testing, billing = _modules(shop, "testing", "consumers.billing")
    topic, handled = testing.FakeOrdersTopic(), Handled()
    topic.publish_many(
        [
            _order(shop, "big"),
            _order(shop, "small", total=99.99),
            _order(shop, "plain", tier="basic"),
            _order(shop, "bought", gift=False),
            shop.OrderCancelled(order_id="cancelled"),
        ]
    )
    delivered = topic.deliver_to(billing.handler(handled))
    assert (delivered.handled, delivered.failed, delivered.filtered_out) == (1, 0, 4)
    assert handled.messages == [_order(shop, "big")]
    assert handled.contexts[0].attributes == {
        "message_type": "OrderPlaced",
        "total": "120",
        "gift": "true",
        "customer.tier": "gold",
    }
    assert topic.of(shop.OrderCancelled) == [shop.OrderCancelled(order_id="cancelled")]
    topic.clear()
    assert topic.of(shop.OrderCancelled) == []


def test_a_queue_in_which_all_shapes_arrive(shop: Any) -> None:
    testing, packing = _modules(shop, "testing", "consumers.packing")
    handled = Handled()
    handler = packing.handler(handled)
    bus, topic = testing.FakeCommerceBus(), testing.FakeOrdersTopic()
    bus.publish(_order(shop))
    topic.publish(shop.OrderCancelled(order_id="o-2"))
    assert bus.deliver_to(handler).handled == 1
    assert topic.deliver_to(handler).handled == 1
    handler(testing.sqs_event({"order_id": "o-3"}))
    by_bus, by_envelope, bare = handled.messages
    assert by_bus == _order(shop)
    assert by_envelope == shop.OrderCancelled(order_id="o-2")
    assert bare == shop.Shipped(order_id="o-3")
    assert handled.contexts[0].event["source"] == "com.example.shop"
    assert handled.contexts[1].topic_arn.endswith(":shop-orders")
    stranger = testing.sqs_event(shop.Finding(severity="HIGH"))
    assert len(handler(stranger)["batchItemFailures"]) == 1


def test_anything_comes_untyped_and_ours_typed(shop: Any) -> None:
    testing, audit = _modules(shop, "testing", "consumers.audit")
    handled = Handled()
    handler = audit.handler(handled)
    ours = testing.eventbridge_event(_order(shop))
    theirs = {**ours, "source": "com.example.elsewhere", "detail": {"x": 1}}
    finding = testing.eventbridge_event(shop.Finding(severity="LOW"))
    handler(testing.sqs_event(_order(shop), ours, theirs, finding))
    assert handled.messages[:2] == [_order(shop), _order(shop)]
    assert [type(m).__name__ for m in handled.messages[2:]] == ["UntypedMessage"] * 2
    assert handled.messages[2].source == "com.example.elsewhere"
    assert handled.messages[3].type == "Inspector2 Finding"
    assert handled.messages[3].body == {"severity": "LOW"}


def test_a_fifo_queue_keeps_its_order(shop: Any) -> None:
    testing, lines = _modules(shop, "testing", "consumers.lines")
    topic, handled = testing.FakeLinesTopic(), Handled()
    topic.publish_many(
        [_order(shop, "a"), _order(shop, "bad"), shop.OrderCancelled(order_id="bad")]
    )
    assert topic.aws.parcels[0].system == {
        "MessageGroupId": "a",
        "MessageDeduplicationId": "e-a",
    }
    delivered = topic.deliver_to(lines.handler(handled))
    assert (delivered.handled, delivered.failed) == (1, 2)


def test_topics_and_rules_invoke_functions(shop: Any) -> None:
    testing, fraud, warehouse = _modules(shop, "testing", "consumers.fraud", "consumers.warehouse")
    topic, bus, handled = testing.FakeOrdersTopic(), testing.FakeCommerceBus(), Handled()
    topic.publish(_order(shop))
    topic.publish(shop.OrderCancelled(order_id="o-1"))
    bus.publish(shop.OrderCancelled(order_id="o-2"))
    assert topic.deliver_to(fraud.handler(handled)).filtered_out == 1
    bus.deliver_to(warehouse.handler(handled))
    assert handled.messages == [_order(shop), shop.OrderCancelled(order_id="o-2")]
    bus.publish(shop.OrderCancelled(order_id="bad"))
    delivered = bus.deliver_to(warehouse.handler(handled))
    assert (delivered.handled, delivered.failed) == (1, 1)
    with pytest.raises(ValueError, match="told to fail"):
        delivered.raise_errors()
    with pytest.raises(LookupError, match="nothing leads from FakeCommerceBus to `fraud`"):
        bus.deliver_to(fraud.handler(handled))


def test_a_facade_publishes_where_it_may(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")
    topic, bus = testing.FakeOrdersTopic(), testing.FakeCommerceBus()
    api = shop.Api(orders_topic=topic, commerce_bus=bus)
    api.orders_topic.publish(_order(shop))
    api.commerce_bus.publish(_order(shop))
    assert topic.of(shop.OrderPlaced) == bus.of(shop.OrderPlaced) == [_order(shop)]
    assert not hasattr(shop.BillingConsumer(), "orders_topic")
    assert shop.Api().partners_topic.address.endswith(":partners")
    assert shop.Billing().default_bus.address == "default"


def test_powertools_may_drive_the_records(shop: Any) -> None:
    testing, billing = _modules(shop, "testing", "consumers.billing")
    handled = Handled()
    handler = billing.handler(handled)
    for record in testing.sqs_event(_order(shop))["Records"]:
        handler.record(record)
    handler.fn(_order(shop), shop.MessageContext(message_id="x"))
    assert [context.message_id != "" for context in handled.contexts] == [True, True]


def _other(root: Path) -> AbstractContextManager[Any]:
    """The same service under another name."""
    text = SHOP.read_text(encoding="utf-8").replace("service: shop", "service: other", 1)
    written(stubs_of("messaging.yaml", messaging(text)), root)
    return imported(root / "src", "other_messaging")


def test_a_message_of_another_package_is_refused(shop: Any, tmp_path: Path) -> None:
    """It has the same name, and another schema for all we know."""
    (testing,) = _modules(shop, "testing")
    with _other(tmp_path) as other:
        for fake in (testing.FakeOrdersTopic, testing.FakeReceiptsQueue, testing.FakeCommerceBus):
            place = fake()
            name = next(name for name in place.carries if hasattr(other, name))
            theirs = getattr(other, name)
            with pytest.raises(shop.NotCarriedError, match=f"other_messaging.*{name}, but the one"):
                place.publish(theirs.__new__(theirs))
            assert place.aws.parcels == []


def test_a_message_of_a_reloaded_module_is_ours(tmp_path: Path) -> None:
    """As notebooks reload what has changed: classes are others then, and their module the same."""
    with _other(tmp_path) as package:
        (testing,) = _modules(package, "testing")
        topic = testing.FakeOrdersTopic()
        before = package.OrderCancelled(order_id="o-1")
        reloaded = importlib.reload(sys.modules["other_messaging.messages.order_cancelled"])
        after = reloaded.OrderCancelled(order_id="o-2")
        assert type(before) is not type(after)
        topic.publish_many([before, after])
        assert [json.loads(parcel.body)["order_id"] for parcel in topic.aws.parcels] == [
            "o-1",
            "o-2",
        ]


def test_errors_with_messages_cross_processes(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")
    topic = testing.FakeOrdersTopic()
    topic.fail_next("Odd")
    with pytest.raises(shop.PublishError) as caught:
        topic.publish_many([shop.OrderCancelled(order_id="o-1"), _order(shop)])
    there = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own
    assert there.failed[0].message == shop.OrderCancelled(order_id="o-1")
    assert (there.failed[0].index, there.failed[0].retryable, there.published) == (0, False, 1)
    assert isinstance(there, shop.MessagingError)


def test_a_consumer_names_itself_and_its_service(shop: Any) -> None:
    """Idempotency keys begin with both, or consumers of one store swallowed others' messages."""
    testing, audit, packing = _modules(shop, "testing", "consumers.audit", "consumers.packing")
    handled = Handled()
    event = testing.eventbridge_event(_order(shop))
    for consumer in (audit, packing):
        consumer.handler(handled)(testing.sqs_event(event))
    named = [(context.service, context.consumer) for context in handled.contexts]
    assert named == [("shop", "audit"), ("shop", "packing")]


def test_what_is_not_there_is_an_attribute_error(shop: Any) -> None:
    with pytest.raises(AttributeError, match="no attribute 'OrderPlcaed'"):
        _ = shop.OrderPlcaed
    assert set(shop.__all__) == set(dir(shop))
    assert all(getattr(shop, name) is not None for name in shop.__all__)


FIXTURES_TEST = """
from shop_messaging import OrderPlaced, OrderPlacedCustomer

def test_it(api, orders_topic):
    customer = OrderPlacedCustomer(tier="gold")
    api.orders_topic.publish(
        OrderPlaced(order_id="o", event_id="e", total=1.0, customer=customer)
    )
    assert len(orders_topic.of(OrderPlaced)) == 1
"""


def test_fixtures(shop_source: Path, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(FIXTURES_TEST)
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
            "-p", "shop_messaging.testing.fixtures", "test_it.py",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(shop_source)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


APP = """
import sys
from shop_messaging import MessageContext, OrderPlaced, ReceiptsQueue
from shop_messaging.consumers import billing

receipts = ReceiptsQueue()

@billing.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    pass

handler({"Records": []})
import json
print(json.dumps(sorted(sys.modules)))
"""


def test_a_consumer_imports_what_it_needs(shop_source: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", APP],
        env={"PYTHONPATH": str(shop_source)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    unwanted = {"asyncio", "boto3", "botocore", "logging", "random", "concurrent.futures", "msgc"}
    assert not loaded & unwanted
    ours = {name for name in loaded if name.startswith("shop_messaging.")}
    assert "shop_messaging.messages.order_cancelled" not in ours
    assert not {name for name in ours if name.endswith((".matching", ".fakes", ".events"))}


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (stubs_of(str(SHOP), Disk()) for _ in range(2))
    assert [(a.path, a.text) for a in first] == [(a.path, a.text) for a in second]
    assert len({artifact.path for artifact in first}) == len(first)
    assert all(artifact.text.endswith("\n") for artifact in first)


def test_an_unrelated_edit_changes_nothing_else() -> None:
    text = SHOP.read_text(encoding="utf-8")
    before = {a.path: a.text for a in stubs_of(str(SHOP), Disk())}

    text = text.replace("{messages: [Message, Wire], max_size", "{messages: [Wire], max_size")
    after = {a.path: a.text for a in stubs_of("messaging.yaml", messaging(text))}
    changed = {path for path in before if before[path] != after.get(path)}
    about_it = ("README.md", "publishers/receipts_queue.py", "receivers/receipts_queue.py")
    assert changed == {f"src/shop_messaging/{path}" for path in about_it}


def test_a_package_of_the_same_name_leaves_it_as_it_was(shop: Any, tmp_path: Path) -> None:
    """The tests of a process share this package, in whatever order they come."""
    written(stubs_of(str(SHOP), Disk()), tmp_path)
    before = {name: module for name, module in sys.modules.items() if name.startswith("shop_")}
    with imported(tmp_path / "src", "shop_messaging") as other:
        assert other.OrderCancelled is not shop.OrderCancelled
    now = {name: module for name, module in sys.modules.items() if name.startswith("shop_")}
    assert now == before
