"""Powertools in hooks around handlers and publishers, and decorators around entry points."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.middleware_factory import lambda_handler_decorator
from aws_lambda_powertools.utilities.batch import (
    AsyncBatchProcessor,
    EventType,
    async_process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes import (
    EventBridgeEvent,
    SNSEvent,
    SQSEvent,
    event_source,
)
from aws_lambda_powertools.utilities.idempotency import idempotent, idempotent_function
from aws_lambda_powertools.utilities.idempotency.serialization.dataclass import (
    DataclassSerializer,
)

from tests.stubs.test_package import Handled, _modules, _order
from tests.stubs.test_powertools import Memory, _config, _once, segments

__all__ = ["segments"]


@pytest.fixture
def testing(shop: Any) -> Any:
    return _modules(shop, "testing")[0]


@contextmanager
def _hooked(shop: Any, *hooks: Any) -> Iterator[None]:
    """Let hooks be around all handlers, in this test."""
    with ExitStack() as stack:
        for hook in hooks:
            shop.around_handlers(hook)
            stack.callback(shop.no_more_around_handlers, hook)
        yield


# Hooks


def test_a_logger_says_of_each_line_which_message_it_is_about(shop: Any, testing: Any) -> None:
    stream = io.StringIO()
    logger = Logger(service="a shop with hooks", stream=stream, level="INFO")

    @contextmanager
    def with_keys(message: Any, context: Any) -> Iterator[None]:
        with logger.append_context_keys(
            message_id=context.message_id, message_type=message.__type__, by=context.consumer
        ):
            yield

    def invoice(message: Any, _context: Any) -> None:
        logger.info("invoiced %s", message.order_id)

    (billing,) = _modules(shop, "consumers.billing")
    event = testing.sqs_event(_order(shop, "a"), _order(shop, "b"))
    with _hooked(shop, with_keys):
        logger.inject_lambda_context(billing.handler(invoice))(event, testing.FakeLambdaContext())
    logger.info("after")
    first, second, after = map(json.loads, stream.getvalue().splitlines())
    ids = [record["messageId"] for record in event["Records"]]
    assert [first["message_id"], second["message_id"]] == ids
    assert first["message_type"] == "OrderPlaced"
    assert first["by"] == "billing"
    assert "message_id" not in after


def test_failures_are_lines_of_the_logger(
    shop: Any, testing: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """What is logged of a failure has fields that Powertools' formatter writes as JSON."""
    from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

    (billing,) = _modules(shop, "consumers.billing")
    event = testing.sqs_event(_order(shop, "bad"))
    billing.handler(Handled())(event, testing.FakeLambdaContext())
    (line,) = caplog.records
    written = json.loads(LambdaPowertoolsFormatter().format(line))
    assert written["consumer"] == "billing"
    assert written["message_id"] == event["Records"][0]["messageId"]
    assert written["message_type"] == "OrderPlaced"
    assert written["exception_name"] == "ValueError"
    assert "120" not in line.getMessage()


def test_a_logger_writes_a_message(shop: Any) -> None:
    stream = io.StringIO()
    logger = Logger(service="a shop that writes messages", stream=stream)
    logger.info("placed", extra={"order": _order(shop)})
    written = json.loads(stream.getvalue())["order"]
    assert written == repr(_order(shop))  # which hides what is sensitive


def test_a_tracer_has_a_subsegment_for_each_message(
    shop: Any, testing: Any, segments: list[dict[str, Any]]
) -> None:
    from aws_xray_sdk.core import xray_recorder

    tracer = Tracer(service="shop", auto_patch=False, disabled=False)

    @contextmanager
    def traced(message: Any, context: Any) -> Iterator[None]:
        with tracer.provider.in_subsegment(f"## {message.__type__}") as subsegment:
            subsegment.put_annotation("message_id", context.message_id)
            yield

    (billing,) = _modules(shop, "consumers.billing")
    event = testing.sqs_event(_order(shop, "a"), _order(shop, "bad"))
    with _hooked(shop, traced):
        answer = billing.handler(Handled())(event, testing.FakeLambdaContext())
    xray_recorder.end_segment()
    first, second = (each for each in segments if each["name"] == "## OrderPlaced")
    assert first["annotations"] == {"message_id": event["Records"][0]["messageId"]}
    assert "told to fail" in json.dumps(second)
    assert len(answer["batchItemFailures"]) == 1


