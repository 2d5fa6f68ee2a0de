"""Traces and metrics with the real OpenTelemetry SDK, and its instrumentation of botocore."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from msgc.runtime import tracing
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler, SnsHandler
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.testing import events
from msgc.runtime.testing.fakes import FakeAws
from tests.runtime.messages import (
    Cancelled,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    OrdersTopic,
    Placed,
    orders,
    read,
    read_event_in_queue,
)

ORDER = Cancelled(order_id="o-1")


@pytest.fixture
def otel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """OpenTelemetry as a program sets it up; afterwards as if it had never been loaded."""
    before = {name for name in sys.modules if name.partition(".")[0] == "opentelemetry"}
    trace = import_module("opentelemetry.trace")
    metrics = import_module("opentelemetry.metrics._internal")
    sdk = import_module("opentelemetry.sdk.trace")
    export = import_module("opentelemetry.sdk.trace.export")
    memory = import_module("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    measuring = import_module("opentelemetry.sdk.metrics")
    reading = import_module("opentelemetry.sdk.metrics.export")
    exporter, reader = memory.InMemorySpanExporter(), reading.InMemoryMetricReader()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    meters = measuring.MeterProvider(metric_readers=[reader])
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    monkeypatch.setattr(metrics, "_METER_PROVIDER", meters)
    monkeypatch.setattr(tracing.INSTRUMENTS, "made", {})
    yield SimpleNamespace(
        spans=exporter.get_finished_spans, reader=reader, provider=provider, trace=trace
    )
    for name in [*sys.modules]:
        if name.partition(".")[0] == "opentelemetry" and name not in before:
            del sys.modules[name]


def sqs_record(parcel: Any) -> dict[str, Any]:
    return events.record(parcel.body, parcel.attributes, queue="orders", message_id="m-1")


def test_a_queue_carries_the_trace(otel: Any) -> None:
    queue, topic = FakeOrdersQueue(), FakeOrdersTopic()

    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        topic.publish(ORDER)

    queue.publish(ORDER, correlation_id="c-1")
    handler = SqsHandler(handle, read, consumer="billing", service="shop")
    handler({"Records": [sqs_record(queue.aws.parcels[0])]})
    publish, again, process = otel.spans()
    assert (publish.name, process.name, again.name) == (
        "publish in-memory", "process orders", "publish in-memory",
    )  # fmt: skip
    assert publish.kind == otel.trace.SpanKind.PRODUCER
    assert process.kind == otel.trace.SpanKind.CONSUMER
    assert process.parent.span_id == publish.context.span_id
    assert again.parent.span_id == process.context.span_id
    assert {span.context.trace_id for span in otel.spans()} == {publish.context.trace_id}
    assert dict(publish.attributes) == {
        "messaging.system": "aws_sqs",
        "messaging.operation.name": "publish",
        "messaging.operation.type": "send",
        "messaging.destination.name": "in-memory",
        "messaging.message.conversation_id": "c-1",
        "messaging.message.id": queue.aws.parcels[0].message_id,
    }
    assert dict(process.attributes) == {
        "messaging.system": "aws_sqs",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": "orders",
        "messaging.consumer.group.name": "billing",
        "messaging.message.conversation_id": "c-1",
        "messaging.message.id": "m-1",
    }
    assert process.instrumentation_scope.name == "msgc.runtime.tracing"


def test_a_topic_and_a_bus_carry_it_too(otel: Any) -> None:
    topic, bus = FakeOrdersTopic(), FakeShopBus()
    topic.publish(ORDER)
    bus.publish(ORDER)
    sent = topic.aws.parcels[0]
    notified = events.notification(sent.body, sent.attributes, topic=events.arn("sns", "orders"))
    SnsHandler(lambda *_: None, read, consumer="c")(events.notification_event(notified))
    event = bus.aws.parcels[0].event
    assert event is not None
    EventBridgeHandler(lambda *_: None, read, consumer="c")(event)
    body = {"messageId": "m", "body": json.dumps(event), "attributes": {}}
    SqsHandler(lambda *_: None, read_event_in_queue, consumer="c")({"Records": [body]})
    to_topic, to_bus, *processed = otel.spans()
    parents = [span.parent.span_id for span in processed]
    assert parents == [to_topic.context.span_id, *[to_bus.context.span_id] * 2]
    systems = [span.attributes["messaging.system"] for span in processed]
    assert systems == ["aws.sns", "aws.eventbridge", "aws.eventbridge"]
    assert event["detail"] == {"order_id": "o-1"}, "the payload is as its schema says"


def test_baggage_goes_along(otel: Any) -> None:
    baggage = import_module("opentelemetry.baggage")
    contexts = import_module("opentelemetry.context")
    found: list[Any] = []
    queue = FakeOrdersQueue()
    token = contexts.attach(baggage.set_baggage("tenant", "t 1"))
    queue.publish(ORDER)
    contexts.detach(token)

    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        found.append(baggage.get_baggage("tenant"))

    SqsHandler(handle, read, consumer="c")({"Records": [sqs_record(queue.aws.parcels[0])]})
    assert found == ["t 1"]
    assert baggage.get_baggage("tenant") is None, "nothing stays behind"
    assert otel.spans()


def test_the_span_of_the_invocation_is_linked(otel: Any) -> None:
    queue = FakeOrdersQueue()
    queue.publish(ORDER)
    with otel.provider.get_tracer("lambda").start_as_current_span("invocation") as invocation:
        handler = SqsHandler(lambda *_: None, read, consumer="c")
        record = sqs_record(queue.aws.parcels[0])
        bare = {**record, "messageAttributes": {"message_type": {"stringValue": "OrderCancelled"}}}
        handler({"Records": [record, bare]})
    publish, told, untold, _ = otel.spans()
    assert told.parent.span_id == publish.context.span_id
    assert [link.context for link in told.links] == [invocation.get_span_context()]
    assert untold.parent.span_id == invocation.get_span_context().span_id
    assert untold.links == ()


def test_failures_are_errors_of_their_spans(otel: Any) -> None:
    queue = FakeOrdersQueue()
    queue.fail_next("AccessDenied")
    with pytest.raises(PublishError):
        queue.publish(ORDER)
    queue.publish_many(orders(12))

    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        raise LookupError

    SqsHandler(handle, read, consumer="c")({"Records": [sqs_record(queue.aws.parcels[0])]})
    failed, many, process = otel.spans()
    assert failed.attributes["error.type"] == "AccessDenied"
    assert failed.status.status_code == otel.trace.StatusCode.ERROR
    assert process.attributes["error.type"] == "LookupError"
    assert [event.name for event in process.events] == ["exception"]
    assert many.attributes["messaging.batch.message_count"] == 12
    assert measured(otel) == {
        ("messaging.client.sent.messages", "AccessDenied"): 1,
        ("messaging.client.sent.messages", None): 12,
        ("messaging.client.operation.duration", "AccessDenied"): 1,
        ("messaging.client.operation.duration", None): 1,
        ("messaging.client.consumed.messages", "LookupError"): 1,
        ("messaging.process.duration", "LookupError"): 1,
    }


def measured(otel: Any) -> dict[tuple[str, str | None], int]:
    """Counts, and how many durations there are."""
    data = otel.reader.get_metrics_data().resource_metrics[0].scope_metrics[0].metrics
    return {
        (metric.name, point.attributes.get("error.type")): getattr(point, "value", None)
        or point.count
        for metric in data
        for point in metric.data.data_points
    }


def test_with_the_instrumentation_of_botocore(otel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its span of the call is inside of ours, and the message belongs to the same trace."""
    instrumentation = import_module("opentelemetry.instrumentation.botocore")
    instrumentor = instrumentation.BotocoreInstrumentor()
    instrumentor.instrument(tracer_provider=otel.provider)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    try:
        with mock_aws():
            sns = boto3.client("sns", region_name="eu-west-1")
            sqs = boto3.client("sqs", region_name="eu-west-1")
            arn = sns.create_topic(Name="orders")["TopicArn"]
            url = sqs.create_queue(QueueName="orders")["QueueUrl"]
            sns.subscribe(
                TopicArn=arn, Protocol="sqs", Attributes={"RawMessageDelivery": "true"},
                Endpoint="arn:aws:sqs:eu-west-1:123456789012:orders",
            )  # fmt: skip
            OrdersTopic(arn=arn, client=sns).publish(ORDER)
            answer = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])
    finally:
        instrumentor.uninstrument()
    ours = next(span for span in otel.spans() if span.name == "publish orders")
    inside = next(
        span for span in otel.spans() if span.parent and span.parent.span_id == ours.context.span_id
    )
    told = answer["Messages"][0]["MessageAttributes"]["traceparent"]["StringValue"]
    assert told.split("-")[1] == f"{ours.context.trace_id:032x}"
    assert told.split("-")[2] in {f"{span.context.span_id:016x}" for span in (ours, inside)}


