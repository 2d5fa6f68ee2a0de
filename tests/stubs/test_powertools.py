"""Generated handlers, events and messages with the real aws-lambda-powertools around them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.data_classes import (
    EventBridgeEvent,
    SNSEvent,
    SQSEvent,
)
from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from aws_lambda_powertools.utilities.parser import envelopes, parse
from aws_lambda_powertools.utilities.parser.models import EventBridgeModel, SnsModel, SqsModel
from aws_xray_sdk.core import xray_recorder
from pydantic import BaseModel

from tests.stubs.test_package import Handled, _modules, _order


class Order(BaseModel):
    """The payload as somebody with pydantic declares it."""

    order_id: str
    total: float = 0


class OrderOnABus(EventBridgeModel):
    detail: Order


@pytest.fixture
def consumers(shop: Any) -> Any:
    """A consumer of each kind: a queue, a FIFO queue, a topic, a bus."""
    names = ("billing", "lines", "fraud", "warehouse")
    return _modules(shop, *(f"consumers.{name}" for name in names))


@pytest.fixture
def testing(shop: Any) -> Any:
    return _modules(shop, "testing")[0]


# Decorators around the handler


@pytest.fixture
def segments(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What X-Ray would be sent."""
    sent: list[dict[str, Any]] = []

    class Emitter:
        def send_entity(self, entity: Any) -> None:
            sent.append(json.loads(entity.serialize()))

    monkeypatch.setenv("AWS_XRAY_SDK_ENABLED", "true")
    before = xray_recorder.emitter
    xray_recorder.configure(emitter=Emitter(), sampling=False, service="shop")
    xray_recorder.begin_segment("invocation")
    yield sent
    xray_recorder.configure(emitter=before)


def _kinds(shop: Any, consumers: Any, testing: Any) -> list[tuple[Any, Any]]:
    """Each kind of handler, and an event for it."""
    billing, lines, fraud, warehouse = consumers
    return [
        (billing, testing.sqs_event(_order(shop))),
        (lines, testing.sqs_event(_order(shop), group="g")),
        (fraud, testing.sns_event(_order(shop))),
        (warehouse, testing.eventbridge_event(_order(shop))),
    ]


def test_tracer(shop: Any, consumers: Any, testing: Any, segments: list[dict[str, Any]]) -> None:
    tracer = Tracer(service="shop", auto_patch=False, disabled=False)
    handled = Handled()

    def invoice(message: Any, context: Any) -> None:
        handled(message, context)

    for consumer, event in _kinds(shop, consumers, testing):
        handler = tracer.capture_lambda_handler(consumer.handler(invoice))
        handler(event, testing.FakeLambdaContext())
    assert len(handled.messages) == 4
    xray_recorder.end_segment()
    assert [each["name"] for each in segments] == ["## invoice"] * 4 + ["invocation"]


def test_tracer_sees_what_fails(
    shop: Any, consumers: Any, testing: Any, segments: list[dict[str, Any]]
) -> None:
    tracer = Tracer(service="shop", auto_patch=False, disabled=False)
    handler = tracer.capture_lambda_handler(consumers[3].handler(Handled()))
    with pytest.raises(ValueError, match="told to fail"):
        handler(testing.eventbridge_event(_order(shop, "bad")), testing.FakeLambdaContext())
    xray_recorder.end_segment()
    subsegment = segments[0]
    assert subsegment["name"] == "## Handled"
    assert "told to fail" in json.dumps(subsegment)


def test_logger(shop: Any, consumers: Any, testing: Any) -> None:
    stream = io.StringIO()
    logger = Logger(service="shop", stream=stream, level="INFO")

    def invoice(message: Any, context: Any) -> None:
        logger.info("invoiced", extra={"order": message.order_id, "by": context.consumer})

    for consumer, event in _kinds(shop, consumers, testing):
        handler = logger.inject_lambda_context(consumer.handler(invoice), log_event=True)
        handler(event, testing.FakeLambdaContext("shop-function"))
    written = [json.loads(line) for line in stream.getvalue().splitlines()]
    invoiced = [each for each in written if each["message"] == "invoiced"]
    assert [each["by"] for each in invoiced] == ["billing", "lines", "fraud", "warehouse"]
    assert {each["function_name"] for each in written} == {"shop-function"}
    assert {each["order"] for each in invoiced} == {"o-1"}


