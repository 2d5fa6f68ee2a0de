"""boto3's clients: one a process, service and Region, whoever asks first."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from msgc.runtime.publishing import aws
from tests.runtime.messages import OrdersQueue, OrdersTopic, ShopBus, orders


class Boto3:
    """Makes clients slowly, as boto3 does, and notes which."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def client(self, service: str, region_name: str = "eu-west-1") -> Any:
        time.sleep(0.02)
        self.made.append((service, region_name))
        return Client(region_name)


class Client:
    def __init__(self, region: str) -> None:
        self.meta = SimpleNamespace(region_name=region)
        self.sent = 0

    def publish(self, **_: Any) -> Any:
        self.sent += 1
        return {"MessageId": "m"}

    send_message = publish_batch = put_events = publish


@pytest.fixture
def boto3(monkeypatch: pytest.MonkeyPatch) -> Boto3:
    made = Boto3()
    monkeypatch.setitem(sys.modules, "boto3", made)
    monkeypatch.setattr(aws, "_CLIENTS", type(aws._CLIENTS)())  # noqa: SLF001  # none of before
    return made


def test_threads_that_race_get_one_client(boto3: Boto3) -> None:
    topics = [OrdersTopic(arn="arn:aws:sns:eu-west-1:1:orders") for _ in range(8)]
    barrier = threading.Barrier(len(topics))

    def publish(topic: OrdersTopic) -> None:
        barrier.wait()
        topic.publish(orders(1)[0])

    threads = [threading.Thread(target=publish, args=(topic,)) for topic in topics]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert boto3.made == [("sns", "eu-west-1")]
    assert aws.client("sns", "eu-west-1").sent == 8


def test_a_place_in_another_region_has_a_client_of_its_own(boto3: Boto3) -> None:
    for region in ("eu-west-1", "us-east-1", "eu-west-1"):
        OrdersTopic(arn=f"arn:aws:sns:{region}:1:orders").publish(orders(1)[0])
        url = f"https://sqs.{region}.amazonaws.com/1/orders"
        OrdersQueue(url=url).publish(orders(1)[0])
    assert boto3.made == [(s, r) for r in ("eu-west-1", "us-east-1") for s in ("sns", "sqs")]


def test_the_default_region_is_no_other_region(boto3: Boto3) -> None:
    assert aws.client("events") is aws.client("events", "eu-west-1")
    assert boto3.made == [("events", "eu-west-1")]


def test_a_client_that_is_given_is_taken(boto3: Boto3) -> None:
    client = Client("x")
    OrdersTopic(arn="arn:aws:sns:eu-west-1:1:orders", client=client).publish(orders(1)[0])
    assert client.sent == 1
    assert boto3.made == []
    assert ShopBus(client=client).address == "default"


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("arn:aws:sns:eu-central-1:111122223333:orders", "eu-central-1"),
        ("arn:aws-cn:events:cn-north-1:111122223333:event-bus/commerce", "cn-north-1"),
        ("arn:aws-us-gov:sns:us-gov-west-1:111122223333:orders.fifo", "us-gov-west-1"),
        ("https://sqs.eu-west-1.amazonaws.com/111122223333/orders", "eu-west-1"),
        ("https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders", "cn-north-1"),
        ("https://sqs-fips.us-east-2.amazonaws.com/111122223333/orders", "us-east-2"),
        ("https://sqs.eu-west-1.api.aws/111122223333/orders", "eu-west-1"),
        ("https://vpce-0a-b.sqs.eu-west-1.vpce.amazonaws.com/111122223333/orders", "eu-west-1"),
        ("https://us-west-2.queue.amazonaws.com/111122223333/orders", "us-west-2"),
        ("https://queue.amazonaws.com/111122223333/orders", None),
        ("http://localhost:4566/000000000000/orders", None),
        ("http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/orders", "eu-west-1"),
        ("default", None),
        ("in-memory", None),
        ("arn:x", None),
        ("arn:aws:sns::1:orders", None),
    ],
)
def test_the_region_of_an_address(address: str, region: str | None) -> None:
    assert aws.region_of(address) == region


FORKED = """
import os, sys, threading, types
made = []
def client(service, **_):
    made.append(os.getpid())
    return types.SimpleNamespace(meta=types.SimpleNamespace(region_name="eu-west-1"))
sys.modules["boto3"] = types.SimpleNamespace(client=client)

from msgc.runtime.publishing import aws

parents = aws.client("sns")
aws._CLIENTS.lock.acquire()  # as by a thread that is making another
child = os.fork()
if child == 0:
    assert aws.client("sns") is not parents
    assert aws.client("sns") is aws.client("sns")
    assert made == [os.getppid(), os.getpid()]
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert aws.client("sns") is parents
"""


def test_a_child_process_makes_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FORKED],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
