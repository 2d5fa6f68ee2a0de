# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Topics: over TLS only, managed by their account."""

from __future__ import annotations

from typing import Required, TypedDict, Unpack, cast

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns

from .base import Base
from .interfaces import Key
from .queues import Fifo

_OWNERS_ACTIONS = [
    "sns:AddPermission",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:RemovePermission",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
]


class TopicSettings(TypedDict, total=False):
    """How a topic is made; what is left out is AWS's default."""

    name: Required[str]
    """The topic's name in AWS."""
    display_name: str | None
    fifo: Fifo | None
    content_deduplication: bool | None
    tracing: bool | None
    max_size: int | None
    """Bytes."""
    archive_days: int | None
    """FIFO only: for so long SNS keeps what was published, to send it again."""
    key: Key | None
    """With which it is encrypted."""
    address: str | None
    """The Systems Manager parameter in which others find the ARN."""
    removal: RemovalPolicy | None
    """What becomes of it when it is taken out or replaced, if not what becomes of all."""


class Topics(Base):
    """Makes topics."""

    def topic(self, construct_id: str, **settings: Unpack[TopicSettings]) -> sns.Topic:
        """Make a topic."""
        fifo, tracing = settings.get("fifo"), settings.get("tracing")
        topic = sns.Topic(
            self,
            construct_id,
            topic_name=settings["name"],
            display_name=settings.get("display_name"),
            fifo=True if fifo else None,
            content_based_deduplication=settings.get("content_deduplication"),
            fifo_throughput_scope=sns.FifoThroughputScope.MESSAGE_GROUP
            if fifo == "per-group"
            else None,
            tracing_config=sns.TracingConfig.ACTIVE if tracing else None,
            message_retention_period_in_days=settings.get("archive_days"),
            master_key=settings.get("key"),
            enforce_ssl=True,
        )
        # A policy of its own (here: TLS only) replaces the one that SNS gives a new topic, and
        # with it what the account may do. Publishing isn't part of it: that is granted.
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.AccountRootPrincipal()],
                actions=_OWNERS_ACTIONS,
                resources=[topic.topic_arn],
            )
        )
        if (key := settings.get("key")) is not None:
            self._encrypted[topic.topic_arn] = key
            self._encrypted[self.topic_arn(settings["name"])] = key
        if (
            size := settings.get("max_size")
        ) is not None:  # the L2 has no argument for it
            made = cast("sns.CfnTopic", topic.node.default_child)
            made.maximum_message_size = size
        topic.apply_removal_policy(settings.get("removal") or self.removal)
        if (address := settings.get("address")) is not None:
            self.parameter(f"{construct_id}Parameter", address, topic.topic_arn)
        return topic
