"""Removal: what holds messages or logs outlives its stack, unless the file says otherwise."""

from __future__ import annotations

from msgc.stack.model import Resource, Stack
from msgc.stack.passes.changed import changed
from msgc.stack.tagging import dead_letters
from msgc.topology.declared import Declared, written_removal
from msgc.topology.model import Topology
from msgc.tree import Mapping

_SAY = frozenset(
    {"AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", "AWS::Events::Archive"}
)
"""Types of resources about which `removal` is."""
HOLD = _SAY | {"AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::S3::Bucket"}
"""Types of resources that hold what is lost with them."""

POLICIES = {"retain": ("RetainExceptOnCreate", "Retain"), "delete": ("Delete", "Delete")}
"""By the words of `removal` CloudFormation's `DeletionPolicy` and `UpdateReplacePolicy`.

What a deployment made that failed is deleted with it: else its names would be taken at the next.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
"""


def removal(stack: Stack) -> Stack:
    """Say of what holds something what becomes of it when it is taken out, or replaced.

    A dead-letter queue goes the way of its queue, an archive that of its bus.
    """
    topology = stack.links.topology
    written = _written(topology)
    default = "retain" if topology.protected else "delete"
    found: dict[Resource, Resource] = {}
    for resource in stack.resources:
        if resource.type in HOLD:
            said = written.get(resource.declared) if resource.type in _SAY else None
            found[resource] = resource.replace(removal=said, policies=POLICIES[said or default])
    return changed(stack, found)


def _written(topology: Topology) -> dict[Declared, str]:
    """Return what the file says of places, by each."""
    owners = dead_letters(topology)
    defaults = topology.root.get("defaults")
    queues = defaults.get("queues") if isinstance(defaults, Mapping) else None
    found: dict[Declared, str] = {}
    for place in topology.places:
        node = owners.get(place, place).node
        if not place.is_declared and place not in owners and queues is not None:
            node = queues  # the undelivered queue has no settings of its own
        said = written_removal(node)
        if said in POLICIES:
            found[place] = said
    return found
