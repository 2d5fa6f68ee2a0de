"""Plan SNS subscriptions, and what lets topics deliver along them."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import SnsSubscription
from msgc.stack.arns import arn, end_arn, end_handle
from msgc.stack.iam.deliveries import permissions, role
from msgc.stack.iam.grant import SNS, Grant
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.values import Attribute, Path, Value, pattern, text
from msgc.topology import ids, names
from msgc.topology.ends import Topic
from msgc.topology.narrowing import as_consumer, as_outside, as_place
from msgc.topology.settings import HttpPolicy, delays, parameter_in, region_in

SCOPE = "MessageAttributes"
"""SNS's default, said without a filter, too: once a scope was there, an update that takes it away
fails with "Invalid value [null]" (cloudformation-coverage-roadmap #1840)."""


def sns_subscription(made: SnsSubscription, granted: tuple[Grant, ...]) -> Iterator[Item]:
    """Yield a subscription, its role before it, and the permissions that it waits for.

    One that is switched off isn't made: SNS has no such state.
    """
    if not made.is_made:
        return
    sender = role(granted, (f"{made.construct_id}Role",), f"{_name(made)}_role", SNS)
    if sender is not None:
        yield sender
    let_in = permissions(granted, made.construct_id, arn(made.topic), by=made.construct_id)
    yield Resource(
        path=(made.construct_id,),
        type="AWS::SNS::Subscription",
        properties=subscription_properties(made, sender),
        declared=made.edges[0],
        handle=Handle(name=_name(made), description=_description(made)),
        depends_on=(*_policies(made, granted), *(each.path for each in let_in)),
    )
    yield from let_in


def _policies(made: SnsSubscription, granted: tuple[Grant, ...]) -> Iterator[Path]:
    """Yield the policies of the queues that a subscription sends to."""
    sent = [as_place(made.target)] if any(grant.may == "send" for grant in granted) else []
    for queue in (*sent, made.dead_letter):
        if queue is not None and queue.imported is None:
            yield (ids.place(queue), "Policy")


def subscription_properties(
    made: SnsSubscription, sender: Resource | None = None
) -> dict[str, Value]:
    """Return the properties of a subscription, and of the role with which SNS delivers, if any."""
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
    if (region := _told_region(made.topic)) is not None:
        properties["Region"] = region
    elif _may_be_elsewhere(made.topic):  # SNS looks for it in the stack's own Region otherwise
        properties["Region"] = Attribute(of=(ids.place(made.topic),), name="Region")
    if made.http_policy is not None:
        properties["DeliveryPolicy"] = _delivery_policy(made.http_policy)
    if made.dead_letter is not None:
        properties["RedrivePolicy"] = {"deadLetterTargetArn": arn(made.dead_letter)}
    return properties


def _told_region(topic: Topic) -> str | None:
    """Return the Region that the file says beside the parameter with a topic's ARN."""
    return None if parameter_in(topic.imported) is None else region_in(topic.imported) or None


def _may_be_elsewhere(topic: Topic) -> bool:
    """Whether the Region of a topic can be read from its ARN, and may be another than the stack's.

    The ARN that a parameter has can't be taken apart where the parameter's name has placeholders:
    CloudFormation puts it in last.
    """
    parameter = parameter_in(topic.imported)
    return topic.imported is not None and (parameter is None or isinstance(parameter, str))


def _delivery_policy(policy: HttpPolicy) -> Value:
    """Return a delivery policy in SNS's words; with retries come the delays between them.

    https://docs.aws.amazon.com/sns/latest/dg/set-sub-attributes-delivery-policy-json.html
    """
    least, most = delays(policy)
    retries: dict[str, Value] = {
        "numRetries": policy.num_retries,
        "numNoDelayRetries": policy.num_no_delay_retries,
        "numMinDelayRetries": policy.num_min_delay_retries,
        "numMaxDelayRetries": policy.num_max_delay_retries,
        "minDelayTarget": policy.min_delay_target,
        "maxDelayTarget": policy.max_delay_target,
        "backoffFunction": policy.backoff_function,
    }
    if any(value is not None for value in retries.values()):
        retries |= {"minDelayTarget": least, "maxDelayTarget": most}
    parts: dict[str, dict[str, Value]] = {
        "healthyRetryPolicy": retries,
        "throttlePolicy": {"maxReceivesPerSecond": policy.max_receives_per_second},
        "requestPolicy": {"headerContentType": policy.header_content_type},
    }
    found: dict[str, Value] = {}
    for word, part in parts.items():
        given: dict[str, Value] = {k: v for k, v in part.items() if v is not None}
        if given:
            found[word] = given
    return found


def _endpoint(made: SnsSubscription) -> Value:
    outside = as_outside(made.target)
    if outside is not None and outside.kind.cdk is None:
        return text(outside.text or "")
    return end_arn(made.target)


def _name(made: SnsSubscription) -> str:
    """Return the attribute: by the edge's name, or of a consumer by its own and the topic's.

    Of one in a list of targets, the name says which.
    """
    consumer = as_consumer(made.target)
    if consumer is not None and any(edge.node is consumer.node for edge in made.edges):
        return names.snake(f"{consumer.name}-from-{made.topic.name}-subscription")
    first = min(made.edges, key=lambda edge: edge.name)
    to = "" if first.index is None else f"-to-{end_handle(made.target)}"
    return names.snake(f"{first.name}{to}-subscription")


def _description(made: SnsSubscription) -> str:
    return " ".join(edge.description for edge in made.edges if edge.description)
