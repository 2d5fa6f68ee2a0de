"""Sends the same request in turn by the generated publisher and by hand; prints the figures."""

from __future__ import annotations

import json
import sys
from time import perf_counter

import boto3
from botocore.config import Config
from checkout_messaging import (
    OrderPlaced,
    OrderPlacedCustomer,
    OrderPlacedItem,
    OrdersTopic,
    ReceiptsQueue,
    SendReceipt,
)
from measure import answer, in_turn

ORDER = {
    "order_id": "o-1",
    "event_id": "e-1",
    "total": 120.5,
    "customer": {"tier": "gold"},
    "items": [{"sku": "A", "quantity": 1}],
}
RECEIPT = {"order_id": "o-1", "email": "ada@example.com"}
TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:checkout-orders"
QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/checkout-receipts"


def main(port: str, blocks: int) -> None:
    options = {
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "eu-west-1",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
        "config": Config(retries={"total_max_attempts": 1}),
    }
    sns, sqs = boto3.client("sns", **options), boto3.client("sqs", **options)
    topic = OrdersTopic(arn=TOPIC_ARN, client=sns)
    queue = ReceiptsQueue(url=QUEUE_URL, client=sqs)
    order = OrderPlaced(
        order_id="o-1",
        event_id="e-1",
        total=120.5,
        customer=OrderPlacedCustomer(tier="gold"),
        items=(OrderPlacedItem(sku="A", quantity=1),),
    )
    receipt = SendReceipt(**RECEIPT)

    def sns_by_hand() -> None:
        sns.publish(
            TopicArn=TOPIC_ARN,
            Message=json.dumps(ORDER),
            MessageGroupId=ORDER["order_id"],
            MessageAttributes={
                "message_type": {"DataType": "String", "StringValue": "OrderPlaced"},
                "total": {"DataType": "Number", "StringValue": str(ORDER["total"])},
                "customer.tier": {"DataType": "String", "StringValue": "gold"},
            },
        )

    def sqs_by_hand() -> None:
        sqs.send_message(
            QueueUrl=QUEUE_URL,
            MessageBody=json.dumps(RECEIPT),
            MessageAttributes={
                "message_type": {"DataType": "String", "StringValue": "SendReceipt"},
            },
        )

    answer(
        {
            f"{how} to {place}": timing
            for place, calls in {
                "a topic": {"typed": lambda: topic.publish(order), "raw": sns_by_hand},
                "a queue": {"typed": lambda: queue.publish(receipt), "raw": sqs_by_hand},
            }.items()
            for how, timing in in_turn(
                calls, blocks=blocks, calls_a_block=4, clock=perf_counter
            ).items()
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
