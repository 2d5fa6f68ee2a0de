"""300 event patterns and 300 filter policies as services have them, with what they look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

EVENT: dict[str, Any] = {
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "OrderPlaced",
    "source": "com.example.shop3",
    "account": "123456789012",
    "time": "2026-03-01T12:30:45Z",
    "region": "eu-west-1",
    "resources": ["arn:aws:s3:::receipts-3"],
    "detail": {
        "order_id": "o-20451",
        "placed_at": "2026-03-01T12:30:45.123456Z",
        "total": 321.4,
        "currency": "EUR",
        "gift": False,
        "coupon": None,
        "ip": "10.3.7.20",
        "tags": ["spring", "web"],
        "customer": {
            "id": 20451,
            "email": "ada.lovelace@example.com",
            "tier": "gold",
            "address": {"city": "London", "postcode": "SW1Y 4JH", "country": "GB"},
        },
        "items": [
            {"sku": "KB-100", "quantity": 1, "price": 120.5},
            {"sku": "CBL-USB-C-2M", "quantity": 4, "price": 12.6},
            {"sku": "MSE-7", "quantity": 2, "price": 75.25},
        ],
        "payment": {"method": "card", "reference": "pi_3MtwBwLkdIwHu7ix28a3tqPa"},
    },
}

BODY: dict[str, Any] = EVENT["detail"]

ATTRIBUTES: dict[str, dict[str, str]] = {
    "message_type": {"DataType": "String", "StringValue": "OrderPlaced"},
    "total": {"DataType": "Number", "StringValue": "321.4"},
    "currency": {"DataType": "String", "StringValue": "EUR"},
    "customer.tier": {"DataType": "String", "StringValue": "gold"},
    "customer.email": {"DataType": "String", "StringValue": "ada.lovelace@example.com"},
    "tags": {"DataType": "String.Array", "StringValue": '["spring", "web"]'},
}


def event_patterns() -> list[dict[str, Any]]:
    """Return a rule's patterns for ten services; nearly half are about another one."""
    return [
        pattern
        for i in range(10)
        for j, about in enumerate(_about_details(i))
        for pattern in (
            {"source": [f"com.example.shop{i}"], "detail-type": ["OrderPlaced"], "detail": about},
            {"detail-type": ["OrderPlaced", "OrderCancelled"], "detail": about}
            if j % 2
            else {"source": [{"prefix": "com.example."}], "detail": about},
        )
    ]


def body_policies() -> list[dict[str, Any]]:
    """Return filter policies about the body: each with one clause, and with two."""
    return [
        policy
        for i in range(10)
        for about in _about_details(i)
        for policy in (about, {"currency": ["EUR", "GBP"], **about})
    ]


def attribute_policies() -> list[dict[str, Any]]:
    """Return filter policies about attributes, as msgc writes them: the type, and a field."""
    return [
        {"message_type": types, **about}
        for i in range(20)
        for about in _about_attributes(i)
        for types in (["OrderPlaced"], ["OrderCancelled", "OrderPlaced"], ["OrderShipped"])
    ]


def _about_details(i: int) -> Iterator[dict[str, Any]]:
    yield {"currency": ["EUR", "USD"]}
    yield {"total": [{"numeric": [">=", 100 * i]}]}
    yield {"total": [{"numeric": [">", 50 * i, "<=", 200 * i + 100]}]}
    yield {"customer": {"tier": ["gold", "platinum"], "address": {"country": ["GB", "IE"]}}}
    yield {"customer": {"email": [{"suffix": f"@example{i}.com"}, {"suffix": "@example.com"}]}}
    yield {"customer": {"address": {"city": [{"equals-ignore-case": "london"}]}}}
    yield {"order_id": [{"prefix": f"o-{i}"}]}
    yield {"order_id": [{"wildcard": f"o-*{i}*1"}]}
    yield {"payment": {"method": [{"anything-but": ["invoice", f"transfer{i}"]}]}}
    yield {"payment": {"reference": [{"exists": True}]}, "gift": [False]}
    yield {"coupon_code": [{"exists": False}], "tags": ["spring", f"summer{i}"]}
    yield {"ip": [{"cidr": f"10.{i}.0.0/16"}]}
    yield {"items": {"sku": [{"prefix": "MSE-"}], "quantity": [i]}}
    yield {"$or": [{"total": [{"numeric": [">", 1000 * i]}]}, {"customer": {"tier": ["gold"]}}]}
    yield {"customer": {"id": [20450 + i, 20460 + i]}}


def _about_attributes(i: int) -> Iterator[dict[str, Any]]:
    yield {"total": [{"numeric": [">=", 30 * i]}]}
    yield {"customer.tier": ["gold", "platinum"]}
    yield {"customer.email": [{"prefix": "ada."}, {"prefix": f"bob{i}."}]}
    yield {"currency": [{"anything-but": ["USD", f"X{i:02}"]}]}
    yield {"tags": ["web", f"app{i}"], "coupon": [{"exists": False}]}
