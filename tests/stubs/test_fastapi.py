"""A web application with FastAPI publishes: from coroutines, without holding up its event loop."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from tests.stubs.test_package import _modules


async def _post(app: Any, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    """Call an application as a server does."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(b"content-type", b"application/json")],
        "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    content = b"".join(each.get("body", b"") for each in sent)
    return sent[0]["status"], json.loads(content)


def test_an_endpoint_publishes(shop: Any) -> None:
    (testing,) = _modules(shop, "testing")
    topic = testing.FakeOrdersTopic()
    api = shop.Api(orders_topic=topic)

    async def cancel(body: dict[str, Any]) -> dict[str, str]:
        message = shop.OrderCancelled.from_dict(body)
        identifier = await api.orders_topic.publish_async(message, correlation_id="c-1")
        return {"published": identifier}

    async def invalid(_: Any, error: Any) -> Any:
        return JSONResponse({"wrong": [str(each) for each in error.violations]}, 422)

    app = FastAPI(exception_handlers={shop.InvalidPayload: invalid})
    app.post("/cancel")(cancel)
    status, answer = asyncio.run(_post(app, "/cancel", {"order_id": "o-1"}))
    assert (status, answer) == (200, {"published": topic.aws.parcels[0].message_id})
    assert topic.of(shop.OrderCancelled) == [shop.OrderCancelled(order_id="o-1")]
    assert topic.aws.parcels[0].attributes["correlation_id"]["StringValue"] == "c-1"
    status, answer = asyncio.run(_post(app, "/cancel", {"order_id": 1}))
    assert (status, answer) == (422, {"wrong": ["$.order_id: expected a string, got a number"]})


def test_a_message_is_the_body_and_the_answer(shop: Any) -> None:
    """FastAPI reads and describes it as its schema says, and says what is wrong with it."""
    (testing,) = _modules(shop, "testing")
    topic = testing.FakeOrdersTopic()

    async def place(order: Any) -> Any:
        await topic.publish_async(order)
        return order

    place.__annotations__ |= {"order": shop.OrderPlaced, "return": shop.OrderPlaced}
    app = FastAPI()
    app.post("/orders")(place)
    order = {"order_id": "o-1", "event_id": "e", "total": 1.5, "customer": {"tier": "gold"}}
    status, answer = asyncio.run(_post(app, "/orders", order | {"coupon": None}))
    assert (status, answer) == (200, order | {"coupon": None})
    assert topic.of(shop.OrderPlaced) == [shop.OrderPlaced.from_dict(order | {"coupon": None})]

    status, answer = asyncio.run(_post(app, "/orders", order | {"customer": {"tier": "tin"}}))
    (wrong,) = answer["detail"]
    assert (status, wrong["loc"]) == (422, ["body", "customer", "tier"])
    assert len(topic.of(shop.OrderPlaced)) == 1

    schemas = app.openapi()["components"]["schemas"]
    assert schemas["OrderPlaced"]["required"] == ["order_id", "event_id", "total", "customer"]
    assert schemas["OrderPlaced"]["description"] == "A customer paid for an order."
