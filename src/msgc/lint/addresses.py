"""ARNs and URLs of places as they will be in AWS, to measure what they are part of."""

from __future__ import annotations

from typing import assert_never

from msgc.delivery.plan import Rule, RulesOf, Source, TopicsNamed
from msgc.topology import ids, names
from msgc.topology.model import (
    Bus,
    ByArn,
    ByParameter,
    Consumer,
    GivenFunction,
    Place,
    Queue,
    Topic,
)

SHORTEST_REGION = "eu-west-1"
LONGEST_REGION = "ap-southeast-1"
_ACCOUNT = "111122223333"
_RANDOM = "XXXXXXXXXXXX"
"""What CloudFormation appends to the names that it makes."""
_LONGEST_NAME = 64
"""Of rules and functions."""


def arn(place: Place, region: str) -> str:
    """Return the ARN of a place; of one that a parameter names, only what all ARNs have."""
    match place:
        case Queue():
            return f"arn:aws:sqs:{region}:{_ACCOUNT}:{place.physical_name}"
        case Topic(imported=ByArn(arn=known)) | Bus(imported=ByArn(arn=known)):
            return known
        case Topic(imported=ByParameter()):
            return f"arn:aws:sns:{region}:{_ACCOUNT}:"
        case Bus(imported=ByParameter()):
            return f"arn:aws:events:{region}:{_ACCOUNT}:event-bus/"
        case Topic():
            return f"arn:aws:sns:{region}:{_ACCOUNT}:{place.physical_name}"
        case Bus():
            return f"arn:aws:events:{region}:{_ACCOUNT}:event-bus/{place.physical_name}"
        case _:
            assert_never(place)


def address(place: Place, region: str) -> str:
    """Return what a publisher calls: a queue's URL, a topic's or bus's ARN."""
    if isinstance(place, Queue):
        return f"https://sqs.{region}.amazonaws.com/{_ACCOUNT}/{place.physical_name}"
    return arn(place, region)


def parameter_arn(path: str, region: str) -> str:
    """Return the ARN of a Systems Manager parameter."""
    return f"arn:aws:ssm:{region}:{_ACCOUNT}:parameter{path}"


def function_arn(service: str, consumer: Consumer, region: str) -> str:
    """Return the ARN of a consumer's function; a name is CloudFormation's where nobody gave one."""
    function = consumer.function
    if isinstance(function, GivenFunction) and isinstance(function.address, ByArn):
        return function.address.arn
    name = made_name(service, ids.function(consumer))[:_LONGEST_NAME]
    return f"arn:aws:lambda:{region}:{_ACCOUNT}:function:{name}"


def source_arn(service: str, source: Source, region: str) -> str:
    """Return what a policy says of a topic or rule that it lets in, or of many of them."""
    match source:
        case Topic():
            return arn(source, region)
        case TopicsNamed(prefix=prefix):
            return f"arn:aws:sns:{region}:{_ACCOUNT}:{prefix}*"
        case Rule(bus=bus):
            name = made_name(service, source.construct_id)[:_LONGEST_NAME]
            return f"arn:aws:events:{region}:{_ACCOUNT}:rule/{_bus(bus)}{name}"
        case RulesOf(bus=bus):
            return f"arn:aws:events:{region}:{_ACCOUNT}:rule/{_bus(bus)}*"
        case _:
            assert_never(source)


def made_name(service: str, construct_id: str) -> str:
    """Return a name as CloudFormation makes it: of stack, logical id and twelve characters.

    What the stack is called is up to the app: at least as the service, most likely.
    """
    return f"{names.pascal(service)}-{ids.logical_id(service, construct_id)}-{_RANDOM}"


def _bus(bus: Bus) -> str:
    return "" if bus.is_default else f"{bus.physical_name}/"
