"""The ARNs of places and functions: as references, or made from names."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, assert_never

from msgc.links.mechanisms import EventRule
from msgc.stack.iam.resource_policies import RulesOf, Source, TopicsNamed
from msgc.stack.values import Address, Attribute, Join, Path, QueueUrl, Value, text
from msgc.topology import ids, names
from msgc.topology.deferred import Text
from msgc.topology.destinations import Connection, connection_identifier, is_made
from msgc.topology.ends import Bus, Consumer, End, Outside, Place, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Stream
from msgc.topology.settings import (
    ByArn,
    ByName,
    ByParameter,
    GivenFunction,
    Key,
    Provided,
    argument_in,
    parameter_in,
)


@lru_cache(maxsize=10_000)
def arn(place: Place) -> Attribute:
    """Return a place's ARN, as a reference to the resource or to what was imported.

    Rights and resources that name a place share it: of a stack with 5,000 it is a tenth.
    """
    return Attribute(of=(ids.place(place),), name="Arn")


def address(place: Place) -> Attribute:
    """Return what a publisher calls: a queue's URL, a topic's or bus's ARN."""
    name: Literal["Url", "Arn"] = "Url" if kind_of(place).has_url else "Arn"
    return Attribute(of=(ids.place(place),), name=name)


def arn_by_name(place: Place) -> Value:
    """Return a place's ARN from its physical name, or whatever else is no reference.

    What is imported by parameter is read where the ARN is used: a reference to it would tie the
    stack of a role that was handed over to this one, and this one to that role's stack.
    """
    parameter = parameter_in(place.imported)
    if parameter is not None:
        return text(parameter, before="{{resolve:ssm:", behind="}}")
    name = name_of(place)
    if name is None:
        return arn(place)
    service, before = kind_of(place).arn
    return Address(service=service, resource=text(name, before=before))


def address_by_name(place: Place) -> Value:
    """Return what a publisher calls, without a reference."""
    if not kind_of(place).has_url:
        return arn_by_name(place)
    name = name_of(place)
    return address(place) if name is None else QueueUrl(name=text(name))


def name_of(place: Place) -> Text | None:
    """Return what a place of the stack's own account and Region is called; None of any other."""
    match place.imported:
        case None:
            return None if place.is_default else place.physical_name
        case ByName(name=name):
            return name
        case ByArn() | ByParameter() | Provided():
            return None
        case _:
            assert_never(place.imported)


def target_id(target: End) -> str:
    """Return what ids of an edge call one of several targets: `AlertsTopic`."""
    match target:
        case Queue() | Topic() | Bus():
            return ids.end(target)
        case Outside(text=None, destination=None):
            return ids.outside_target(target)
        case Outside() | Consumer():
            return end_arn(target).of[0]
        case _:
            assert_never(target)


def parameter_arn(path: str) -> Address:
    """Return the ARN of a Systems Manager parameter."""
    return Address(service="ssm", resource=f"parameter{path}")


def source_arn(source: Source) -> Value:
    """Return the ARN of a topic or a rule, or what the ARNs of many have in common."""
    match source:
        case Topic() | Bus():
            return arn(source)
        case EventRule():
            return Attribute(of=(source.construct_id,), name="Arn")
        case TopicsNamed(prefix=prefix):
            return Address(service="sns", resource=f"{prefix}*")
        case RulesOf(bus=bus):
            name = "" if bus.is_default else f"{bus.physical_name}/"
            return Address(service="events", resource=f"rule/{name}*")
        case _:
            assert_never(source)


def function_path(consumer: Consumer) -> Path:
    """Return the path of a consumer's function, made or not."""
    return (ids.function(consumer),)


def function_arn(consumer: Consumer) -> Attribute:
    """Return the ARN of a consumer's function."""
    return Attribute(of=function_path(consumer), name="Arn")


def function_handle(consumer: Consumer) -> str:
    """Return the attribute of a consumer's function: of one handed over, the argument's name."""
    return argument_in(consumer.address) or names.snake(f"{consumer.name}-function")


