"""Policy documents: the statements of a policy, as CloudFormation has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgc.stack.model import Statement
from msgc.stack.values import Value

VERSION = "2012-10-17"


def document(*statements: dict[str, Value]) -> dict[str, Value]:
    """Return a policy document."""
    return {"Statement": statements, "Version": VERSION}


def allow(statement: Statement) -> dict[str, Value]:
    """Return a statement that allows something."""
    found: dict[str, Value] = {
        "Action": one_or_more(statement.actions),
        "Effect": "Allow",
        "Resource": one_or_more(statement.resources),
    }
    if statement.services:
        found["Principal"] = {"Service": one_or_more(statement.services)}
    if statement.principals:
        found["Principal"] = {"AWS": one_or_more(statement.principals)}
    if statement.condition is not None:
        found["Condition"] = statement.condition
    return found


def allowing(statements: Iterable[Statement]) -> dict[str, Value]:
    """Return a document of statements that allow something."""
    return document(*(allow(statement) for statement in statements))


def tls_only(actions: str, principal: Value, resource: Value, **more: Value) -> dict[str, Value]:
    """Return the statement that CDK's `enforce_ssl` writes."""
    return {
        "Action": actions,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        "Effect": "Deny",
        "Principal": principal,
        "Resource": resource,
        **more,
    }


def assumed_by(service: str) -> dict[str, Value]:
    """Return the trust policy of a role that an AWS service assumes."""
    return document(
        {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": service}}
    )


def one_or_more(values: Sequence[Value]) -> Value:
    """Return the only value, or all of them: as CDK writes actions and resources."""
    return values[0] if len(values) == 1 else tuple(values)
