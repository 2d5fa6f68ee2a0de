"""Which resources of the stack are there for a thing, and what they are called in AWS."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.describe.alarms import ALARM
from msgc.describe.model import Candidate, Row
from msgc.stack import Stack

_NAMES = {
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::Events::EventBus": "Name",
    "AWS::SSM::Parameter": "Name",
}
"""Of types whose resources have a name in AWS that isn't CloudFormation's, its property."""


def resources(candidate: Candidate, stack: Stack) -> Iterator[Row]:
    """Yield the CloudFormation resources that are made for a thing, and what it stands for.

    Alarms are told apart.
    """
    mine = (candidate.thing, *candidate.edges)
    for resource in stack.resources:
        if resource.type != ALARM and any(resource.declared is each for each in mine):
            physical = resource.properties.get(_NAMES.get(resource.type, ""))
            data = {"physical_name": physical}
            text = stack.logical_id(resource)
            if stack.links.topology.placement is not None:
                text += f" in stack {resource.stack}"
                data["stack"] = resource.stack
            yield Row(name=resource.type, text=text, why=str(physical or ""), data=data)
    for existing in stack.existing:
        if any(existing.declared is each for each in mine):
            why = "exists already" if existing.argument is None else "handed over by the app"
            yield Row(name=existing.type, text=existing.handle.name, why=why)
