"""Handles a batch of ten SQS messages by the generated handler and by hand; prints the figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from measure import answer, in_turn
from pydantic import ValidationError
from sample_messaging import MessageContext, OrderPlaced
from sample_messaging.consumers import billing

from programs.pydantic_models import Order
from programs.time_codec import compact

Calls = dict[str, Callable[[], object]]
totals: list[float] = []
"""What the handlers have seen, which is asserted."""


def event(body: str) -> dict[str, Any]:
    """Return ten records as Lambda has them."""
    return {
        "Records": [
            {
                "messageId": f"6f9619ff-8b86-4d01-b42d-00cf4fc9640{number}",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1772368245123",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1772368245130",
                },
                "messageAttributes": {
                    "message_type": {
                        "stringValue": "OrderPlaced",
                        "stringListValues": [],
                        "binaryListValues": [],
                        "dataType": "String",
                    },
                },
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:sample-billing",
                "awsRegion": "eu-west-1",
            }
            for number in range(10)
        ]
    }


@billing.handler  # type: ignore[untyped-decorator, unused-ignore]  # generated later
def generated(message: OrderPlaced, _: MessageContext) -> None:
    totals.append(message.total)


def by_hand(event: dict[str, Any], _: object) -> dict[str, Any]:
    """As people write it with pydantic."""
    failures: list[dict[str, str]] = []
    for record in event["Records"]:
        try:
            message = Order.model_validate_json(record["body"])
            totals.append(message.total)
        except ValidationError:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


processor = BatchProcessor(event_type=EventType.SQS)


def of_record(record: SQSRecord) -> None:
    message = Order.model_validate_json(record.body)
    totals.append(message.total)


def by_powertools(event: dict[str, Any], context: Any) -> Any:
    """As its documentation has it."""
    return process_partial_response(
        event=event, record_handler=of_record, processor=processor, context=context
    )


def main(sample: Path) -> None:
    body = compact(sample)
    batch = event(body)
    handlers: dict[str, Callable[..., Any]] = {
        "msgc": generated, "pydantic": by_hand, "powertools": by_powertools,
    }  # fmt: skip
    for name, handler in handlers.items():
        totals.clear()
        if handler(batch, None) != {"batchItemFailures": []}:
            sys.exit(f"{name} has failures")
        if totals != [json.loads(body)["total"]] * 10:
            sys.exit(f"{name} has seen {totals}")

    def call(handler: Callable[..., Any]) -> Callable[[], object]:
        def run() -> object:
            totals.clear()
            return handler(batch, None)

        return run

    # After a hundred messages the codec is compiled: the first block, which isn't counted, does it.
    calls: Calls = {name: call(handler) for name, handler in handlers.items()}
    answer(in_turn(calls, blocks=300, calls_a_block=10))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
