"""How what a thing holds is encrypted, at rest and on its way."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.describe.model import Candidate, Row
from msgc.record import Record
from msgc.stack import Resource, Stack
from msgc.stack.values import Value, reference


class _Encrypted(Record):
    """How AWS encrypts a type of resource."""

    what: str
    key: str
    """The property that names a key of the account."""
    otherwise: str
    """What is done without one."""


_TYPES = {
    "AWS::SQS::Queue": _Encrypted(
        what="messages", key="KmsMasterKeyId", otherwise="SSE-SQS, with keys that SQS owns"
    ),
    "AWS::SNS::Topic": _Encrypted(
        what="messages",
        key="KmsMasterKeyId",
        otherwise="no key of yours; SNS keeps a message only until it is delivered",
    ),
    "AWS::Events::EventBus": _Encrypted(
        what="events", key="KmsKeyIdentifier", otherwise="with a key that AWS owns"
    ),
    "AWS::Events::Archive": _Encrypted(
        what="archive", key="KmsKeyIdentifier", otherwise="with a key that AWS owns"
    ),
    "AWS::Pipes::Pipe": _Encrypted(
        what="pipe", key="KmsKeyIdentifier", otherwise="with a key that AWS owns"
    ),
    "AWS::Scheduler::Schedule": _Encrypted(
        what="what is sent", key="KmsKeyArn", otherwise="with a key that AWS owns"
    ),
    "AWS::Lambda::Function": _Encrypted(
        what="environment",
        key="KmsKeyArn",
        otherwise="with AWS's own key for Lambda (addresses are in it, no secrets)",
    ),
    "AWS::Logs::LogGroup": _Encrypted(
        what="log", key="KmsKeyId", otherwise="with a key that CloudWatch Logs owns"
    ),
}


def encryption(candidate: Candidate, stack: Stack) -> Iterator[Row]:
    """Yield how each resource of a thing is encrypted."""
    mine = (candidate.thing, *candidate.edges)
    for resource in stack.resources:
        if any(resource.declared is each for each in mine):
            encrypted = _TYPES.get(resource.type)
            if encrypted is not None:
                yield _row(resource, encrypted, stack)


def _row(resource: Resource, encrypted: _Encrypted, stack: Stack) -> Row:
    key = resource.properties.get(encrypted.key)
    if key is None and resource.properties.get("SqsManagedSseEnabled") == 0:
        return Row(name=encrypted.what, text="not encrypted at rest", data={"key": None})
    shown = None if key is None else _shown(key, stack)
    text = f"with the key {shown}" if shown else encrypted.otherwise
    return Row(name=encrypted.what, text=text, data={"key": shown})


def _shown(key: Value, stack: Stack) -> str:
    """Return what names a key: its id in the stack, or what the file says."""
    found = reference(key)
    if found is None:
        return str(key)
    item = stack.items_by_path.get(found.of)
    return "".join(found.of) if item is None else item.declared.name
