"""Place the resources of a planned stack: with what they are made for."""

from __future__ import annotations

from msgc.stack.model import Resource, Stack
from msgc.stack.placement.located import located
from msgc.stack.values import Attribute, Path, Value, reference
from msgc.stack.walk import references
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN

_SHARED = ("AWS::Events::ApiDestination", "AWS::Events::Connection", "AWS::Logs::LogGroup")
"""What edges end at, and the stack makes: it lies with the first of them, in the order of stacks.
A connection comes behind the API destinations that use it."""


def placed(stack: Stack) -> dict[Resource, Resource]:
    """Return the resources that lie in another stack than `main`, with where that is.

    What is made along with another resource lies with that, and nothing waits for what lies in
    another stack: stacks are deployed one after the other.
    """
    where = _where(stack)
    found: dict[Resource, Resource] = {}
    for resource in stack.resources:
        own = where[resource.path]
        waits = tuple(path for path in resource.depends_on if where[path] == own)
        properties = _with_region(resource, own, where)
        if (own, waits, properties) != (resource.stack, resource.depends_on, resource.properties):
            found[resource] = resource.replace(stack=own, depends_on=waits, properties=properties)
    return found


def _with_region(resource: Resource, own: str, where: dict[Path, str]) -> dict[str, Value]:
    """Return the properties of a resource; a subscription to what it finds by name says a Region.

    CloudFormation takes the stack's own otherwise, which it is: CDK doesn't know that.
    """
    topic = reference(resource.properties.get("TopicArn"))
    is_subscription = resource.type == "AWS::SNS::Subscription"
    if is_subscription and topic is not None and where.get(topic.of, own) != own:
        return {"Region": Attribute(of=topic.of, name="Region"), **resource.properties}
    return resource.properties


def _where(stack: Stack) -> dict[Path, str]:
    topology = stack.links.topology
    declared, whole = located(topology), {each.path: each for each in stack.resources}
    where: dict[Path, str] = {}

    def of(resource: Resource) -> str:
        if resource.by is not None and resource.by in whole:
            return of(whole[resource.by])
        if resource.stack != MAIN:
            return resource.stack
        own = declared.get(resource.declared)
        if own is not None:
            return own
        around = (whole[path] for path in references(resource) if path in whole)
        return next(map(of, around), MAIN)  # the schema of a message, in the registry of a bus

    for resource in stack.resources:
        where[resource.path] = of(resource)
    for type_ in _SHARED:
        _place_shared(stack, topology, where, type_)
    return where


def _place_shared(stack: Stack, topology: Topology, where: dict[Path, str], type_: str) -> None:
    """Place what several edges may end at with the first stack that uses it."""
    shared = {each.path for each in stack.of(type_)}
    users: dict[Path, set[str]] = {}
    for resource in stack.resources if shared else ():
        for path in references(resource):
            if path in shared:
                users.setdefault(path, set()).add(where[resource.path])
    order = topology.placement.names if topology.placement is not None else (MAIN,)
    for path, stacks in users.items():
        where[path] = min(stacks, key=order.index)
