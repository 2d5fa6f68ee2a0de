"""The sample message as pydantic has it: the same five classes and constraints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """As strict as JSON Schema: `"2"` is no number."""

    model_config = ConfigDict(strict=True, frozen=True)


class Address(Model):
    street: Annotated[str, Field(min_length=1)]
    city: Annotated[str, Field(min_length=1)]
    postcode: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Customer(Model):
    id: Annotated[int, Field(ge=1)]
    email: Annotated[str, Field(min_length=3, max_length=254)]
    tier: Literal["basic", "gold", "platinum"]
    address: Address


class Item(Model):
    sku: Annotated[str, Field(pattern=r"^[A-Z0-9-]+$")]
    quantity: Annotated[int, Field(ge=1)]
    price: Annotated[float, Field(ge=0)]
    gift: bool | None = None


class Payment(Model):
    method: Literal["card", "invoice", "transfer"]
    currency: Literal["EUR", "GBP", "USD"]
    reference: str | None = None


class Order(Model):
    order_id: UUID
    placed_at: datetime
    deliver_on: date | None = None
    note: Annotated[str, Field(max_length=200)] | None = None
    total: Annotated[float, Field(ge=0)]
    tags: Annotated[tuple[str, ...], Field(max_length=10)] | None = None
    customer: Customer
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    payment: Payment
