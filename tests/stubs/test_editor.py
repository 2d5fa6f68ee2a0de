"""What an editor shows of a generated package, by pyright's language server."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stubs.editor import CURSOR, Editor

SOURCE = Path(__file__).resolve().parents[2] / "examples/checkout/src"

IMPORTS = """\
from checkout_messaging import *
from checkout_messaging import testing
from checkout_messaging.consumers import invoicing
from checkout_messaging.testing import *

order = OrderPlaced.example()

"""
PYTHONS = {*dir(BaseException), *dir(str)}
OF_OTHERS = {"MessageId", "FakeLambdaContext"}
"""A name for `str`, and what has the names that Lambda gives."""
MESSAGES = {
    "Finding", "OrderCancelled", "OrderPlaced", "OrderPlacedCustomer", "OrderPlacedItem",
    "SendReceipt", "Shipped",
}  # fmt: skip
"""Of whose fields messaging.yaml says something or not."""
TABLES = {"aws", "carries", "paths"}
"""What generated classes say again, for the machine."""
HANDLER = """\
@invoicing.handler
def handle(message: OrderPlaced, context: MessageContext) -> None:
    print(message)
"""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    editor = Editor(folder)
    yield editor
    editor.close()


@pytest.fixture(scope="module")
def exported() -> list[str]:
    """What the package exports, and what it exports for tests."""
    names: list[str] = []
    for module in ("__init__.py", "testing/__init__.py"):
        tree = ast.parse((SOURCE / "checkout_messaging" / module).read_text(encoding="utf-8"))
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
                names += ast.literal_eval(statement.value)
    return names


def _written(text: str) -> str:
    return IMPORTS + text


# What is offered


def test_what_a_publisher_does(editor: Editor) -> None:
    offered = editor.offers(_written(f"OrdersTopic().{CURSOR}"))
    publishing = {"publish", "publish_many", "publish_async", "publish_many_async"}
    assert publishing | {"from_parameters", "address"} <= {*offered}
    said = editor.said_of_offer(_written(f"OrdersTopic().{CURSOR}"), "publish_many")
    assert "Publish several messages, ten a call" in said


def test_what_a_producer_publishes_to(editor: Editor) -> None:
    offered = editor.offers(_written(f"CheckoutApi().{CURSOR}"))
    assert offered == ["orders_topic", "commerce_bus", "receipts_queue"]
    said = editor.said_of_offer(_written(f"CheckoutApi().{CURSOR}"), "receipts_queue")
    assert "Receipts to send; the mail service fetches them." in said


def test_the_fields_of_a_message(editor: Editor) -> None:
    fields = ["order_id", "event_id", "total", "customer", "items"]
    assert editor.keywords(_written(f"OrderPlaced({CURSOR})")) == fields
    assert editor.offers(_written(f"order.{CURSOR}"))[: len(fields)] == fields
    assert editor.keywords(_written(f"OrderPlaced(tot{CURSOR})")) == ["total"]
    assert editor.offers(_written(f"order.customer.{CURSOR}"))[0] == "tier"


def test_the_values_of_an_enum(editor: Editor) -> None:
    offered = editor.offers(_written(f'OrderPlacedCustomer(tier="{CURSOR}")'))
    assert offered == ['"basic"', '"gold"', '"platinum"']
    compared = editor.offers(_written(f'order.customer.tier == "{CURSOR}"'))
    assert compared == ['"basic"', '"gold"', '"platinum"']


@pytest.mark.parametrize(
    ("call", "options"),
    [
        ("OrdersTopic().publish(order, ", "attributes correlation_id group subject"),
        ("OrdersTopic().publish_async(order, ", "attributes correlation_id group subject"),
        ("OrdersTopic().publish_many(orders, ", "attributes concurrency subject"),
        ("ReceiptsQueue().publish(receipt, ", "attributes delay group"),
        ("CommerceBus().publish(order, ", "correlation_id"),
        ("OrdersTopic(", "arn client"),
        ("CheckoutApi(", "commerce_bus orders_topic receipts_queue"),
        ("batch(", "concurrency raise_if_all_failed"),
        ('Retry("", ', "after"),
        ("idempotent(", "key store"),
        ("sqs_event(order, ", "group queue"),
        ("FakeOrdersTopic().fail_next(", "code retryable times whole_call"),
        ("FakeOrdersTopic().deliver_to(handle, ", "duplicates redrive shuffle"),
        ("MessageContext(", "message_id receive_count"),
    ],
)
def test_the_options_of_a_call(editor: Editor, call: str, options: str) -> None:
    assert {*options.split()} <= {*editor.keywords(_written(f"{call}{CURSOR})"))}


def test_no_option_that_means_nothing_there(editor: Editor) -> None:
    of_a_bus = editor.keywords(_written(f"CommerceBus().publish(order, {CURSOR})"))
    assert {*of_a_bus} == {"message", "correlation_id"}
    of_many = editor.keywords(_written(f"OrdersTopic().publish_many(orders, {CURSOR})"))
    assert "deduplication_id" not in of_many
    assert "delay" not in of_many


def test_what_can_be_imported(editor: Editor) -> None:
    exported = editor.offers(f"from checkout_messaging import {CURSOR}")
    assert {"CheckoutApi", "OrderPlaced", "OrdersTopic", "MessageContext"} <= {*exported}
    assert {"testing", "consumers", "messages"} <= {*exported}
    consumers = editor.offers(f"from checkout_messaging.consumers import {CURSOR}")
    assert {"fraud", "invoicing", "warehouse"} <= {*consumers}
    for_tests = editor.offers(f"from checkout_messaging.testing import {CURSOR}")
    assert {"FakeOrdersTopic", "sqs_event", "contract"} <= {*for_tests}


# What is said of a name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Order‸Placed", "class OrderPlaced(\n    *,\n    order_id: str,"),
        ("Order‸Placed", "A customer paid for an order."),
        ("order.to‸tal", "(variable) total: float"),
        ("order.to‸tal", "What the customer paid, in euros."),
        ("OrderPlaced(to‸tal=1)", "What the customer paid, in euros."),
        ("order.cust‸omer", "(variable) customer: OrderPlacedCustomer"),
        ("Orders‸Topic", "Publishes to the topic `orders`"),
        ("Orders‸Topic", "What happens to orders."),
        ("CheckoutApi().orders‸_topic", "(variable) orders_topic: OrdersTopic"),
        ("CheckoutApi().orders‸_topic", "What happens to orders."),
        ("CheckoutApi().orders_topic.pub‸lish(order)", "-> MessageId"),
        ("CheckoutApi().orders_topic.pub‸lish(order)", "Publish one message and"),
        ("OrdersTopic().publish(order, sub‸ject='s')", "(variable) subject: str | None"),
        ("OrdersTopic().publish(order, sub‸ject='s')", "mail"),
        ("invoi‸cing", "(module) invoicing"),
        ("invoi‸cing", "Handling what reaches the consumer `invoicing`."),
        ("invoicing.hand‸ler", "SqsHandler[Message, Result@handler]"),
        ("invoicing.hand‸ler", "Make a function the Lambda entry point"),
        ("invoicing.hand‸ler", "Writes the invoice and asks for a receipt."),
        ("invoicing.Mes‸sage", "What `invoicing` has to handle."),
        (f"{HANDLER}\nhan‸dle", "SqsHandler[Message, None]"),
        (f"{HANDLER}\nhandle.f‸n", "The function itself, for unit tests."),
        ("OrderPlaced.from_‸json('')", "def from_json(text: str | bytes) -> OrderPlaced"),
        ("OrderPlaced.exam‸ple()", "Return one of its examples"),
        ("FakeOrders‸Topic", "The topic `orders` in memory"),
    ],
)
def test_hover(editor: Editor, text: str, shown: str) -> None:
    assert shown in editor.hover(_written(text))


def test_every_name_has_words(editor: Editor, exported: list[str]) -> None:
    """Those that the package exports, and those that it exports for tests."""
    assert _silent(editor, exported, [f"{name[0]}{CURSOR}{name[1:]}" for name in exported]) == []


def test_every_part_of_a_name_has_words(editor: Editor, exported: list[str]) -> None:
    classes = [
        name for name in exported if name[0].isupper() and name not in {*OF_OTHERS, *MESSAGES}
    ]
    parts = [
        (cls, part)
        for cls in classes
        for part in editor.offers(_written(f"def f(it: {cls}):\n    it.{CURSOR}"))
        if part not in {*PYTHONS, *TABLES}
    ]
    texts = [
        f"def of_{cls}_{part}(it: {cls}):\n    it.{part[0]}{CURSOR}{part[1:]}"
        for cls, part in parts
    ]
    silent = _silent(editor, [".".join(each) for each in parts], texts)
    assert not silent, "\n".join(silent)


def _silent(editor: Editor, names: list[str], texts: list[str]) -> list[str]:
    """Return the names of which nothing is said."""
    shown = editor.hovers(_written("\n".join(texts)))
    return [name for name, said in zip(names, shown, strict=True) if "\n---\n" not in said]


def test_a_call_shows_its_arguments(editor: Editor) -> None:
    form, words = editor.signature(_written(f"OrdersTopic().publish({CURSOR})"))
    assert form.startswith("(message: Message, *, correlation_id: str | None = ...")
    assert words.startswith("Publish one message")
    form, words = editor.signature(_written(f"OrderPlaced({CURSOR})"))
    assert form.startswith("(*, order_id: str, event_id: str, total: float")
    assert words == "A customer paid for an order."


# Where a name leads


@pytest.mark.parametrize(
    ("text", "file", "line"),
    [
        ("Order‸Placed", "messages/order_placed.py", "class OrderPlaced("),
        ("order.to‸tal", "messages/order_placed.py", "total: float"),
        ("OrderPlaced(to‸tal=1)", "messages/order_placed.py", "total: float"),
        ("CheckoutApi().orders‸_topic", "producers/checkout_api.py", "orders_topic: OrdersTopic"),
        (
            "Orders‸Topic",
            "publishers/orders_topic.py",
            'class OrdersTopic(TopicPublisher["Message"]):',
        ),
        ("invoicing.hand‸ler", "consumers/invoicing.py", "def handler("),
        ("invoicing.Mes‸sage", "consumers/invoicing.py", "Message: TypeAlias = OrderPlaced"),
        (
            "FakeOrders‸Topic",
            "testing/fake_orders_topic.py",
            "class FakeOrdersTopic(",
        ),
    ],
)
def test_definition(editor: Editor, text: str, file: str, line: str) -> None:
    path, found = editor.definition(_written(text))
    assert path.as_posix().endswith(f"checkout_messaging/{file}")
    assert found.startswith(line)
