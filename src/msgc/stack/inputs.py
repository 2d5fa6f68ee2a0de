"""The inputs that a stack needs, as arguments of the construct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.stack.model import (
    AccountCheck,
    Argument,
    Existing,
    Handle,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Section,
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
    Pseudo,
    QueueUrl,
    Value,
    text,
)
from msgc.topology.model import Topology
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided


def arguments(topology: Topology, sections: tuple[Section, ...]) -> tuple[Argument, ...]:
    """Return the inputs that the app gives: those for which the environment has no value.

    What only some environments need is no argument in the others: an edge may be switched off.
    """
    used = None if topology.environment is None else used_inputs(sections)
    return tuple(
        Argument(
            name=each.argument,
            handle=Handle(name=f"{each.argument}_input", description=each.description),
        )
        for each in topology.inputs.values()
        if each.name not in topology.given_inputs and (used is None or each.argument in used)
    )


def used_inputs(sections: Iterable[Section]) -> frozenset[str]:
    """Return the arguments of the inputs that something of a stack mentions."""
    items = (item for section in sections for item in section.items)
    return frozenset(name for item in items for value in _values(item) for name in _inputs(value))


def _values(item: Item) -> Iterator[Value]:
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


def _inputs(value: Value) -> Iterator[str]:
    match value:
        case Input(argument=argument):
            yield argument
        case tuple(parts) | Join(parts=parts):
            for part in parts:
                yield from _inputs(part)
        case dict():
            for part in value.values():
                yield from _inputs(part)
        case Address(resource=inner) | QueueUrl(name=inner) | Json(value=inner):
            yield from _inputs(inner)
        case None | str() | int() | float() | Attribute() | Pseudo() | Asset():
            pass
        case _:
            assert_never(value)
