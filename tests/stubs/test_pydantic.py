"""Generated classes in pydantic's hands: alone, in a model, in Powertools' parser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools.utilities.parser import envelopes, event_parser, parse
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from msgc.source import Disk
from tests.stubs.package import imported, stubs_of, written
from tests.stubs.test_package import _modules

MODELS = Path(__file__).with_name("models.yaml")

ORDER: dict[str, Any] = {
    "order_id": "o-1",
    "event_id": "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11",
    "placed_at": "2026-01-01T10:00:00Z",
    "total": 120.15,
    "customer": {"tier": "gold", "e-mail": None},
    "items": [{"sku": "A", "colour": "red"}],
    "payment": {"kind": "card"},
    "kind": "order",
    "mode": "fast",
    "tree": {"name": "a", "children": [{"name": "b"}]},
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A package with names and types of every sort."""
    root = tmp_path_factory.mktemp("models")
    written(stubs_of(str(MODELS), Disk()), root)
    with imported(root / "src", "models_messaging") as package:
        yield package


def test_what_is_read_is_what_the_codec_reads(models: Any) -> None:
    adapter = TypeAdapter(models.OrderPlaced)
    order = models.OrderPlaced.from_dict(ORDER)
    assert adapter.validate_python(ORDER) == order
    assert adapter.validate_json(json.dumps(ORDER)) == order
    assert adapter.validate_python(order) is order
    assert order.total == Decimal("120.15")


def test_what_is_written_is_what_the_codec_writes(models: Any) -> None:
    """Under the names of the schema, and without what is absent."""
    adapter = TypeAdapter(models.OrderPlaced)
    order = models.OrderPlaced.from_dict(ORDER)
    assert adapter.dump_python(order) == order.to_dict() == ORDER
    assert json.loads(adapter.dump_json(order)) == ORDER


def test_what_is_wrong_has_its_place_and_quotes_nothing(models: Any) -> None:
    wrong = ORDER | {"customer": {"tier": "secret"}, "items": [{"sku": 4711}]}
    del wrong["mode"]
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(models.OrderPlaced).validate_python(wrong)
    assert [(each["loc"], each["msg"]) for each in caught.value.errors()] == [
        (("mode",), "is required"),
        (("customer", "tier"), 'expected "gold" or "silver"'),
        (("items", 0, "sku"), "expected a string, got a number"),
    ]
    assert "secret" not in str(caught.value)
    assert "4711" not in str(caught.value)
    with pytest.raises(ValidationError, match="expected an object, got a string"):
        TypeAdapter(models.OrderPlaced).validate_python("order")


def test_rules_hold_that_pydantic_does_not_know(models: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(models.Ruled).validate_python({"status": "paid"})
    assert caught.value.error_count() == 1


def test_in_a_model(models: Any) -> None:
    model = create_model("Basket", order=models.OrderPlaced, lines=list[models.Line])
    given = {"order": ORDER, "lines": [{"sku": "B"}]}
    basket: Any = model.model_validate(given)
    assert basket.order.customer.e_mail is None
    assert json.loads(basket.model_dump_json()) == given
    with pytest.raises(ValidationError) as caught:
        model.model_validate(given | {"lines": [{"sku": "B"}, {}]})
    assert caught.value.errors()[0]["loc"] == ("lines", 1, "sku")


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_its_schema_has_the_names_on_the_wire(models: Any, mode: Any) -> None:
    """And neither the value that stands for absence, nor a null that nobody may send."""
    schema = TypeAdapter(models.OrderPlaced).json_schema(mode=mode)
    assert {"nai\u0308ve", "\ufb01"} <= schema["properties"].keys()
    assert schema["required"] == [
        "order_id", "event_id", "placed_at", "total", "kind", "mode", "customer", "items",
        "payment",
    ]  # fmt: skip
    customer = schema["$defs"]["OrderPlacedCustomer"]
    assert customer["properties"].keys() == {"tier", "e-mail", "class"}
    assert customer["properties"]["e-mail"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
    assert customer["properties"]["class"]["type"] == "string"
    assert "UNSET" not in json.dumps(schema)
    tree = schema["$defs"]["Tree"]
    assert tree["additionalProperties"] == {"$ref": "#/$defs/Tree"}


def test_every_class_has_a_schema(models: Any) -> None:
    for name in models.__all__:
        cls = getattr(models, name)
        if hasattr(cls, "__codec__"):
            schema = TypeAdapter(cls).json_schema()
            assert schema.get("type") == "object" or schema["$ref"].endswith(f"/{name}")


# Powertools' parser is pydantic


def test_the_parser_reads_messages(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")
    message = shop.OrderCancelled(order_id="o-1")
    for event, envelope in (
        (testing.sqs_event(message), envelopes.SqsEnvelope),
        (testing.sns_event(message), envelopes.SnsEnvelope),
    ):
        assert parse(event, model=shop.OrderCancelled, envelope=envelope) == [message]
    event = testing.eventbridge_event(message)
    assert parse(event, shop.OrderCancelled, envelopes.EventBridgeEnvelope) == message


def test_the_parser_as_a_decorator(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")
    message = shop.OrderCancelled(order_id="o-1")

    @event_parser(model=shop.OrderCancelled, envelope=envelopes.EventBridgeEnvelope)
    def handler(event: Any, _context: Any) -> Any:
        return event

    assert handler(testing.eventbridge_event(message), testing.FakeLambdaContext()) == message


def test_a_model_of_somebody_else_around_a_message(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")

    class Record(BaseModel):
        cancelled: shop.OrderCancelled
        by: str

    record = Record.model_validate({"cancelled": {"order_id": "o-1"}, "by": "me"})
    assert record.cancelled == shop.OrderCancelled(order_id="o-1")
    topic = testing.FakeOrdersTopic()
    topic.publish(record.cancelled)
    assert topic.of(shop.OrderCancelled) == [record.cancelled]
