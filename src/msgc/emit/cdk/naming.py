"""The attributes by which the construct hands out its resources, from kind and YAML name."""

from __future__ import annotations

from typing import assert_never

from msgc.delivery.plan import Rule, TopicSubscription
from msgc.topology import ids, names
from msgc.topology.model import (
    Bus,
    ByArn,
    Consumer,
    GivenFunction,
    LogGroup,
    MadeFunction,
    Place,
    Producer,
    Provided,
    Queue,
    Topic,
)


def attribute(place: Place) -> str:
    """Return the expression of a place: `self.receipts_queue`."""
    return f"self.{attribute_name(place)}"


def attribute_name(place: Place) -> str:
    """Return `receipts_queue`, `receipts_dlq`, `orders_topic`, `commerce_bus`."""
    return names.snake(f"{place.name}-{ids.place_suffix(place)}".rstrip("-"))


def arn(place: Place) -> str:
    """Return the expression of a place's ARN, as a reference to the resource."""
    match place:
        case Queue():
            return f"{attribute(place)}.queue_arn"
        case Topic():
            return f"{attribute(place)}.topic_arn"
        case Bus():
            return f"{attribute(place)}.event_bus_arn"
        case _:
            assert_never(place)


def function(consumer: Consumer) -> str:
    """Return the expression of a consumer's function: `self.invoicing_function`."""
    return f"self.{function_name(consumer)}"


def function_name(consumer: Consumer) -> str:
    """Return `invoicing_function`; of one handed over, the argument's name."""
    match consumer.function:
        case GivenFunction(address=Provided(argument=argument)):
            return argument
        case GivenFunction() | MadeFunction():
            return names.snake(f"{consumer.name}-function")
        case _:
            assert_never(consumer.function)


def rule(found: Rule) -> str:
    """Return the expression of a rule: `self.big_orders_rule`."""
    return f"self.{rule_name(found)}"


def rule_name(found: Rule) -> str:
    """Return `big_orders_rule`."""
    return names.snake(f"{found.edge.name}-rule")


def subscription_name(subscription: TopicSubscription) -> str:
    """Return `orders_topic_to_invoicing_queue`: from topic and endpoint, as its logical id."""
    return names.snake(subscription.construct_id.removesuffix("Subscription"))


def archive_name(bus: Bus) -> str:
    """Return `commerce_archive`."""
    return names.snake(f"{bus.name}-archive")


def log_group_name(group: LogGroup) -> str:
    """Return the attribute of a log group: by its own name, or by the argument's."""
    match group.address:
        case Provided(argument=argument):
            return argument
        case ByArn(arn=address):
            return names.snake(f"{address.rpartition(':log-group:')[2]}-log-group").lstrip("_")
        case None:
            return names.snake(f"{group.name}-log-group").lstrip("_")
        case _:
            assert_never(group.address)


def policy_name(publisher: Consumer | Producer) -> str:
    """Return the attribute of a managed policy: `back_office_policy`."""
    return names.snake(f"{publisher.name}-policy")
