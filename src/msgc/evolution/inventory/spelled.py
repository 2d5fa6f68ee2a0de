"""Values of a planned stack as text, such that equal texts are equal in AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, assert_never

from msgc.stack.model import Existing, Resource, Stack
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
)
from msgc.topology import names
from msgc.topology.declared import Declared
from msgc.topology.deferred import spelling
from msgc.topology.settings import ByArn, ByName, ByParameter, Found, Provided


def spelled(found: Value, stack: Stack) -> str:
    """Return a value on one line: `true`, `${CheckoutOrdersTopic.Arn}`."""
    if found.__class__ is str:
        return found
    plain = jsonable(found, stack)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def jsonable(found: Value, stack: Stack) -> Any:  # noqa: C901, PLR0911  # one for each kind
    """Return a value as JSON has it, references as texts."""
    match found:
        case None | str() | int() | float():
            return found
        case tuple():
            return [jsonable(each, stack) for each in found]
        case dict():
            return {key: jsonable(each, stack) for key, each in found.items()}
        case Attribute():
            return _reference(found, stack)
        case Pseudo(name=name):
            return f"${{{name}}}"
        case Input(argument=argument):
            return f"${{{argument}}}"
        case Join(parts=parts):
            return "".join(spelled(part, stack) for part in parts)
        case Address(service=service, resource=resource):
            return f"arn:{service}:{spelled(resource, stack)}"
        case QueueUrl(name=name):
            return f"url:{spelled(name, stack)}"
        case Json(value=value):
            return jsonable(value, stack)
        case Asset(folder=folder):
            return folder
        case _:
            assert_never(found)


def _reference(found: Attribute, stack: Stack) -> str:
    item = stack.items_by_path.get(found.of)
    match item:
        case Existing(address=address, declared=declared):
            return _existing(address, declared)
        case Resource():
            return f"{reference_to(stack.logical_id(item))}{found.name}}}"
        case None:
            return f"${{{''.join(found.of)}.{found.name}}}"
        case _:
            assert_never(item)


def _existing(found: Found, declared: Declared) -> str:
    """Return what exists already as the file finds it; an argument without the name of its own."""
    match found:
        case Provided(argument=argument):
            own = names.snake(declared.name)
            return f"${{{argument.replace(own, 'provided', 1)}}}"
        case ByParameter(parameter=parameter):
            return f"{{{{resolve:ssm:{spelling(parameter)}}}}}"
        case ByArn(arn=address) | ByName(name=address):
            return spelling(address)
        case _:
            assert_never(found)


def reference_to(identifier: str) -> str:
    """Return what every reference to a resource begins with."""
    return f"${{{identifier}."


def referred(found: Value) -> Iterator[Path]:
    """Yield the paths of everything that a value refers to."""
    match found:
        case Attribute(of=of):
            yield of
        case tuple():
            for each in found:
                yield from referred(each)
        case Join(parts=parts):
            yield from referred(parts)
        case dict():
            for each in found.values():
                yield from referred(each)
        case Address(resource=inner) | QueueUrl(name=inner) | Json(value=inner):
            yield from referred(inner)
        case None | str() | int() | float() | Pseudo() | Input() | Asset():
            return
        case _:
            assert_never(found)
