"""How many CloudFormation resources a stack will have, by kind, without emitting it.

What the CDK emitter makes for each part of the topology; a test compares these counts with the
templates of all examples.
"""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from msgc.delivery.plan import Delivery
from msgc.topology.model import (
    Bus,
    ByArn,
    Consumer,
    GivenFunction,
    LogGroup,
    MadeFunction,
    Provided,
    Topic,
    Topology,
)


def resources(topology: Topology, delivery: Delivery) -> dict[str, int]:
    """Return the number of resources of each type; types that there are none of are left out."""
    count: Counter[str] = Counter()
    _places(topology, delivery, count)
    _edges(delivery, count)
    _actors(topology, delivery, count)
    return {kind: number for kind, number in count.items() if number}


def _places(topology: Topology, delivery: Delivery, count: Counter[str]) -> None:
    topics = [topic for topic in topology.topics.values() if topic.imported is None]
    buses = [bus for bus in topology.buses.values() if bus.imported is None and not bus.is_default]
    count["AWS::SQS::Queue"] = len(topology.queues)
    count["AWS::SQS::QueuePolicy"] = len(delivery.queue_policies)
    count["AWS::SNS::Topic"] = len(topics)
    count["AWS::SNS::TopicPolicy"] = len(topics)
    count["AWS::Events::EventBus"] = len(buses)
    count["AWS::Events::Archive"] = sum(
        bus.archive_days is not None for bus in topology.buses.values()
    )
    count["AWS::SSM::Parameter"] = sum(
        address.parameter is not None for address in delivery.addresses.values()
    )


def _edges(delivery: Delivery, count: Counter[str]) -> None:
    count["AWS::SNS::Subscription"] = len(delivery.topic_subscriptions)
    count["AWS::Events::Rule"] = len(delivery.rules)
    count["AWS::Lambda::EventSourceMapping"] = len(delivery.polls)
    invoked = [
        *(subscription.target for subscription in delivery.topic_subscriptions),
        *(rule.target for rule in delivery.rules),
    ]
    count["AWS::Lambda::Permission"] = sum(isinstance(target, Consumer) for target in invoked)
    count["AWS::IAM::Role"] += sum(isinstance(rule.target, Topic | Bus) for rule in delivery.rules)
    groups = [rule.target for rule in delivery.rules if isinstance(rule.target, LogGroup)]
    count["AWS::Logs::LogGroup"] = len({group.name for group in groups if group.name is not None})
    count["AWS::Logs::ResourcePolicy"] = 1 if groups else 0


def _actors(topology: Topology, delivery: Delivery, count: Counter[str]) -> None:
    polling = {poll.consumer for poll in delivery.polls}
    for consumer in topology.consumers.values():
        failures = consumer.on_failure is not None
        granted = consumer in polling or bool(consumer.publishes) or failures
        match consumer.function:
            case MadeFunction(retries=retries):
                count["AWS::Lambda::Function"] += 1
                count["AWS::IAM::Role"] += 1
                count["AWS::IAM::Policy"] += granted
                count["AWS::Lambda::EventInvokeConfig"] += failures or retries is not None
            case GivenFunction(address=address):
                count["AWS::Lambda::EventInvokeConfig"] += failures
                if isinstance(address, ByArn):
                    _exported(count, granted=granted)
            case _:
                assert_never(consumer.function)
    for producer in topology.producers.values():
        match producer.role:
            case None:
                _exported(count, granted=bool(producer.publishes))
            case ByArn():
                count["AWS::IAM::Policy"] += bool(producer.publishes)
            case Provided():
                pass  # its policy belongs to whoever made the role
            case _:
                assert_never(producer.role)


def _exported(count: Counter[str], *, granted: bool) -> None:
    """Count the managed policy of somebody outside the stack, and its parameter."""
    count["AWS::IAM::ManagedPolicy"] += granted
    count["AWS::SSM::Parameter"] += granted
