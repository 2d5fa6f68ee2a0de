# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""What every part of the kit stands on: identity, tags, and addresses made from names."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from aws_cdk import CfnElement, Stack, Tags, Token
from aws_cdk import aws_ssm as ssm
from constructs import Construct

LEAST_CDK = (2, 275)
"""The oldest aws-cdk-lib that has everything the kit uses."""

_FLAGS = (
    "@aws-cdk/aws-iam:minimizePolicies",
    "@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy",
)
"""Feature flags that change policies: statements stay as they are written, in order."""


def _check_cdk() -> None:
    installed = version("aws-cdk-lib")
    if tuple(int(part) for part in installed.split(".")[:2]) < LEAST_CDK:
        least = ".".join(map(str, LEAST_CDK))
        message = (
            f"aws-cdk-lib {installed} is too old: this stack needs {least} or later"
        )
        raise ImportError(message)


_check_cdk()


class Base(Construct):
    """A construct whose resources are named by service, kind and name alone."""

    prefix: str
    """What all logical ids begin with: the service's name (`Checkout`)."""
    service: str
    owner: str = ""
    """With the service a tag on everything."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Begin with the tags, and with flags that say the same in every app."""
        super().__init__(scope, construct_id)
        self._arns: dict[tuple[str, str], str] = {}
        for flag in _FLAGS:
            self.node.set_context(flag, False)
        Tags.of(self).add("service", self.service)
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

    def tag(self, tags: Mapping[str, str], *on: Construct) -> None:
        """Tag resources, each with all that is made inside of it."""
        for resource in on:
            for name, value in tags.items():
                Tags.of(resource).add(name, value)

    @property
    def account(self) -> str:
        """The account of the stack: a token, if the app doesn't say which."""
        return str(Stack.of(self).account)

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