def test_metrics(
    shop: Any, consumers: Any, testing: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics = Metrics(namespace="Shop", service="shop")

    def invoice(_message: Any, _context: Any) -> None:
        metrics.add_metric(name="Invoices", unit=MetricUnit.Count, value=1)

    for consumer, event in _kinds(shop, consumers, testing):
        metrics.log_metrics(consumer.handler(invoice))(event, testing.FakeLambdaContext())
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["Invoices"] for each in written] == [[1.0]] * 4


@pytest.mark.usefixtures("segments")
def test_all_of_them_and_fakes_deliver_to_it(shop: Any, consumers: Any, testing: Any) -> None:
    tracer = Tracer(service="shop", auto_patch=False, disabled=False)
    logger = Logger(service="shop", stream=io.StringIO())
    metrics = Metrics(namespace="Shop", service="shop")
    handled = Handled()

    async def awaited(message: Any, context: Any) -> None:
        metrics.add_metric(name="Invoices", unit=MetricUnit.Count, value=1)
        handled(message, context)

    handler = metrics.log_metrics(consumers[0].handler(awaited))
    handler = tracer.capture_lambda_handler(logger.inject_lambda_context(handler))
    topic = testing.FakeOrdersTopic()
    topic.publish_many([_order(shop, "a"), _order(shop, "bad"), _order(shop, "c")])
    delivered = topic.deliver_to(handler)
    assert (delivered.handled, delivered.failed) == (2, 1)
    assert [str(error) for error in delivered.errors] == ["told to fail"]


@pytest.mark.usefixtures("segments")
def test_a_decorator_on_the_function_itself(shop: Any, consumers: Any, testing: Any) -> None:
    tracer = Tracer(service="shop", auto_patch=False, disabled=False)
    seen: list[str] = []

    @tracer.capture_method
    def handle(message: Any, _context: Any) -> None:
        seen.append(message.order_id)

    @tracer.capture_method
    async def handle_awaited(message: Any, _context: Any) -> None:
        seen.append(message.order_id)

    for function in (handle, handle_awaited):
        handler = consumers[0].handler(function)
        assert handler(testing.sqs_event(_order(shop)))["batchItemFailures"] == []
    assert seen == ["o-1", "o-1"]


# Idempotency


class Memory(BasePersistenceLayer):
    """Powertools' own layer, with a dictionary where DynamoDB would be."""

    def __init__(self) -> None:
        self.records: dict[str, DataRecord] = {}
        super().__init__()  # type: ignore[no-untyped-call]  # Powertools' own

    def _get_record(self, idempotency_key: str) -> DataRecord:
        if idempotency_key not in self.records:
            raise IdempotencyItemNotFoundError
        return self.records[idempotency_key]

    def _put_record(self, data_record: DataRecord) -> None:
        if data_record.idempotency_key in self.records:
            raise IdempotencyItemAlreadyExistsError
        self.records[data_record.idempotency_key] = data_record

    def _update_record(self, data_record: DataRecord) -> None:
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record: DataRecord) -> None:
        del self.records[data_record.idempotency_key]


def _config(testing: Any, **options: Any) -> IdempotencyConfig:
    config = IdempotencyConfig(**options)
    config.register_lambda_context(testing.FakeLambdaContext())
    return config


def _once(function: Any, named: str, memory: Memory, config: IdempotencyConfig) -> Any:
    decorate = idempotent_function(
        data_keyword_argument=named, persistence_store=memory, config=config
    )
    return decorate(function)