def test_with_the_instrumentation_of_lambda(otel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    instrumentation = import_module("opentelemetry.instrumentation.aws_lambda")
    module = SimpleNamespace(__name__="app")
    queue = FakeOrdersQueue()
    queue.publish(ORDER)
    handler = SqsHandler(lambda *_: None, read, consumer="billing")
    module.handler = handler.__call__
    monkeypatch.setitem(sys.modules, "app", module)
    monkeypatch.setenv("_HANDLER", "app.handler")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "billing")
    instrumentor = instrumentation.AwsLambdaInstrumentor()
    instrumentor.instrument(tracer_provider=otel.provider)
    try:
        event = {"Records": [sqs_record(queue.aws.parcels[0])]}
        answer = module.handler(event, events.FakeLambdaContext("billing"))
    finally:
        instrumentor.uninstrument()
    assert answer == {"batchItemFailures": []}
    publish, process, *others = otel.spans()
    assert process.parent.span_id == publish.context.span_id
    (linked,) = process.links
    assert linked.context.span_id in {span.context.span_id for span in others}
    assert {span.instrumentation_scope.name for span in others} == {
        "opentelemetry.instrumentation.aws_lambda"
    }


def test_nothing_is_loaded_that_was_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "opentelemetry"]:
        monkeypatch.delitem(sys.modules, name)
    topic = OrdersTopic(arn="in-memory", client=FakeAws())
    topic.publish(ORDER)
    assert "opentelemetry.trace" not in sys.modules
