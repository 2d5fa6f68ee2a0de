"""Walk through the values of planned items: what they refer to, and which inputs they mention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Statement,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.values import (
    Address,
    Asset,
    Attribute,
    Input,
    Join,
    Json,
    Path,
    Pseudo,
    QueueUrl,
    Value,
    text,
)
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided


def values(item: Item) -> Iterator[Value]:
    """Yield the values that an item has."""
    match item:
        case Resource(properties=properties):
            yield properties
        case Existing(address=address):
            match address:
                case ByArn(arn=found) | ByParameter(parameter=found) | ByName(name=found):
                    yield text(found)
                case Provided():
                    pass
                case _:
                    assert_never(address)
        case Rights(statements=statements):
            for statement in statements:
                yield from _of_statement(statement)
        case Opening(statement=statement):
            yield from _of_statement(statement)
        case Override(properties=properties):
            yield properties
        case TimeoutCheck() | AccountCheck() | Tagged():
            pass
        case _:
            assert_never(item)


def _of_statement(statement: Statement) -> Iterator[Value]:
    yield statement.resources
    yield statement.principals
    if statement.condition is not None:
        yield statement.condition


def leaves(value: Value) -> Iterator[Attribute | Input]:
    """Yield what a value refers to: attributes of resources, and inputs."""
    match value:
        case Attribute() | Input():
            yield value
        case tuple(parts) | Join(parts=parts):
            for part in parts:
                yield from leaves(part)
        case dict():
            for part in value.values():
                yield from leaves(part)
        case Address(resource=inner) | QueueUrl(name=inner) | Json(value=inner):
            yield from leaves(inner)
        case None | str() | int() | float() | Pseudo() | Asset():
            pass
        case _:
            assert_never(value)


def attributes(value: Value) -> Iterator[Path]:
    """Yield the paths of what a value refers to."""
    for leaf in leaves(value):
        match leaf:
            case Attribute(of=of):
                yield of
            case Input():
                pass
            case _:
                assert_never(leaf)


def inputs(value: Value) -> Iterator[str]:
    """Yield the arguments of the inputs that a value mentions."""
    for leaf in leaves(value):
        match leaf:
            case Input(argument=argument):
                yield argument
            case Attribute():
                pass
            case _:
                assert_never(leaf)


def references(item: Item) -> Iterator[Path]:
    """Yield the paths of all that an item refers to, or is about."""
    for value in values(item):
        yield from attributes(value)
    match item:
        case Rights(holder=path) | TimeoutCheck(function=path) | AccountCheck(role=path):
            yield path
        case Opening(place=path) | Override(path=path):
            yield path
        case Tagged(paths=paths):
            yield from paths
        case Resource() | Existing():
            pass
        case _:
            assert_never(item)
