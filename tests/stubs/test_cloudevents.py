"""Messages in CloudEvents, both ways: what the SDK of CloudEvents reads and writes, and schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from msgc.source import Disk
from tests.assembly import ROOT
from tests.stubs.package import imported, stubs_of, written
from tests.stubs.test_package import Handled, _modules

ATELIER = ROOT / "tests/cases/ok/cloudevents/messaging.yaml"

_TEXT = {"type": "string", "minLength": 1}
FORMAT: dict[str, Any] = {
    "type": "object",
    "required": ["specversion", "id", "source", "type", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": _TEXT,
        "source": {**_TEXT, "format": "uri-reference"},
        "type": _TEXT,
        "datacontenttype": {"const": "application/json"},
        "dataschema": {**_TEXT, "format": "uri"},
        "subject": _TEXT,
        "time": {**_TEXT, "format": "date-time"},
        "data": {"type": "object"},
        "data_base64": False,
    },
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "boolean"]},
            {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
        ]
    },
    "propertyNames": {"pattern": "^[a-z0-9]+$"},
}
"""The rules of https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md, and of JSON."""


@pytest.fixture(scope="module")
def atelier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("atelier")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ATELIER.parent)
        written(stubs_of("messaging.yaml", Disk()), root)
    with imported(root / "src", "atelier_messaging") as package:
        yield package


def _checked(event: Any) -> CloudEvent:
    """Return an event as the SDK reads it; it fits the rules of the format."""
    jsonschema.Draft202012Validator(FORMAT, format_checker=jsonschema.FormatChecker()).validate(
        event
    )
    read = JSONFormat().read(CloudEvent, json.dumps(event).encode())
    assert isinstance(read, CloudEvent)
    return read


def test_what_is_published_is_a_cloud_event(atelier: Any) -> None:
    (testing,) = _modules(atelier, "testing")
    topic, bus = testing.FakeSalesTopic(), testing.FakeCompanyBus()
    sold = atelier.PictureSold.example()
    topic.publish(sold, correlation_id="c-1")
    bus.publish(sold)
    parcel, event = topic.aws.parcels[0], bus.aws.parcels[0].event
    found = _checked(json.loads(parcel.body))
    assert found.get_id() == "s-1"
    assert found.get_source() == "com.example.atelier"
    assert found.get_type() == "PictureSold"
    assert found.get_time() == datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert found.get_subject() == "p-1"
    assert found.get_dataschema() == "https://schemas.example.com/picture-sold.json"
    assert found.get_extension("partitionkey") == "b-7"
    assert found.get_extension("limited") is True
    assert found.get_extension("correlationid") == "c-1"
    assert found.get_data() == sold.to_dict()
    assert parcel.attributes["message_type"]["StringValue"] == "PictureSold"
    assert (event["source"], event["detail-type"]) == ("com.example.atelier", "PictureSold")
    assert _checked(event["detail"]).get_data() == sold.to_dict()


def test_an_id_is_text_and_new_where_no_field_is_one(atelier: Any) -> None:
    (testing,) = _modules(atelier, "testing")
    queue, fifo = testing.FakeHandedInQueue(), testing.FakeOrdersQueue()
    queue.publish(atelier.PictureReturned(number=7, sale_id="s-1"))
    rated = atelier.PictureRated(sale_id="s-1", stars=5)
    fifo.publish_many([rated, rated])
    fifo.publish(rated, deduplication_id="d-1")
    events = [_checked(json.loads(parcel.body)) for parcel in fifo.aws.parcels]
    ids = [event.get_id() for event in events]
    assert _checked(json.loads(queue.aws.parcels[0].body)).get_id() == "7"
    assert len({*ids}) == 3
    assert ids[2] == "d-1"
    # Equal payloads are one message to FIFO, although no two events are equal.
    one, two, three = (each.system["MessageDeduplicationId"] for each in fifo.aws.parcels)
    assert one == two != three == "d-1"


def test_handlers_take_the_envelope_off(atelier: Any) -> None:
    testing, invoicing = _modules(atelier, "testing", "consumers.invoicing")
    invoicing.ONCE.store = testing.InMemoryStore()
    handled = Handled()
    handler = invoicing.handler(handled)
    topic, bus = testing.FakeSalesTopic(), testing.FakeCompanyBus()
    sold = atelier.PictureSold.example()
    topic.publish(sold, correlation_id="c-1")
    assert topic.deliver_to(handler).handled == 1
    bus.publish(sold)
    assert bus.deliver_to(handler).handled == 1
    assert handled.messages == [sold]  # the second is the same event
    (context,) = handled.contexts
    event = context.cloud_event
    assert (event.id, event.type, event.subject) == ("s-1", "PictureSold", "p-1")
    assert event.time == datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert event.data_schema == "https://schemas.example.com/picture-sold.json"
    assert event.extensions["limited"] is True
    assert context.correlation_id == "c-1"
    assert topic.of(atelier.PictureSold) == [sold]


def test_an_event_of_others_is_read(atelier: Any) -> None:
    testing, invoicing = _modules(atelier, "testing", "consumers.invoicing")
    invoicing.ONCE.store = testing.InMemoryStore()
    handled = Handled()
    attributes = {
        "id": "x-1", "source": "/elsewhere", "type": "PictureSold",
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "correlationid": "c-7",
    }  # fmt: skip
    event = CloudEvent(attributes, atelier.PictureSold.example().to_dict())
    body = json.loads(JSONFormat().write(event))
    invoicing.handler(handled)(testing.sqs_event(body))
    assert handled.messages == [atelier.PictureSold.example()]
    (context,) = handled.contexts
    assert context.cloud_event.source == "/elsewhere"
    assert context.correlation_id == "c-7"
    assert context.attributes["traceparent"].startswith("00-4bf9")


def _told(atelier: Any, caplog: pytest.LogCaptureFixture, **changes: Any) -> str:
    """Return what is said of an event with other values; ... stands for one taken out."""
    testing, invoicing = _modules(atelier, "testing", "consumers.invoicing")
    invoicing.ONCE.store = testing.InMemoryStore()
    event = testing.sqs_event(atelier.PictureSold.example())
    body = json.loads(event["Records"][0]["body"]) | changes
    text = json.dumps({name: value for name, value in body.items() if value is not ...})
    event["Records"][0]["body"] = text
    handled = Handled()
    answer = invoicing.handler(handled)(event)
    assert len(answer["batchItemFailures"]) == (0 if handled.messages else 1)
    told = caplog.text
    caplog.clear()
    return told


def test_a_mistake_has_its_path(atelier: Any, caplog: pytest.LogCaptureFixture) -> None:
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"specversion": ...}, "$: expected a CloudEvent, which has a `specversion`"),
        ({"id": ...}, "$.id: is required in a CloudEvent"),
        ({"id": None}, "$.id: is required in a CloudEvent"),
        ({"source": ""}, "$.source: is empty"),
        ({"specversion": "0.3"}, '$.specversion: expected "1.0"'),
        ({"time": "yesterday"}, "$.time: is no date-time"),
        ({"time": 3}, "$.time: expected a string, got a number"),
        ({"subject": 3}, "$.subject: expected a string, got a number"),
        ({"datacontenttype": "text/xml"}, "$.datacontenttype: expected application/json"),
        ({"data": ..., "data_base64": "e30="}, "$.data_base64: is no JSON: expected `data`"),
        ({"data": ...}, "$.data: is required"),
        ({"data": []}, "$.data: expected an object, got an array"),
        ({"data": {"sale_id": 1, "picture": {"id": 2}}}, "$.data.picture.id: expected a string"),
    )
    for changes, told in refused:
        assert told in _told(atelier, caplog, **changes), changes
    other = _told(atelier, caplog, type="PictureReturned")
    assert "a CloudEvent of the type `PictureReturned`, where `PictureSold` belongs" in other
    accepted: tuple[dict[str, Any], ...] = (
        {"subject": None, "time": None, "dataschema": ...},
        {"datacontenttype": "application/vnd.example+json; charset=utf-8"},
        {"time": "2026-05-04T12:00:00.123456789+02:00", "tenant": "t"},
    )
    for changes in accepted:
        assert _told(atelier, caplog, **changes) == "", changes


def test_what_rules_pipes_and_schedules_send(atelier: Any) -> None:
    testing, returns = _modules(atelier, "testing", "consumers.returns")
    bus, queue, handled = testing.FakeCompanyBus(), testing.FakeHandedInQueue(), Handled()
    bus.publish(atelier.PictureSold.example())
    assert bus.deliver_to(returns.handler(handled)).handled == 1
    queue.publish(atelier.PictureReturned.example())
    assert queue.deliver_to(returns.handler(handled)).handled == 1
    by_rule, by_pipe = handled.contexts
    assert by_rule.cloud_event.id == f"{bus.aws.parcels[0].message_id}/taken-back"
    assert by_pipe.cloud_event.id == f"{queue.aws.parcels[0].message_id}/moved"
    assert handled.messages == [
        atelier.PictureReturned(number=1, sale_id="s-1"),
        atelier.PictureRated(sale_id="s-1", stars=1),
    ]
    schedule = testing.FakeYearlySchedule()
    schedule.fire("2026-01-01T03:00:00Z")
    event = _checked(json.loads(schedule.aws.parcels[0].body))
    assert str(event.get_id()).endswith("schedule/default/yearly/2026-01-01T03:00:00Z")
    assert schedule.of(atelier.PictureRated) == [atelier.PictureRated(sale_id="none", stars=5)]


def test_what_is_answered_is_one(atelier: Any) -> None:
    testing, rating = _modules(atelier, "testing", "consumers.rating")

    def rate(message: Any, _context: Any) -> Any:
        return atelier.PictureRated(sale_id=message.sale_id, stars=4)

    topic = testing.FakeSalesTopic()
    topic.publish(atelier.PictureSold.example())
    assert topic.deliver_to(rating.handler(rate)).errors == []
    bodies = [json.loads(parcel.body) for parcel in topic.aws.parcels]
    (answer,) = rating.handler(rate)(bodies)
    assert _checked(answer).get_data() == {"sale_id": "s-1", "stars": 4}


def test_consumers_expect_what_is_published(atelier: Any) -> None:
    testing, producers = _modules(atelier, "testing", "producers")
    shop = producers.Shop(
        sales_topic=testing.FakeSalesTopic(),
        company_bus=testing.FakeCompanyBus(),
        handed_in_queue=testing.FakeHandedInQueue(),
    )
    receivers = testing.contract(shop, others=[atelier.PictureSold]).receivers["PictureSold"]
    ours = ["dear", "invoicing", "rating", "returns"]
    assert receivers == ["atelier_messaging.PictureSold", *ours]


def test_who_has_no_cloud_events_carries_nothing_of_them(shop_source: Path) -> None:
    names = {path.name for path in shop_source.rglob("*.py")}
    assert "cloudevents.py" not in names
