"""Sends many messages in batches, one after the other by hand and at once; prints the figures."""

from __future__ import annotations

import json
import sys
from time import perf_counter

import boto3
from botocore.config import Config
from checkout_messaging import ReceiptsQueue, SendReceipt
from measure import answer, in_turn

QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/checkout-receipts"
RECEIPTS = [{"order_id": f"o-{n}", "email": "ada@example.com"} for n in range(400)]
CONCURRENCY = 8


def main(port: str, blocks: int) -> None:
    options = {
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "eu-west-1",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
        "config": Config(retries={"total_max_attempts": 1}),
    }
    client = boto3.client("sqs", **options)
    queue = ReceiptsQueue(url=QUEUE_URL, client=client)
    messages = [SendReceipt(**receipt) for receipt in RECEIPTS]

    def by_hand() -> None:
        for start in range(0, len(RECEIPTS), 10):
            entries = [
                {
                    "Id": str(number),
                    "MessageBody": json.dumps(receipt),
                    "MessageAttributes": {
                        "message_type": {"DataType": "String", "StringValue": "SendReceipt"},
                    },
                }
                for number, receipt in enumerate(RECEIPTS[start : start + 10])
            ]
            client.send_message_batch(QueueUrl=QUEUE_URL, Entries=entries)

    def at_once() -> None:
        if len(queue.publish_many(messages, concurrency=CONCURRENCY)) != len(messages):
            sys.exit("not all of them")

    calls = {"by hand": by_hand, "at once": at_once}
    answer(in_turn(calls, blocks=blocks, clock=perf_counter))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
