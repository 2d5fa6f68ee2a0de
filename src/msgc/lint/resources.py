"""Which CloudFormation resources a stack will have: type and logical id, without emitting it.

What the CDK emitter makes for each part of the topology, L2s' roles and policies among it; a test
holds these to the synthesised templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.delivery.plan import Delivery
from msgc.delivery.policies import sns_principals
from msgc.delivery.rights import rights
from msgc.record import Record
from msgc.topology import ids
from msgc.topology.model import (
    Bus,
    ByArn,
    Consumer,
    Declared,
    GivenFunction,
    LogGroup,
    MadeFunction,
    Producer,
    Provided,
    Publisher,
    Topic,
    Topology,
)


class Resource(Record):
    """A resource of the stack, and what of the file it is made for."""

    type: str
    logical_id: str
    declared: Declared


def resources(topology: Topology, delivery: Delivery) -> tuple[Resource, ...]:
    """Return the resources of the stack."""
    service = topology.service
    return tuple(
        Resource(type=f"AWS::{kind}", logical_id=ids.logical_id(service, path), declared=declared)
        for found in (
            _places(topology, delivery),
            _subscriptions(delivery),
            _rules(delivery),
            _functions(topology, delivery),
            _policies(topology, delivery),
        )
        for kind, path, declared in found
    )


_Found = Iterator[tuple[str, str, Declared]]
"""Type without `AWS::`, the path below the construct without slashes, what it is made for."""


def _places(topology: Topology, delivery: Delivery) -> _Found:
    for queue in topology.queues.values():
        yield "SQS::Queue", ids.place(queue), queue
        yield "SQS::QueuePolicy", f"{ids.place(queue)}Policy", queue
    for topic in topology.topics.values():
        if topic.imported is None:
            yield "SNS::Topic", ids.place(topic), topic
            yield "SNS::TopicPolicy", f"{ids.place(topic)}Policy", topic
    for bus in topology.buses.values():
        if bus.imported is None and not bus.is_default:
            yield "Events::EventBus", ids.place(bus), bus
        if bus.archive_days is not None:
            yield "Events::Archive", ids.archive(bus), bus
    for address in delivery.addresses.values():
        if address.parameter is not None:
            yield "SSM::Parameter", ids.parameter(address.place), address.place


def _subscriptions(delivery: Delivery) -> _Found:
    for subscription in delivery.topic_subscriptions:
        edge, path = subscription.edges[0], subscription.construct_id
        yield "SNS::Subscription", path, edge
        if isinstance(subscription.target, Consumer):
            for i, _ in enumerate(sns_principals([subscription.topic])):
                yield "Lambda::Permission", ids.permission(path, regional=i > 0), edge


def _rules(delivery: Delivery) -> _Found:
    groups: dict[str, Declared] = {}
    writers = [rule.edge for rule in delivery.rules if isinstance(rule.target, LogGroup)]
    for rule in delivery.rules:
        edge, path = rule.edge, rule.construct_id
        yield "Events::Rule", path, edge
        match rule.target:
            case Consumer():
                yield "Lambda::Permission", ids.permission(path), edge
            case Topic() | Bus():
                yield "IAM::Role", ids.rule_role(edge), edge
            case LogGroup(name=str(name), address=None) as group:
                if name not in groups:
                    groups[name] = edge
                    yield "Logs::LogGroup", ids.log_group(group), edge
            case _:
                pass
    if writers:
        yield "Logs::ResourcePolicy", f"{ids.LOG_GROUPS}ResourcePolicy", writers[0]


def _functions(topology: Topology, delivery: Delivery) -> _Found:
    for poll in delivery.polls:
        path = ids.mapping(poll.consumer, poll.queue)
        yield "Lambda::EventSourceMapping", path, poll.consumer
    for consumer in topology.consumers.values():
        if isinstance(consumer.function, MadeFunction):
            path = ids.function(consumer)
            yield "Lambda::Function", path, consumer
            yield "IAM::Role", f"{path}ServiceRole", consumer
        if ids.has_invoke_config(consumer):
            yield "Lambda::EventInvokeConfig", ids.invoke_config(consumer), consumer


def _policies(topology: Topology, delivery: Delivery) -> _Found:
    for publisher, statements in rights(topology.publishers, delivery).items():
        if not statements:
            continue
        match publisher:
            case Consumer(function=MadeFunction()):
                path = f"{ids.function(publisher)}ServiceRoleDefaultPolicy"
                yield "IAM::Policy", path, publisher
            case Consumer(function=GivenFunction(address=Provided())):
                pass  # in the role of whoever made it
            case Producer(role=Provided()):
                pass
            case Producer(role=ByArn()):
                yield "IAM::Policy", ids.role_policy(publisher), publisher
            case Consumer() | Producer():
                yield from _exported(publisher)
            case _:
                assert_never(publisher)


def _exported(publisher: Publisher) -> _Found:
    """Yield the managed policy of somebody outside the stack, and its parameter."""
    yield "IAM::ManagedPolicy", ids.managed_policy(publisher), publisher
    yield "SSM::Parameter", ids.policy_parameter(publisher), publisher