def test_metrics_are_counted_by_type(
    shop: Any, testing: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics = Metrics(namespace="Shop", service="shop")

    @contextmanager
    def counted(message: Any, _context: Any) -> Iterator[None]:
        try:
            yield
        except Exception:
            metrics.add_metric(f"{message.__type__}Failed", MetricUnit.Count, 1)
            raise
        metrics.add_metric(f"{message.__type__}Handled", MetricUnit.Count, 1)

    (billing,) = _modules(shop, "consumers.billing")
    event = testing.sqs_event(*[_order(shop, each) for each in ("a", "bad", "c")])
    with _hooked(shop, counted):
        handler = metrics.log_metrics(billing.handler(Handled()), capture_cold_start_metric=True)
        handler(event, testing.FakeLambdaContext())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    counts = lines[-1]
    assert (counts["OrderPlacedHandled"], counts["OrderPlacedFailed"]) == ([1.0, 1.0], [1.0])


def test_publishing_is_counted_and_traced(
    shop: Any, testing: Any, segments: list[dict[str, Any]]
) -> None:
    from aws_xray_sdk.core import xray_recorder

    tracer = Tracer(service="shop", auto_patch=False, disabled=False)

    @contextmanager
    def traced(call: Any) -> Iterator[None]:
        with tracer.provider.in_subsegment(f"## publish {call.publisher}") as subsegment:
            yield
            subsegment.put_metadata("message_ids", call.message_ids)

    shop.around_publishing(traced)
    try:
        ids = testing.FakeOrdersTopic().publish_many([_order(shop), _order(shop)])
    finally:
        shop.no_more_around_publishing(traced)
    xray_recorder.end_segment()
    assert segments[0]["name"] == "## publish FakeOrdersTopic"
    assert segments[0]["metadata"]["default"]["message_ids"] == ids


# Decorators that want a function: Powertools' middleware factory refuses other callables


def _function(handler: Any) -> Any:
    def lambda_handler(event: Any, context: Any) -> Any:
        return handler(event, context)

    return lambda_handler


def test_event_source_hands_over_a_data_class(shop: Any, testing: Any) -> None:
    """A handler takes it as it takes the dictionary."""
    kinds = _modules(shop, *(f"consumers.{name}" for name in ("billing", "fraud", "warehouse")))
    order, handled = _order(shop), Handled()
    events = [
        (SQSEvent, testing.sqs_event(order)),
        (SNSEvent, testing.sns_event(order)),
        (EventBridgeEvent, testing.eventbridge_event(order)),
    ]
    for consumer, (data_class, event) in zip(kinds, events, strict=True):
        handler = _function(consumer.handler(handled.__call__))
        wrapped: Any = event_source(data_class=data_class)(handler)
        wrapped(event, testing.FakeLambdaContext())
    assert handled.messages == [order] * 3


def test_middleware(shop: Any, testing: Any) -> None:
    calls: list[str] = []

    @lambda_handler_decorator
    def noted(handler: Any, event: Any, context: Any) -> Any:
        calls.append("before")
        answer = handler(event, context)
        calls.append("after")
        return answer

    (billing,) = _modules(shop, "consumers.billing")
    handler = noted(_function(billing.handler(Handled())))
    event = testing.sqs_event(_order(shop))
    assert handler(event, testing.FakeLambdaContext()) == {"batchItemFailures": []}
    assert calls == ["before", "after"]


def test_idempotent_invocations(shop: Any, testing: Any) -> None:
    memory, handled, config = Memory(), Handled(), _config(testing)
    (warehouse,) = _modules(shop, "consumers.warehouse")
    handler = _function(warehouse.handler(handled))
    once: Any = idempotent(persistence_store=memory, config=config)(handler)
    event = testing.eventbridge_event(_order(shop))
    for _ in range(2):
        once(event, testing.FakeLambdaContext())
    assert len(handled.messages) == 1


def test_what_a_function_returned_comes_back_as_a_message(shop: Any, testing: Any) -> None:
    """By Powertools' serializer of dataclasses."""
    memory, config = Memory(), _config(testing)

    def cancel(order: Any) -> Any:
        return shop.OrderCancelled(order_id=order.order_id)

    decorate = idempotent_function(
        data_keyword_argument="order",
        persistence_store=memory,
        config=config,
        output_serializer=DataclassSerializer(shop.OrderCancelled),
    )
    once: Any = decorate(cancel)
    first, second = (once(order=_order(shop)) for _ in range(2))
    assert first == second == shop.OrderCancelled(order_id="o-1")


def test_an_absent_field_is_part_of_what_is_compared(shop: Any, testing: Any) -> None:
    memory, config, charged = Memory(), _config(testing), []

    def charge(order: Any) -> None:
        charged.append(order.coupon)

    once = _once(charge, "order", memory, config)
    for coupon in (shop.UNSET, None, "c", shop.UNSET):
        once(order=_order(shop, coupon=coupon))
    assert charged == [shop.UNSET, None, "c"]


def test_an_async_processor_drives_the_records(shop: Any, testing: Any) -> None:
    handled = Handled()

    async def invoice(message: Any, context: Any) -> None:
        handled(message, context)

    (billing,) = _modules(shop, "consumers.billing")
    handler = billing.handler(invoice)
    processor = AsyncBatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    event = testing.sqs_event(*[_order(shop, each) for each in ("a", "bad", "c")])

    async def record(record: Any) -> None:
        await handler.record_awaited(record.raw_event)

    response = async_process_partial_response(event, record, processor)
    bad = event["Records"][1]["messageId"]
    assert response == {"batchItemFailures": [{"itemIdentifier": bad}]}
