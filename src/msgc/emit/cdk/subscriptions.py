"""Subscriptions to topics, one for each topic and endpoint."""

from __future__ import annotations

from typing import assert_never

from msgc.delivery.plan import TopicSubscription
from msgc.delivery.policies import sns_principals
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, has_null, json_text, json_value, mapping, new
from msgc.emit.cdk.permissions import permission
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Consumer, Email, HttpEndpoint, Queue, Retry, Sms, Topic


def subscriptions(sheet: Sheet) -> Section:
    """Return the section that subscribes endpoints to topics."""
    found = sheet.delivery.topic_subscriptions
    sns = sheet.aws("sns") if found else ""
    return Section(
        method="_add_subscriptions",
        docstring="Who is subscribed to which topic.",
        items=found,
        write=_write_subscription,
        before=lambda sheet: sheet.writer.comment(
            "L1: the L2 doesn't say the scope of a filter, and writes a statement for each "
            "subscription into the policy of its dead-letter queue (`_add_senders` writes one)."
        ),
        attributes=tuple(
            Attribute(
                name=naming.subscription_name(subscription),
                type=f"{sns}.CfnSubscription",
                description=_description(subscription),
            )
            for subscription in found
        ),
    )


_SCOPE = "MessageAttributes"
"""SNS's default, said without a filter, too: once a scope was there, an update that takes it away
fails with "Invalid value [null]" (cloudformation-coverage-roadmap #1840)."""


def _description(subscription: TopicSubscription) -> str:
    said = [edge.description for edge in subscription.edges if edge.description]
    return " ".join(said) or f"From `{', '.join(edge.name for edge in subscription.edges)}`."


def _write_subscription(sheet: Sheet, subscription: TopicSubscription) -> None:
    target, dead_letter, policy = subscription.target, subscription.dead_letter, subscription.policy
    name = f"self.{naming.subscription_name(subscription)}"
    nulls = policy is not None and has_null(policy.policy)
    redrive = None
    if dead_letter is not None:
        redrive = mapping([("deadLetterTargetArn", naming.arn(dead_letter))])
    sheet.write(
        new(
            f"{name} = {sheet.aws('sns')}.CfnSubscription",
            "self",
            string(subscription.construct_id),
            topic_arn=naming.arn(subscription.topic),
            protocol=string(subscription.protocol),
            endpoint=_endpoint(subscription),
            raw_message_delivery="True" if subscription.raw else None,
            filter_policy=json_value(policy.policy) if policy and not nulls else None,
            filter_policy_scope=string(policy.scope if policy else _SCOPE),
            region=_region(subscription.topic),
            delivery_policy=_delivery_policy(subscription.retry),
            redrive_policy=redrive,
        )
    )
    if policy is not None and nulls:
        sheet.writer.comment("As text: on its way into a template, null gets lost otherwise.")
        text = json_text(policy.policy, sheet.writer.use_module("json"))
        sheet.write(new(f"{name}.add_property_override", string("FilterPolicy"), text))
    queues = [each for each in (target, dead_letter) if isinstance(each, Queue)]
    if queues:
        sheet.write(new("_after_policies", name, *(naming.attribute(queue) for queue in queues)))
    if isinstance(target, Consumer):
        source = naming.arn(subscription.topic)
        for i, principal in enumerate(sns_principals([subscription.topic])):
            identifier = ids.permission(subscription.construct_id, regional=i > 0)
            made = permission(identifier, target, principal, source)
            sheet.write(new(f"{name}.node.add_dependency", made))


def _delivery_policy(retry: Retry | None) -> Call | None:
    """Return how often an HTTP endpoint is tried; 20 seconds apart, as SNS has it by default."""
    if retry is None or retry.attempts is None:
        return None
    delays = [("minDelayTarget", "20"), ("maxDelayTarget", "20")]
    healthy = mapping([("numRetries", str(retry.attempts)), *delays])
    return mapping([("healthyRetryPolicy", healthy)])


def write_after_policies(sheet: Sheet) -> None:
    """Write the function that makes subscriptions wait for the policies of their queues."""
    sns, sqs = sheet.aws("sns"), sheet.aws("sqs")
    parameters = f"subscription: {sns}.CfnSubscription, *queues: {sqs}.Queue"
    with sheet.writer.block(f"def _after_policies({parameters}) -> None:"):
        sheet.writer.docstring(
            "Subscribe when the queues' policies are there: SNS doesn't try again what a queue "
            "refuses, and drops it."
        )
        sheet.writer.line("for queue in queues:")
        policy = 'queue.node.find_child("Policy")'
        sheet.writer.line(f"    subscription.node.add_dependency({policy})")


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