@pytest.mark.parametrize("options", [{}, {"event_key_jmespath": "order_id"}])
def test_idempotent_function_under_the_handler(
    shop: Any, consumers: Any, testing: Any, options: Any
) -> None:
    memory, handled, config = Memory(), Handled(), _config(testing, **options)

    def function(message: Any, context: Any) -> None:
        handled(message, context)

    handle = consumers[0].handler(_once(function, "message", memory, config))
    event = testing.sqs_event(_order(shop, "a"), _order(shop, "bad"), _order(shop, "c"))
    for _ in range(2):
        (failed,) = handle(event)["batchItemFailures"]
        assert failed["itemIdentifier"] == event["Records"][1]["messageId"]
    assert [message.order_id for message in handled.messages] == ["a", "c"]
    assert len(memory.records) == 2


def test_idempotent_function_by_another_name(shop: Any, consumers: Any, testing: Any) -> None:
    memory, handled, config = Memory(), Handled(), _config(testing)

    def function(order: Any, where: Any) -> None:
        handled(order, where)

    handle = consumers[3].handler(_once(function, "order", memory, config))
    event = testing.eventbridge_event(_order(shop))
    handle(event)
    handle(event)
    assert len(handled.messages) == 1
    assert handled.contexts[0].message_id == event["id"]


def test_idempotent_function_inside_the_handler(shop: Any, consumers: Any, testing: Any) -> None:
    memory, charged, config = Memory(), [], _config(testing)

    def charge(order: Any) -> None:
        charged.append(order.order_id)

    charge_once = _once(charge, "order", memory, config)
    handle = consumers[0].handler(lambda message, _: charge_once(order=message))
    for _ in range(2):
        assert handle(testing.sqs_event(_order(shop)))["batchItemFailures"] == []
    assert charged == ["o-1"]


# Events


def test_data_classes_read_the_events(shop: Any, testing: Any) -> None:
    sent = testing.sqs_event(_order(shop), group="g", queue="orders")
    (record,) = SQSEvent(sent).records
    assert record.json_body["order_id"] == "o-1"
    assert record.attributes.message_group_id == "g"
    assert record.attributes.approximate_receive_count == "1"
    assert record.attributes.sender_id
    assert record.attributes.approximate_first_receive_timestamp
    assert record.md5_of_body
    type_ = record.message_attributes["message_type"]
    assert type_ is not None
    assert type_.string_value == "OrderPlaced"
    assert record.queue_url == "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"

    (notified,) = SNSEvent(testing.sns_event(_order(shop), topic="orders")).records
    assert json.loads(notified.sns.message)["order_id"] == "o-1"
    assert notified.sns.topic_arn.endswith(":orders")
    assert notified.event_subscription_arn.startswith(notified.sns.topic_arn)
    assert notified.sns.message_attributes["message_type"].value == "OrderPlaced"
    for name in ("signature", "signature_version", "signing_cert_url", "unsubscribe_url"):
        assert getattr(notified.sns, name)
    assert notified.sns.subject is None

    event = EventBridgeEvent(testing.eventbridge_event(_order(shop)))
    assert (event.source, event.detail_type) == ("com.example.shop", "OrderPlaced")
    assert event.detail["order_id"] == "o-1"
    assert event.replay_name is None


def test_models_accept_the_events(shop: Any, testing: Any) -> None:
    order = _order(shop)
    assert SqsModel.model_validate(testing.sqs_event(order, group="g")).Records[0].body
    assert SnsModel.model_validate(testing.sns_event(order)).Records[0].Sns.Message
    event = EventBridgeModel.model_validate(testing.eventbridge_event(order))
    assert event.detail_type == "OrderPlaced"
    on_a_bus = parse(testing.eventbridge_event(order), model=OrderOnABus)
    assert on_a_bus.detail.total == 120.0


def test_envelopes_open_the_events(shop: Any, testing: Any) -> None:
    order = _order(shop)
    in_queue = testing.sqs_event(notified(shop, testing))
    for event, envelope in (
        (testing.sqs_event(order), envelopes.SqsEnvelope),
        (testing.sns_event(order), envelopes.SnsEnvelope),
        (in_queue, envelopes.SnsSqsEnvelope),
    ):
        opened: Any = parse(event, model=Order, envelope=envelope)
        assert [each.order_id for each in opened] == ["o-1"]
    event = testing.eventbridge_event(order)
    of_bus: Any = parse(event, model=Order, envelope=envelopes.EventBridgeEnvelope)
    assert of_bus.order_id == "o-1"


