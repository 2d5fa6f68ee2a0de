# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""What every part of the kit stands on: identity, tags, and addresses made from names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, ClassVar, NamedTuple, TypeVar, cast

from aws_cdk import (
    Annotations,
    CfnElement,
    Environment,
    RemovalPolicy,
    Stack,
    Tags,
    Token,
)
from aws_cdk import aws_kms as kms
from aws_cdk import aws_ssm as ssm
from constructs import Construct, IConstruct

T = TypeVar("T")

LEAST_CDK = (2, 275)
"""The oldest aws-cdk-lib that has everything the kit uses."""

_FLAGS = (
    "@aws-cdk/aws-iam:minimizePolicies",
    "@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy",
)
"""Feature flags that change policies: statements stay as they are written, in order."""


DECRYPT = ["kms:Decrypt"]
ENCRYPT = ["kms:Decrypt", "kms:GenerateDataKey"]
"""What it takes of a key to read what is encrypted with it, and to send there."""


def _check_cdk() -> None:
    installed = version("aws-cdk-lib")
    if tuple(int(part) for part in installed.split(".")[:2]) < LEAST_CDK:
        least = ".".join(map(str, LEAST_CDK))
        message = (
            f"aws-cdk-lib {installed} is too old: this stack needs {least} or later"
        )
        raise ImportError(message)


_check_cdk()


class Home(NamedTuple):
    """Where an environment is deployed."""

    account: str | None = None
    region: str | None = None


