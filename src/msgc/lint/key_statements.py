"""Statements for the policies of keys that exist, as JSON for their owners."""

from __future__ import annotations

import json
from typing import Any, assert_never

from msgc.lint.subject import Subject
from msgc.stack.iam.grant import ACTIONS
from msgc.stack.iam.key_policies import of_outsiders, of_services
from msgc.stack.iam.policy_documents import allow
from msgc.stack.model import Existing, Resource, Statement
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
)
from msgc.topology.deferred import spelling
from msgc.topology.settings import Key

_PSEUDO = {"AWS::AccountId": "ACCOUNT", "AWS::Partition": "aws", "AWS::Region": "REGION"}
"""What people fill in for what only the stack knows."""

_IN_PARAMETER = "{{resolve:ssm:"


def statements(subject: Subject, key: Key) -> tuple[tuple[str, str], ...]:
    """Return whom the policy of a key has to let in and for what, and the statement that does."""
    grants = subject.stack.access.grants
    services = of_services(subject.topology, grants, key)
    outsiders = [each.statement for each in of_outsiders(grants, key)]
    return (
        *((f"{_who(each)} {_purpose(each)}", _json(subject, each)) for each in services),
        *(
            (f"{_who(each)} use it{f' ({n})' if n else ''}", _json(subject, each))
            for n, each in enumerate(outsiders)
        ),
    )


def _purpose(statement: Statement) -> str:
    """Return for what a service uses a key."""
    condition = statement.condition or {}
    if "ArnLike" in condition:
        return "send to what is encrypted with it"
    if "StringLike" in condition:
        return "encrypt logs with it"
    if statement.actions == ACTIONS["archive"]:
        return "encrypt archives with it"
    return "encrypt events with it" if condition else "look at it"


def _json(subject: Subject, statement: Statement) -> str:
    return json.dumps(_shown(subject, allow(statement)))


def _who(statement: Statement) -> str:
    return " and ".join(f"`{name}`" for name in statement.services) or "other accounts"


def _shown(subject: Subject, value: Value) -> Any:  # noqa: C901, PLR0911  # one for each kind
    match value:
        case str() if value.startswith(_IN_PARAMETER):
            return f"ARN in {value.removeprefix(_IN_PARAMETER).removesuffix('}}')}"
        case None | str() | int() | float():
            return value
        case tuple():
            return [_shown(subject, item) for item in value]
        case dict():
            return {key: _shown(subject, item) for key, item in value.items()}
        case Join(parts=parts):
            return "".join(str(_shown(subject, part)) for part in parts)
        case Pseudo(name=name):
            return _known(subject).get(name) or _PSEUDO[name]
        case Input(argument=argument):
            return f"${{{argument.replace('_', '-')}}}"
        case Address(service=service, resource=resource):
            here = {**_PSEUDO, **_known(subject)}
            where = f"{here['AWS::Region']}:{here['AWS::AccountId']}"
            return f"arn:aws:{service}:{where}:{_shown(subject, resource)}"
        case Attribute(of=of):
            return _found(subject.stack.items_by_path[of])
        case Json() | QueueUrl() | Asset():
            raise AssertionError(value)  # in no policy of a key
        case _:
            assert_never(value)


def _known(subject: Subject) -> dict[str, str]:
    """Return what the environment says of the stack's account and Region."""
    environment = subject.topology.environment
    if environment is None:
        return {}
    said = {"AWS::AccountId": environment.account, "AWS::Region": environment.region}
    return {name: value for name, value in said.items() if value is not None}


def _found(item: Resource | Existing) -> str:
    """Return the ARN of what is imported, or what stands for it."""
    match item:
        case Existing():
            return f"ARN of {item.declared.name}" if item.arn is None else spelling(item.arn)
        case Resource():
            raise AssertionError(item)  # named, and not referred to
        case _:
            assert_never(item)