def notified(shop: Any, testing: Any) -> Any:
    """The envelope that a topic without raw delivery puts into a queue."""
    (events,) = _modules(shop, "testing._runtime.testing.events")
    sns = testing.sns_event(_order(shop))["Records"][0]["Sns"]
    given = {
        name: {"DataType": value["Type"], "StringValue": value["Value"]}
        for name, value in sns["MessageAttributes"].items()
    }
    return events.notification(sns["Message"], given, topic=sns["TopicArn"])


def test_what_fakes_deliver_is_accepted_too(shop: Any, consumers: Any, testing: Any) -> None:
    """By way of topics, with and without envelope, and of a bus."""
    topic, bus = testing.FakeOrdersTopic(), testing.FakeCommerceBus()
    (packing,) = _modules(shop, "consumers.packing")
    topic.publish_many([_order(shop), shop.OrderCancelled(order_id="o-2")])
    bus.publish(_order(shop))
    seen: list[str] = []

    def seeing(consumer: Any, model: Any) -> Any:
        def handler(event: Any, _context: Any) -> None:
            model.model_validate(event)
            seen.append(consumer.__name__.rpartition(".")[2])

        handler.consumer = seen_name(consumer)  # type: ignore[attr-defined]  # as decorators do
        return handler

    billing, _, fraud, warehouse = consumers
    topic.deliver_to(seeing(billing, SqsModel)).raise_errors()
    topic.deliver_to(seeing(packing, SqsModel)).raise_errors()
    topic.deliver_to(seeing(fraud, SnsModel)).raise_errors()
    bus.deliver_to(seeing(packing, SqsModel)).raise_errors()
    bus.deliver_to(seeing(warehouse, EventBridgeModel)).raise_errors()
    assert seen == ["billing", "packing", "fraud", "packing", "warehouse"]


def seen_name(consumer: Any) -> str:
    name: str = consumer.handler(Handled()).consumer
    return name


# Batches


def test_a_batch_processor_drives_the_records(shop: Any, consumers: Any, testing: Any) -> None:
    handled = Handled()
    handler = consumers[0].handler(handled)
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    event = testing.sqs_event(_order(shop, "a"), _order(shop, "bad"), _order(shop, "c"))
    context = testing.FakeLambdaContext("billing")
    response = process_partial_response(
        event=event, record_handler=handler.record, processor=processor, context=context
    )
    bad = event["Records"][1]["messageId"]
    assert response == {"batchItemFailures": [{"itemIdentifier": bad}]}
    assert [message.order_id for message in handled.messages] == ["a", "c"]
    assert {each.lambda_context for each in handled.contexts} == {context}


def test_a_fifo_processor_drives_the_records(shop: Any, consumers: Any, testing: Any) -> None:
    handled = Handled()
    handler = consumers[1].handler(handled)
    processor = SqsFifoPartialProcessor()
    event = testing.sqs_event(_order(shop, "a"), _order(shop, "bad"), _order(shop, "c"), group="g")
    response = process_partial_response(
        event=event,
        record_handler=handler.record,
        processor=processor,
        context=testing.FakeLambdaContext(),
    )
    assert len(response["batchItemFailures"]) == 2
    assert [message.order_id for message in handled.messages] == ["a"]


def test_a_batch_that_fails_as_a_whole_is_counted(shop: Any, consumers: Any, testing: Any) -> None:
    """Powertools raises then; the fake counts it as it counts every other failure."""
    made = consumers[0].handler(Handled())

    def handler(event: Any, context: Any) -> Any:
        processor = BatchProcessor(EventType.SQS)
        return process_partial_response(event, made.record, processor, context)

    handler.consumer = "billing"  # type: ignore[attr-defined]  # as decorators do
    topic = testing.FakeOrdersTopic()
    topic.publish_many([_order(shop, "bad"), _order(shop, "bad")])
    delivered = topic.deliver_to(handler)
    assert (delivered.handled, delivered.failed) == (0, 2)
    assert isinstance(delivered.errors[0], BatchProcessingError)
