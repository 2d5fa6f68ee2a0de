# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Subscriptions to topics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict, Unpack

from aws_cdk import aws_sns as sns

from .interfaces import Queue, Topic
from .permissions import Permissions
from .queues import Queues
from .targets import Endpoint
from .text import as_text, has_null

_RETRY_DELAY = 20
"""Seconds between tries of an HTTP endpoint, as SNS has it by default."""


class SubscriptionSettings(TypedDict, total=False):
    """What is subscribed to a topic, and to which messages."""

    to: Required[Endpoint]
    raw: bool | None
    """The bare message, without SNS's envelope."""
    filter_policy: Mapping[str, Any] | None
    scope: Literal["MessageAttributes", "MessageBody"] | None
    """What the filter looks at; `MessageAttributes` if it is left out."""
    retries: int | None
    """How often an HTTP endpoint is tried again."""
    delivery: Mapping[str, Any] | None
    """How SNS posts to an HTTP endpoint, as its delivery policy says it, in place of `retries`."""
    dead_letter: Queue | None
    region: str | None
    """That of a topic in another Region, where its ARN can't be taken apart."""


class Subscriptions(Queues, Permissions):
    """Makes subscriptions."""

    def subscription(
        self,
        construct_id: str,
        topic: Topic,
        **settings: Unpack[SubscriptionSettings],
    ) -> sns.CfnSubscription:
        """Subscribe something to a topic, which the queues' policies let in already.

        L1: the L2 doesn't say the scope of a filter, and writes a statement for each subscription
        into the policy of its dead-letter queue. The scope is always said: once it was, an update
        that takes it away fails.
        """
        to, dead_letter = settings["to"], settings.get("dead_letter")
        policy, retries = settings.get("filter_policy"), settings.get("retries")
        nulls = policy is not None and has_null(policy)
        made = sns.CfnSubscription(
            self,
            construct_id,
            topic_arn=topic.topic_arn,
            protocol=to.protocol,
            endpoint=to.address,
            subscription_role_arn=None if to.role is None else to.role.role_arn,
            raw_message_delivery=settings.get("raw"),
            filter_policy=None if nulls else policy,
            filter_policy_scope=settings.get("scope") or "MessageAttributes",
            region=settings.get("region") or _region(topic),
            delivery_policy=settings.get("delivery")
            if retries is None
            else _delivery_policy(retries),
            redrive_policy=None
            if dead_letter is None
            else {"deadLetterTargetArn": dead_letter.queue_arn},
        )
        if nulls:
            made.add_property_override("FilterPolicy", as_text(policy))
        # SNS doesn't try again what a queue or a function refuses, and drops it.
        for queue in (to.queue, dead_letter):
            if queue and (policy_of := queue.node.try_find_child("Policy")):
                made.node.add_dependency(policy_of)
        if to.function is not None:
            for service in to.services:
                suffix = (
                    "Permission"
                    if service == "sns.amazonaws.com"
                    else "RegionalPermission"
                )
                permission = self.permission(
                    construct_id + suffix, to.function, service, topic.topic_arn
                )
                made.node.add_dependency(permission)
        return made

    def subscribe(
        self,
        construct_id: str,
        topic: Topic,
        **settings: Unpack[SubscriptionSettings],
    ) -> sns.CfnSubscription:
        """Subscribe something by hand, and let the topic send to its queues."""
        for queue in (settings["to"].queue, settings.get("dead_letter")):
            if queue is not None:
                self.let_send(queue, topics=[topic])
        return self.subscription(construct_id, topic, **settings)


def _delivery_policy(retries: int) -> dict[str, Any]:
    delays = {"minDelayTarget": _RETRY_DELAY, "maxDelayTarget": _RETRY_DELAY}
    return {"healthyRetryPolicy": {"numRetries": retries, **delays}}


def _region(topic: Topic) -> str | None:
    """Return the Region of a topic that isn't made here: SNS looks in the stack's own otherwise.

    What CloudFormation puts in last of all can't be taken apart.
    """
    if isinstance(topic, sns.Topic) or topic.topic_arn.startswith("{{resolve:"):
        return None
    return str(topic.env.region)