class Base(Construct):
    """A construct whose resources are named by service, kind and name alone."""

    prefix: str
    """What all logical ids begin with: the service's name (`Checkout`)."""
    service: str
    owner: str = ""
    """With the service a tag on everything."""
    removal: RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
    """What becomes of queues, topics, buses, archives and log groups that are taken out, or replaced,
    unless something else is said of one: they stay, with what is in them."""
    homes: ClassVar[Mapping[str, Home]] = {}
    """Where environments are deployed, as far as messaging.yaml says it."""
    in_names: ClassVar[Mapping[str, str]] = {}
    """What names have for an environment, where that isn't its own name; or nothing."""
    suffix: str
    """What names end in: `-dev`."""
    root: str
    """What the names of parameters begin with: `/dev`."""

    _encrypted: dict[str, kms.IKey | kms.Key]
    """The keys of queues and topics, by the ARNs that these go by."""
    _rights: list[tuple[Any, Sequence[str], str]]
    """Who may do what on which ARN, as far as keys may matter."""
    _log_writers: IConstruct | None = None
    """The one policy of all log groups."""

    def __init__(
        self, scope: Construct, construct_id: str, environment: str = ""
    ) -> None:
        """Begin with the tags, and with flags that say the same in every app."""
        super().__init__(scope, construct_id)
        self._environment = environment
        name = self.in_names.get(environment, environment)
        self.suffix = f"-{name}" if name else ""
        self.root = f"/{name}" if name else ""
        self._arns: dict[tuple[str, str], str] = {}
        self._encrypted = {}
        self._rights = []
        for flag in _FLAGS:
            self.node.set_context(flag, False)
        Tags.of(self).add("service", self.service)
        if environment:
            Tags.of(self).add("environment", environment)
            self._check_home(environment)
        if self.owner:
            Tags.of(self).add("owner", self.owner)

    def name_resources(self) -> None:
        """Give every resource a logical id of its service, kind and name.

        CDK's own has the path from the stack in it: with the construct in another stage or
        construct, CloudFormation would make everything anew. To be called again by whoever adds
        something.
        """
        start = len(self.node.path) + 1
        for element in self.node.find_all():
            if isinstance(element, CfnElement):
                path = element.node.path[start:].split("/")
                kept = (part for part in path if part not in {"Resource", "Default"})
                element.override_logical_id(self.prefix + "".join(kept))

    def deploy_after(self, other: Base | None) -> None:
        """Let the stack of another construct be deployed first: it makes what this one uses.

        None if another app deploys it. Raises `ValueError` for one that is elsewhere, where names
        lead nowhere.
        """
        if other is None:
            return
        stack, first = Stack.of(self), Stack.of(other)
        here = (self.suffix, stack.account, stack.region)
        if here != (other.suffix, first.account, first.region):
            message = (
                f"{other.node.path} isn't in the environment, account and Region of"
                f" {self.node.path}, which uses what it makes"
            )
            raise ValueError(message)
        if stack is not first:
            stack.add_stack_dependency(first)

    def tag(self, *on: Construct, tags: Mapping[str, str]) -> None:
        """Tag resources, each with all that is made inside of it."""
        for resource in on:
            for name, value in tags.items():
                Tags.of(resource).add(name, value)

    def given(self, argument: str, value: T | None, environments: Sequence[str]) -> T:
        """Return what the app hands over; nobody asks for it in other environments.

        Raises `ValueError` where one of these needs it, and it isn't there.
        """
        if value is None and self._environment in environments:
            missing = f"{self.service} needs `{argument}` in {self._environment}"
            raise ValueError(missing)
        return cast("T", value)

    @classmethod
    def home(cls, environment: str) -> Environment | None:
        """Return the account and Region of an environment, if messaging.yaml has any."""
        home = cls.homes.get(environment)
        if home is None:
            return None
        return Environment(account=home.account, region=home.region)

    def _check_home(self, environment: str) -> None:
        """Refuse to be deployed elsewhere; warn where the app leaves it open."""
        home = self.homes.get(environment)
        for word, said, here in (
            ("account", home and home.account, self.account),
            ("Region", home and home.region, self.region),
        ):
            if said is None or said == here:
                continue
            belongs = f"{self.service} in {environment} belongs to {word} {said}"
            if not Token.is_unresolved(here):
                message = f"{belongs}, and its stack is for {here}"
                raise ValueError(message)
            Annotations.of(self).add_warning_v2(
                f"msgc:{word.lower()}",
                f"{belongs}, and the app doesn't say where its stack goes",
            )

    @property
    def account(self) -> str:
        """The account of the stack: a token, if the app doesn't say which."""
        return str(Stack.of(self).account)

    @property
    def partition(self) -> str:
        """The partition of the stack, `aws` nearly everywhere: a token."""
        return str(Stack.of(self).partition)

    @property
    def region(self) -> str:
        """The Region of the stack: a token, if the app doesn't say which."""
        return str(Stack.of(self).region)

    # Addresses made from names: links that need no reference, and so make no cycle within this
    # stack and no export to another.

    def queue_arn(self, name: str) -> str:
        """Return the ARN of a queue of this account and Region."""
        return self._arn("sqs", "", name)

    def queue_url(self, name: str) -> str:
        """Return the URL of a queue of this account and Region."""
        stack = Stack.of(self)
        return f"https://sqs.{stack.region}.{stack.url_suffix}/{stack.account}/{name}"

    def topic_arn(self, name: str) -> str:
        """Return the ARN of a topic of this account and Region."""
        return self._arn("sns", "", name)

    def bus_arn(self, name: str) -> str:
        """Return the ARN of a bus of this account and Region."""
        return self._arn("events", "event-bus/", name)

    def rule_arn(self, name: str) -> str:
        """Return the ARN of a rule of this account and Region: `name`, or `bus/name`."""
        return self._arn("events", "rule/", name)

    def parameter_arn(self, path: str) -> str:
        """Return the ARN of a Systems Manager parameter of this account and Region."""
        return self._arn("ssm", "parameter", path)

    def arn_of(self, service: str, resource: str) -> str:
        """Return the ARN of anything of this account and Region: `stateMachine:orders`."""
        return self._arn(service, "", resource)

    def value_of(self, path: str) -> str:
        """Return the value that a Systems Manager parameter has when the stack is deployed.

        CloudFormation reads it by itself where the name is known only then, too.
        """
        if Token.is_unresolved(path):
            return f"{{{{resolve:ssm:{path}}}}}"
        return str(ssm.StringParameter.value_for_string_parameter(self, path))

    def parameter(
        self, construct_id: str, name: str, value: str
    ) -> ssm.StringParameter:
        """Make a Systems Manager parameter, where other repositories find an ARN."""
        return ssm.StringParameter(
            self, construct_id, parameter_name=name, string_value=value
        )

    def _arn(self, service: str, before: str, name: str) -> str:
        key = (service, before)
        if key not in self._arns:
            self._arns[key] = Stack.of(self).format_arn(
                service=service, resource=before
            )
        return f"{self._arns[key]}{name}"
