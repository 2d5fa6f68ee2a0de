"""Decides as IAM does whether somebody may do something, from the policies of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tests.audit.template import ACCOUNT, REGION, Template

_ROOT = re.compile(r"(?:arn:aws:iam::)?(\d{12})(?::root)?")
_MANAGED = {
    "AWSLambdaBasicExecutionRole": ["logs:*"],
    "AWSLambdaVPCAccessExecutionRole": ["logs:*", "ec2:*"],
    "AWSXrayWriteOnlyAccess": ["xray:*"],
}
"""What AWS's own policies allow, of what is looked at here."""


OBJECT = "shop/any"
"""The key of the object that is tried in each bucket."""


class Principal(NamedTuple):
    """Somebody who tries something."""

    name: str
    service: str = ""
    """An AWS service; empty: a role, or an account's."""
    account: str = ACCOUNT
    arn: str = ""
    context: tuple[tuple[str, str], ...] = ()
    """What AWS tells about its requests: `aws:SourceArn`, for one."""


class Access:
    """The policies of a template: of roles, and of what is used."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.identities: dict[str, list[dict[str, Any]]] = {}
        self.resources: dict[str, list[dict[str, Any]]] = {}
        self.roles: dict[str, str] = {}
        """By the name of a policy, the role that has it; a managed one stands for any that has."""
        self._read_roles()
        self._read_places()

    def may(
        self, principal: Principal, action: str, resource: str, context: dict[str, str]
    ) -> bool:
        """Whether a request is allowed: something allows it, and nothing denies it."""
        known = {"aws:SecureTransport": "true", **dict(principal.context), **context}
        found = [
            statement["Effect"]
            for statement in self._about(principal, resource)
            if _matches(statement["Action"], action.lower())
            and ("Resource" not in statement or _matches(statement["Resource"], resource))
            and all(_holds(op, keys, known) for op, keys in statement.get("Condition", {}).items())
        ]
        return "Allow" in found and "Deny" not in found

    def _about(self, principal: Principal, resource: str) -> Iterator[dict[str, Any]]:
        yield from self.identities.get(principal.name, ())
        for statement in self.resources.get(resource, ()):
            if _is(statement["Principal"], principal, statement["Effect"]):
                yield statement

    def _read_roles(self) -> None:
        template = self.template
        for name, role in template.of("AWS::IAM::Role").items():
            own = self.identities.setdefault(name, [])
            for policy in role.get("Policies", ()):
                own += policy["PolicyDocument"]["Statement"]
            for managed in role.get("ManagedPolicyArns", ()):
                actions = _MANAGED[managed.rsplit("/", 1)[-1]]
                own.append({"Effect": "Allow", "Action": actions, "Resource": "*"})
        for name, policy in template.of("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy").items():
            self.roles[name] = policy.get("Roles", [name])[0]
            for holder in policy.get("Roles", [name]):
                held = self.identities.setdefault(holder, [])
                held += policy["PolicyDocument"]["Statement"]

    def _read_places(self) -> None:
        template = self.template
        for policy in template.of("AWS::SQS::QueuePolicy").values():
            for url in policy["Queues"]:
                self._add(url.removeprefix("url:"), policy["PolicyDocument"]["Statement"])
        for policy in template.of("AWS::SNS::TopicPolicy").values():
            for topic in policy["Topics"]:
                self._add(topic, policy["PolicyDocument"]["Statement"])
        for policy in template.of("AWS::Events::EventBusPolicy").values():
            bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{policy['EventBusName']}"
            statement = policy["Statement"]
            for resource in {bus, *_listed(statement["Resource"])}:
                self._add(resource, [statement])
        for policy in template.of("AWS::S3::BucketPolicy").values():
            objects = f"arn:aws:s3:::{policy['Bucket']}/{OBJECT}"
            self._add(objects, policy["PolicyDocument"]["Statement"])
        for name, key in template.of("AWS::KMS::Key").items():
            self._add(template.arn(name), key["KeyPolicy"]["Statement"])
        for permission in template.of("AWS::Lambda::Permission").values():
            condition = {"ArnLike": {"aws:SourceArn": permission["SourceArn"]}}
            statement = {
                "Effect": "Allow",
                "Principal": {"Service": permission["Principal"]},
                "Action": permission["Action"],
                "Condition": condition,
            }
            self._add(permission["FunctionName"], [statement])

    def _add(self, resource: str, statements: list[dict[str, Any]]) -> None:
        self.resources.setdefault(resource, []).extend(statements)


def _is(wanted: Any, principal: Principal, effect: str) -> bool:
    """Whether the principal of a statement is somebody.

    Of its own account, a policy that names the account leaves it to the policies of its roles.
    """
    if wanted == "*":
        return True
    for kind, names in wanted.items():
        for name in _listed(names):
            if kind == "Service" and principal.service == name:
                return True
            if kind == "AWS" and name == "*":
                return True
            root = _ROOT.fullmatch(name) if kind == "AWS" else None
            if root and not principal.service and principal.account == root[1]:
                return effect == "Deny" or principal.account != ACCOUNT
    return False


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _matches(patterns: Any, text: str) -> bool:
    return any(
        _pattern(each if each.startswith("arn:") else each.lower()).fullmatch(text)
        for each in _listed(patterns)
    )


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(char, re.escape(char)) for char in pattern), re.DOTALL)


def _holds(operator: str, wanted: dict[str, Any], known: dict[str, str]) -> bool:
    """Whether a condition holds; a key that isn't known makes it fail, unless it says otherwise."""
    for key, values in wanted.items():
        if key not in known:
            if operator.endswith("IfExists"):
                continue
            return False
        value = known[key]
        like = operator.startswith(("ArnLike", "StringLike"))
        if not any(
            _pattern(str(each)).fullmatch(value) if like else str(each) == value
            for each in _listed(values)
        ):
            return False
    return True
