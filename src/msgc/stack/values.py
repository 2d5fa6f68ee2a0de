"""Values of CloudFormation's properties before they are text: literals, references, addresses."""

from __future__ import annotations

from typing import Any, Literal, assert_never

from msgc.patterns.at_deploy import AtDeploy
from msgc.record import Record
from msgc.topology import names
from msgc.topology.deferred import ACCOUNT, Placeholder, Text, deferred

Path = tuple[str, ...]
"""The ids of a construct below the service's own: `("InvoicingFunction", "ServiceRole")`."""


class Attribute(Record):
    """Something that CloudFormation or the app knows of a resource: `Ref` or `Fn::GetAtt`."""

    of: Path
    name: Literal["Arn", "Name", "Url", "Region", "Role", "RoleName"]
    """The last two are of what brings a role along."""


class Pseudo(Record):
    """A pseudo parameter: what a stack knows of itself when it is deployed."""

    name: Literal["AWS::AccountId", "AWS::Partition", "AWS::Region"]


class Input(Record):
    """What the app gives for an input of the file: the construct's argument."""

    argument: str
    in_json: bool = False
    """Whether it stands in a text of JSON, where quotes and backslashes are escaped."""


class Join(Record):
    """Several texts in a row."""

    parts: tuple[Value, ...]


class Address(Record):
    """An ARN in the stack's own partition, Region and account, made from a name.

    It is no reference: who uses it depends on nothing.
    """

    service: str
    resource: Value
    """What comes behind the account: `checkout-orders`, `event-bus/checkout-commerce`."""


class QueueUrl(Record):
    """The URL of a queue of the stack's own Region and account, made from its name."""

    name: Value


class Json(Record):
    """A value as JSON text."""

    value: Value
    by_cdk: bool = False
    """Whether CDK writes it: without spaces, sorted, perhaps with references in it."""
    in_order: bool = False
    """Whether CDK doesn't sort it."""


class Asset(Record):
    """The code of a function: a folder, relative to messaging.yaml, with the stubs beside it."""

    folder: str


Value = (
    str
    | int
    | float
    | None
    | tuple["Value", ...]
    | dict[str, "Value"]
    | Attribute
    | Pseudo
    | Input
    | Join
    | Address
    | QueueUrl
    | Json
    | Asset
)
"""A property, or a part of one; a boolean is an `int`."""


def reference(found: Value) -> Attribute | None:
    """Return a value that refers to a resource, None of any other."""
    match found:
        case Attribute():
            return found
        case (
            None | str() | int() | float() | tuple() | dict()
            | Pseudo() | Input() | Join() | Address() | QueueUrl() | Json() | Asset()
        ):  # fmt: skip
            return None
        case _:
            assert_never(found)


def parts_of(found: Value) -> tuple[Value, ...]:
    """Return the parts of a join; of any other value, that one."""
    match found:
        case Join(parts=parts):
            return parts
        case (
            None | str() | int() | float() | tuple() | dict()
            | Pseudo() | Input() | Attribute() | Address() | QueueUrl() | Json() | Asset()
        ):  # fmt: skip
            return (found,)
        case _:
            assert_never(found)


def json_text(found: Text) -> Value:
    """Return JSON as text, with what its placeholders stand for, each inside of a string."""
    return text(found, in_json=True)


def text(found: Text, *, before: str = "", behind: str = "", in_json: bool = False) -> Value:
    """Return a text of the file, with what its placeholders stand for, and text around it."""
    if isinstance(found, str):
        return f"{before}{found}{behind}"
    inside = (part if isinstance(part, str) else _filled(part, in_json) for part in found.parts)
    parts = tuple(part for part in (before, *inside, behind) if part != "")
    return parts[0] if len(parts) == 1 else Join(parts=parts)


def behind(found: Value, before: str) -> Value:
    """Return what comes behind a text at the beginning of a value; None if it doesn't begin so."""
    match found:
        case str():
            return found.removeprefix(before) if found.startswith(before) else None
        case Join(parts=(str(first), *rest)) if first.startswith(before):
            parts = tuple(part for part in (first.removeprefix(before), *rest) if part != "")
            return parts[0] if len(parts) == 1 else Join(parts=parts)
        case (
            None | int() | float() | tuple() | dict() | Join()
            | Attribute() | Pseudo() | Input() | Address() | QueueUrl() | Json() | Asset()
        ):  # fmt: skip
            return None if before else found
        case _:
            assert_never(found)


def _filled(placeholder: Placeholder, in_json: bool) -> Value:  # noqa: FBT001  # as above
    if placeholder.is_input:
        return Input(argument=names.snake(placeholder.name), in_json=in_json)
    return Pseudo(name="AWS::AccountId" if placeholder.name == ACCOUNT else "AWS::Region")


def has_null(found: Value) -> bool:
    """Whether there is a `null` anywhere in a JSON value."""
    if isinstance(found, dict):
        return any(map(has_null, found.values()))
    return any(map(has_null, found)) if isinstance(found, tuple) else found is None


def pattern(found: Any) -> Value:
    """Return a pattern: as text if it has a `null`, which gets lost in a template otherwise."""
    made = value(found)
    return Json(value=made) if has_null(made) else made


def value(found: Any) -> Value:
    """Return a JSON value as one of these: lists are tuples."""
    if isinstance(found, dict):
        return {key: value(item) for key, item in found.items()}
    if isinstance(found, (list, tuple)):
        return tuple(value(item) for item in found)
    if isinstance(found, AtDeploy):
        return text(deferred(found))
    return found  # type: ignore[no-any-return]  # a scalar
