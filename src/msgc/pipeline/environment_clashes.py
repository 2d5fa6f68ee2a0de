"""Compare the environments of a service: what exists in some only, and names that meet in AWS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.diagnostics import Diagnostic, Label, listing
from msgc.links.model import Links
from msgc.resolve import codes
from msgc.stack import Stack, plan
from msgc.stack.model import Resource
from msgc.stack.values import Value
from msgc.topology.environments import Environment

DASHBOARD = "AWS::CloudWatch::Dashboard"
_NAMES = {
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::Events::EventBus": "Name",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SSM::Parameter": "Name",
    DASHBOARD: "DashboardName",
}
"""Properties that are names in AWS, and that a file can set outright."""


def clashes(variants: Iterable[Links]) -> Iterator[Diagnostic]:
    """Yield what environments must not differ in, and the names that two of them would share."""
    stacks = [(_environment(links), plan(links.topology, links)) for links in variants]
    yield from _existence(stacks)
    yield from _names(stacks)


def _environment(links: Links) -> Environment:
    environment = links.topology.environment
    assert environment is not None  # noqa: S101  # it is one of several
    return environment


def _existence(stacks: list[tuple[Environment, Stack]]) -> Iterator[Diagnostic]:
    """Yield what exists in some environments only.

    SNS subscriptions may: one isn't made where it is switched off, and has the id of its endpoint.
    """
    made: dict[object, dict[str, Resource]] = {}
    for environment, stack in stacks:
        optional = tuple(each.construct_id for each in stack.links.sns_subscriptions)
        for resource in stack.resources:
            if not resource.path[0].startswith(optional):
                made.setdefault(resource.path, {})[environment.name] = resource
    told: set[object] = set()
    for found in made.values():
        if len(found) == len(stacks):
            continue
        resource = next(iter(found.values()))
        if resource.declared.key in told:
            continue
        told.add(resource.declared.key)
        names = listing([f"`{name}`" for name in found], "and")
        yield codes.ENVIRONMENT_CHANGES.at(
            resource.declared.key,
            f"the stack has an {resource.type} for `{resource.declared.name}` in {names} only",
            help="environments differ in numbers, names and addresses, not in what there is",
        )


def _names(stacks: list[tuple[Environment, Stack]]) -> Iterator[Diagnostic]:
    known: dict[tuple[str, Value], tuple[Environment, Resource]] = {}
    told: set[object] = set()
    for environment, stack in stacks:
        for resource in stack.resources:
            name = resource.properties.get(_NAMES.get(resource.type, ""))
            if not isinstance(name, str) or resource.declared.key in told:
                continue
            first, _ = known.setdefault((resource.type, name), (environment, resource))
            if first is environment or _apart(first, environment, resource):
                continue
            told.add(resource.declared.key)
            yield codes.ENVIRONMENTS_CLASH.at(
                resource.declared.key,
                f"`{name}` is what it would be called in `{first.name}` and in"
                f" `{environment.name}`",
                help=_advice(resource, first, environment),
                labels=(Label(span=environment.key, message="this environment"),),
            )


def _advice(resource: Resource, one: Environment, other: Environment) -> str:
    if one.plain and other.plain:
        return "take `names: plain` out of one of them, or say their `account`"
    if one.account is not None and one.account == other.account and resource.type == DASHBOARD:
        return "an account has one dashboard of a name, in all Regions: write `${env}` into it"
    if resource.declared.says("name"):
        return "write `${env}` into its `name`; or say the `account` of both environments"
    return "write `${env}` into the name; or say the `account` of both environments"


def _apart(one: Environment, other: Environment, resource: Resource) -> bool:
    """Whether two environments are known to be in different accounts or Regions.

    Dashboards are seen in all Regions of an account.
    """
    homes = [(one.account, other.account)]
    if resource.type != DASHBOARD:
        homes.append((one.region, other.region))
    return any(here is not None and there is not None and here != there for here, there in homes)
