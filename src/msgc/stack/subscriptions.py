"""Subscriptions to topics, and the permissions of the functions that they invoke."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery.plan import TopicSubscription
from msgc.kinds import Role
from msgc.stack.arns import arn, end_arn, function_arn
from msgc.stack.grants import SNS, sns_services
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.roles import role
from msgc.stack.values import Attribute, Value, pattern
from msgc.topology import ids, names
from msgc.topology.model import Consumer, Declared, Outside, Queue, Retry, kind_of

SCOPE = "MessageAttributes"
"""SNS's default, said without a filter, too: once a scope was there, an update that takes it away
fails with "Invalid value [null]" (cloudformation-coverage-roadmap #1840)."""

RETRY_DELAY = 20
"""Seconds between tries of an HTTP endpoint, as SNS has it by default."""


def subscription(made: TopicSubscription) -> Iterator[Item]:
    """Yield a subscription, and before it the permissions that it waits for."""
    path, edge = (made.construct_id,), made.edges[0]
    permissions: list[Resource] = []
    if isinstance(made.target, Consumer):
        for i, principal in enumerate(sns_services(made.topic)):
            identifier = ids.permission(made.construct_id, regional=i > 0)
            permissions.append(
                permission(identifier, made.target, principal, arn(made.topic), path, edge)
            )
    sender = _role(made)
    if sender is not None:
        yield sender
    queues = [each for each in (made.target, made.dead_letter) if isinstance(each, Queue)]
    waits_for = [(ids.place(queue), "Policy") for queue in queues]
    yield Resource(
        path=path,
        type="AWS::SNS::Subscription",
        properties=_properties(made, sender),
        declared=edge,
        handle=Handle(name=_name(made), description=_description(made)),
        depends_on=(*waits_for, *(each.path for each in permissions)),
    )
    yield from permissions


def permission(  # noqa: PLR0913, PLR0917  # what a permission is made of
    identifier: str,
    consumer: Consumer,
    service: str,
    source: Value,
    by: tuple[str, ...],
    declared: Declared,
) -> Resource:
    """Return what lets a service invoke a function for one topic or rule."""
    return Resource(
        path=(identifier,),
        type="AWS::Lambda::Permission",
        properties={
            "Action": "lambda:InvokeFunction",
            "FunctionName": function_arn(consumer),
            "Principal": service,
            "SourceArn": source,
        },
        declared=declared,
        by=by,
    )


def _properties(made: TopicSubscription, sender: Resource | None) -> dict[str, Value]:
    policy = made.policy
    properties: dict[str, Value] = {
        "TopicArn": arn(made.topic),
        "Protocol": made.protocol,
        "Endpoint": _endpoint(made),
        "FilterPolicyScope": policy.scope if policy else SCOPE,
    }
    if sender is not None:
        properties["SubscriptionRoleArn"] = Attribute(of=sender.path, name="Arn")
    if made.raw:
        properties["RawMessageDelivery"] = True
    if policy is not None:
        properties["FilterPolicy"] = pattern(policy.policy)
    if made.topic.imported is not None:  # SNS looks for it in the stack's own Region otherwise
        properties["Region"] = Attribute(of=(ids.place(made.topic),), name="Region")
    if made.retry is not None and made.retry.attempts is not None:
        properties["DeliveryPolicy"] = _delivery_policy(made.retry)
    if made.dead_letter is not None:
        properties["RedrivePolicy"] = {"deadLetterTargetArn": arn(made.dead_letter)}
    return properties


def _role(made: TopicSubscription) -> Resource | None:
    """Return the role that SNS needs for an endpoint, if it does."""
    by_topic = kind_of(made.target).by_topic
    if by_topic is None or not isinstance(by_topic.access, Role):
        return None
    return role(
        path=(f"{made.construct_id}Role",),
        name=f"{_name(made)}_role",
        service=SNS,
        actions=by_topic.access.actions,
        target=made.target,
        declared=made.edges[0],
    )


def _delivery_policy(retry: Retry) -> Value:
    return {
        "healthyRetryPolicy": {
            "numRetries": retry.attempts,
            "minDelayTarget": RETRY_DELAY,
            "maxDelayTarget": RETRY_DELAY,
        }
    }


def _endpoint(made: TopicSubscription) -> Value:
    target = made.target
    if isinstance(target, Outside) and target.kind.cdk is None:
        return target.text
    return end_arn(target)


def _name(made: TopicSubscription) -> str:
    """Return the attribute: by the edge's name, or of a consumer by its own and the topic's."""
    if isinstance(made.target, Consumer) and made.edges[0].node is made.target.node:
        return names.snake(f"{made.target.name}-from-{made.topic.name}-subscription")
    return names.snake(f"{min(edge.name for edge in made.edges)}-subscription")


def _description(made: TopicSubscription) -> str:
    return " ".join(edge.description for edge in made.edges if edge.description)
