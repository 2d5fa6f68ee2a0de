"""Subscriptions to topics, one for each topic and endpoint."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.delivery.plan import FilterPolicy, TopicSubscription
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, has_null, json_value, listing, mapping, new
from msgc.emit.cdk.permissions import write_permission
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology.model import Consumer, Email, HttpEndpoint, Queue, Sms, Topic


def subscriptions(sheet: Sheet) -> Section:
    """Return the section that subscribes endpoints to topics."""
    found = sheet.delivery.topic_subscriptions
    sns = sheet.aws("sns") if found else ""
    return Section(
        method="_add_subscriptions",
        docstring="Who is subscribed to which topic.",
        items=found,
        write=_write_subscription,
        before=_write_dead_letter_handles,
        attributes=tuple(
            Attribute(
                name=naming.subscription_name(subscription),
                type=f"{sns}.Subscription",
                description=_description(subscription),
            )
            for subscription in found
        ),
    )


def _description(subscription: TopicSubscription) -> str:
    said = [edge.description for edge in subscription.edges if edge.description]
    return " ".join(said) or f"From `{', '.join(edge.name for edge in subscription.edges)}`."


def _dead_letters(sheet: Sheet) -> tuple[Queue, ...]:
    found = (subscription.dead_letter for subscription in sheet.delivery.topic_subscriptions)
    return tuple(dict.fromkeys(queue for queue in found if queue))


def _write_dead_letter_handles(sheet: Sheet) -> None:
    queues = _dead_letters(sheet)
    if queues:
        sheet.writer.comment(
            "Handles, because each subscription adds a statement to the policy of the queue that "
            "it is given: `_add_senders` says it once for all."
        )
    for queue in queues:
        handle = f"{sheet.aws('sqs')}.Queue.from_queue_arn"
        identifier = string(f"{naming.construct_id(queue)}Handle")
        name = naming.attribute_name(queue)
        sheet.write(new(f"{name} = {handle}", "self", identifier, naming.arn(queue)))


def _write_subscription(sheet: Sheet, subscription: TopicSubscription) -> None:
    sns = sheet.aws("sns")
    protocol = subscription.protocol.replace("-", "_").upper()
    dead_letter, retry, policy = subscription.dead_letter, subscription.retry, subscription.policy
    nulls = policy is not None and has_null(policy.policy)
    filters = {} if policy is None or nulls else _filter_policy(sns, policy)
    attempts = retry.attempts if retry else None
    delivery_policy = attempts is not None and new(
        f"{sns}.DeliveryPolicy",
        healthy_retry_policy=new(f"{sns}.HealthyRetryPolicy", num_retries=str(attempts)),
    )
    name = f"self.{naming.subscription_name(subscription)}"
    sheet.write(
        new(
            f"{name} = {sns}.Subscription",
            "self",
            string(subscription.logical_id),
            topic=naming.attribute(subscription.topic),
            protocol=f"{sns}.SubscriptionProtocol.{protocol}",
            endpoint=_endpoint(subscription),
            raw_message_delivery="True" if subscription.raw else None,
            **filters,
            region=_region(subscription.topic),
            delivery_policy=delivery_policy or None,
            dead_letter_queue=naming.attribute_name(dead_letter) if dead_letter else None,
        )
    )
    if policy is not None and nulls:
        _write_policy_with_null(sheet, name, policy)
    if isinstance(subscription.target, Consumer):
        write_permission(
            sheet,
            f"{subscription.logical_id}Permission",
            subscription.target,
            "sns.amazonaws.com",
            naming.arn(subscription.topic),
        )


def _region(topic: Topic) -> str | None:
    """Return where the topic is: SNS looks for it in the stack's own region otherwise."""
    return f"{naming.attribute(topic)}.env.region" if topic.imported else None


def _endpoint(subscription: TopicSubscription) -> str:
    target = subscription.target
    match target:
        case Queue():
            return naming.arn(target)
        case Consumer():
            return f"{naming.function(target)}.function_arn"
        case HttpEndpoint(url=url):
            return string(url)
        case Email(address=address):
            return string(address)
        case Sms(number=number):
            return string(number)
        case _:
            assert_never(target)


def _filter_policy(sns: str, policy: FilterPolicy) -> dict[str, Call]:
    if policy.scope == "MessageAttributes":
        pairs = ((key, _conditions(sns, value)) for key, value in policy.policy.items())
        return {"filter_policy": mapping(pairs)}
    pairs = ((key, _filter_or_policy(sns, value)) for key, value in policy.policy.items())
    return {"filter_policy_with_message_body": mapping(pairs)}


def _conditions(sns: str, values: list[Any]) -> Call:
    return new(f"{sns}.SubscriptionFilter", listing(json_value(value) for value in values))


def _filter_or_policy(sns: str, value: Any) -> Call:
    if isinstance(value, dict):
        pairs = ((key, _filter_or_policy(sns, item)) for key, item in value.items())
        return new(f"{sns}.FilterOrPolicy.policy", mapping(pairs))
    return new(f"{sns}.FilterOrPolicy.filter", _conditions(sns, value))


def _write_policy_with_null(sheet: Sheet, name: str, policy: FilterPolicy) -> None:
    cast, dumps = sheet.writer.use("typing", "cast"), sheet.writer.use_module("json")
    sheet.writer.comment("As text: on its way into a template, null gets lost otherwise.")
    child = new(cast, string(f"{sheet.aws('sns')}.CfnSubscription"), f"{name}.node.default_child")
    local = f"cfn_{name.removeprefix('self.')}"
    sheet.write(child.replace(head=f"{local} = {child.head}"))
    text = new(f"{dumps}.dumps", json_value(policy.policy))
    override = f"{local}.add_property_override"
    sheet.write(new(override, string("FilterPolicy"), text))
    sheet.write(new(override, string("FilterPolicyScope"), string(policy.scope)))
