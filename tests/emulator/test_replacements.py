"""Places that are replaced while messages wait in them, and while somebody goes on publishing.

Each step is deployed by an update of one stack, as a user would: the new place beside the old one,
and then, when nothing waits there any more, the old one taken out.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.emulator.account import Account
from tests.emulator.test_edits import apply, queues, waiting
from tests.emulator.waiting import eventually

HEAD = """\
version: 1
service: shop
messages:
  Placed:
    schema:
      type: object
      required: [id, event]
      properties: {id: {type: string}, event: {type: string}}
    group_by: id
    deduplicate_by: event
defaults: {queues: {removal: delete}, topics: {removal: delete}, buses: {removal: delete}}
"""
QUEUE = HEAD + "queues:\n  jobs: {messages: [Placed], external: true}\n"
FIFO_QUEUE = QUEUE + (
    "  jobs-fifo: {replaces: jobs, fifo: true, messages: [Placed], external: true}\n"
)
ONLY_FIFO = HEAD + "queues:\n  jobs-fifo: {fifo: true, messages: [Placed], external: true}\n"

TOPIC = (
    HEAD
    + """\
topics:
  orders: {messages: [Placed], external: publish}
queues:
  invoicing: {external: subscribe}
subscriptions:
  to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
"""
)
FIFO_TOPIC = (
    HEAD
    + """\
topics:
  orders: {messages: [Placed], external: publish}
  orders-fifo: {replaces: orders, fifo: true, messages: [Placed], external: publish}
queues:
  invoicing: {external: subscribe}
  invoicing-fifo: {replaces: invoicing, fifo: true, external: subscribe}
subscriptions:
  to-invoicing: {from: {topic: orders-fifo}, to: {queue: invoicing-fifo}}
"""
)
ONLY_FIFO_TOPIC = (
    HEAD
    + """\
topics:
  orders-fifo: {fifo: true, messages: [Placed], external: publish}
queues:
  invoicing-fifo: {fifo: true, external: subscribe}
subscriptions:
  to-invoicing: {from: {topic: orders-fifo}, to: {queue: invoicing-fifo}}
"""
)

BUS = (
    HEAD
    + """\
buses:
  commerce: {messages: [Placed], external: publish}
queues:
  audit: {external: subscribe}
subscriptions:
  to-audit: {from: {bus: commerce}, to: {queue: audit}}
"""
)
OTHER_BUS = BUS.replace("{bus: commerce}", "{bus: sales}").replace(
    "buses:\n", "buses:\n  sales: {replaces: commerce, messages: [Placed], external: publish}\n"
)
ONLY_OTHER_BUS = BUS.replace("commerce", "sales")


def test_a_queue_becomes_a_fifo_queue(account: Account) -> None:
    apply(account, QUEUE, "create")
    sqs = account.root.client("sqs")
    url = queues(account)["shop-jobs"]

    def send(number: int) -> None:
        sqs.send_message(QueueUrl=url, MessageBody=_body(number))

    for number in range(5):
        send(number)
    with publishing(send, first=5) as sent:
        apply(account, FIFO_QUEUE, "update")
    assert queues(account)["shop-jobs"] == url
    assert waiting(account)["shop-jobs"] == len(sent) + 5
    fifo = queues(account)["shop-jobs-fifo.fifo"]
    _send_in_order(sqs, fifo, "new")
    assert received(account, "shop-jobs") == {*map(str, range(5)), *sent}
    apply(account, ONLY_FIFO, "update")  # it is empty
    assert "shop-jobs" not in queues(account)
    assert received(account, "shop-jobs-fifo.fifo") == {"new"}


def test_a_topic_and_its_queue_become_fifo(account: Account) -> None:
    apply(account, TOPIC, "create")
    sns = account.root.client("sns")
    old = topic(account, "shop-orders")

    def publish(number: int) -> None:
        sns.publish(TopicArn=old, Message=_body(number))

    for number in range(3):
        publish(number)
    with publishing(publish, first=3) as sent:
        apply(account, FIFO_TOPIC, "update")
    publish(1000)
    sns.publish(
        TopicArn=topic(account, "shop-orders-fifo.fifo"), Message=_body("new"),
        MessageGroupId="g", MessageDeduplicationId="new",
    )  # fmt: skip
    before = {*map(str, range(3)), *sent, "1000"}
    assert received(account, "shop-invoicing") == before
    assert received(account, "shop-invoicing-fifo.fifo", keep=True) == {"new"}
    apply(account, ONLY_FIFO_TOPIC, "update")
    assert set(queues(account)) == {
        "shop-invoicing-fifo.fifo", "shop-invoicing-fifo-dlq.fifo", "shop-undelivered.fifo",
    }  # fmt: skip
    assert received(account, "shop-invoicing-fifo.fifo") == {"new"}


def test_a_bus_gets_another_name(account: Account) -> None:
    apply(account, BUS, "create")
    events = account.root.client("events")

    def put(number: int | str, bus: str = "shop-commerce") -> None:
        events.put_events(
            Entries=[
                {
                    "EventBusName": bus, "Source": "shop", "DetailType": "Placed",
                    "Detail": _body(number),
                }
            ]
        )  # fmt: skip

    for number in range(3):
        put(number)
    with publishing(put, first=3) as sent:
        apply(account, OTHER_BUS, "update")
    put(1000)
    put("new", "shop-sales")
    assert received(account, "shop-audit") == {*map(str, range(3)), *sent, "1000", "new"}
    apply(account, ONLY_OTHER_BUS, "update")
    put("newer", "shop-sales")
    assert received(account, "shop-audit") == {"newer"}


@contextmanager
def publishing(publish: Callable[[int], None], first: int) -> Iterator[set[str]]:
    """Publish one message after the other meanwhile, and say which came through.

    What is done meanwhile begins when the first one did.
    """
    sent: set[str] = set()
    begun, over = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        number = first
        try:
            while not over.wait(0.02):
                publish(number)
                sent.add(str(number))
                number += 1
                begun.set()
        except Exception as error:  # noqa: BLE001  # told in the test's own thread
            failures.append(error)
        finally:
            begun.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        begun.wait()
        yield sent
    finally:
        over.set()
        thread.join()
    assert not failures, failures
    assert sent


def received(account: Account, name: str, *, keep: bool = False) -> set[str]:
    """The ids of all messages in a queue, which is empty then, or has them all still."""
    sqs, url = account.root.client("sqs"), queues(account)[name]
    found: set[str] = set()

    def empty() -> bool:
        got = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0 if keep else 60
        )
        for message in got.get("Messages", ()):
            body: Any = json.loads(message["Body"])
            found.add(body.get("detail", body)["id"])
            if not keep:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return bool(keep and found) or not got.get("Messages")

    eventually(empty, f"{name} is empty", 30)
    return found


def topic(account: Account, name: str) -> str:
    topics = account.root.client("sns").list_topics()["Topics"]
    return next(str(t["TopicArn"]) for t in topics if t["TopicArn"].endswith(f":{name}"))


def _send_in_order(sqs: Any, url: str, name: str) -> None:
    sqs.send_message(
        QueueUrl=url, MessageBody=_body(name), MessageGroupId="g", MessageDeduplicationId=name
    )


def _body(number: int | str) -> str:
    return json.dumps({"id": str(number), "event": str(number)})