def outside_path(end: Outside) -> Path:
    """Return the path of an end that the file doesn't declare, made or not."""
    if end.destination is not None:
        return (f"{end.destination.identifier}ApiDestination",)
    return (ids.outside(end) if end.text else names.pascal(ids.outside_handle(end)),)


def connection_path(found: Connection) -> Path:
    """Return the path of the connection of an API destination, made or not."""
    return (connection_identifier(found), *(("Connection",) if is_made(found) else ()))


def stream_arn(stream: Stream) -> Value:
    """Return a stream's ARN: as the file has it, or of the table or stream that is handed over."""
    match stream.address:
        case ByArn(arn=arn):
            return text(arn)
        case Provided():
            return Attribute(of=(ids.stream(stream),), name="Arn")
        case _:
            assert_never(stream.address)


def origin_arn(origin: Place | Stream) -> Value:
    """Return the ARN of what an edge leads from."""
    match origin:
        case Queue() | Topic() | Bus():
            return arn(origin)
        case Stream():
            return stream_arn(origin)
        case _:
            assert_never(origin)


def origin_arn_by_name(origin: Place | Stream) -> Value:
    """Return the ARN of what an edge leads from without a reference to what this stack makes."""
    match origin:
        case Queue() | Topic() | Bus():
            return arn_by_name(origin)
        case Stream():
            return stream_arn(origin)
        case _:
            assert_never(origin)


def asked_handle(function: GivenFunction) -> str:
    """Return the attribute of a function that a pipe asks: the argument's name."""
    argument = argument_in(function.address)
    assert argument is not None, function  # noqa: S101  # the only way to say it
    return argument


def asked_path(function: GivenFunction) -> Path:
    """Return the path of a function that a pipe asks."""
    return (names.pascal(asked_handle(function)),)


def end_arn(end: End | GivenFunction) -> Attribute:
    """Return the ARN of an end that has one, or of a function that a pipe asks."""
    match end:
        case Queue() | Topic() | Bus():
            return arn(end)
        case Consumer():
            return function_arn(end)
        case Outside():
            return Attribute(of=outside_path(end), name="Arn")
        case GivenFunction():
            return Attribute(of=asked_path(end), name="Arn")
        case _:
            assert_never(end)


def bare_log_group_arn(group: Outside) -> Value:
    """Return the ARN of a log group without the `:*` at its end, which CloudFormation's has."""
    service, before = group.kind.arn
    name = Attribute(of=outside_path(group), name="Name")
    return Address(service=service, resource=Join(parts=(before, name)))


def end_handle(end: End) -> str:
    """Return the attribute of an end, or what it would be of one that is no resource."""
    match end:
        case Queue() | Topic() | Bus():
            return place_handle(end)
        case Consumer():
            return names.snake(f"{end.name}-function")
        case Outside():
            return ids.outside_handle(end)
        case _:
            assert_never(end)


def key_arn(key: Key) -> Attribute:
    """Return the ARN of a KMS key, made or not."""
    return Attribute(of=(ids.key(key),), name="Arn")


def key_handle(key: Key) -> str:
    """Return the attribute of a KMS key: of one that is handed over, the argument's name."""
    return argument_in(key.address) or names.snake(f"{key.name.removesuffix('-key')}-key")


def right_arn(on: End | Stream | GivenFunction | Key) -> Value:
    """Return the ARN of what a role of an edge gets a right on."""
    match on:
        case Key():
            return key_arn(on)
        case Stream():
            return stream_arn(on)
        case Queue() | Topic() | Bus() | Consumer() | Outside() | GivenFunction():
            return end_arn(on)
        case _:
            assert_never(on)


def place_handle(place: Place) -> str:
    """Return the attribute of a place: `receipts_queue`, `receipts_dlq`, `orders_topic`.

    That of one which is handed over is the argument's.
    """
    argument = argument_in(place.imported)
    if argument is not None:
        return argument
    return names.snake(f"{place.name}-{ids.place_suffix(place)}".rstrip("-"))
