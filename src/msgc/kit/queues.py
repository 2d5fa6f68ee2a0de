# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Queues: encrypted, over TLS only, each with somewhere for what can't be processed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict, Unpack

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from .base import Base
from .interfaces import Bus, Key, Queue, Topic

Fifo = Literal[True, "per-group"]
"""First in, first out; `per-group` is high throughput: limits and deduplication count for each
message group."""


class QueueSettings(TypedDict, total=False):
    """How a queue is made; what is left out is AWS's default but for `wait`."""

    name: Required[str]
    """The queue's name in AWS."""
    fifo: Fifo | None
    content_deduplication: bool | None
    visibility: Duration | None
    retention: Duration | None
    """4 days if it is left out; 14 for a dead-letter queue."""
    delay: Duration | None
    wait: Duration | None
    """20 seconds if it is left out: long polling."""
    max_size: int | None
    """Bytes."""
    key: Key | None
    """With which it is encrypted; SQS's own if it is left out."""
    dead_letter: sqs.DeadLetterQueue | None
    only_from: Sequence[str] | None
    """Names of the queues that may use this one for dead letters; without: any of the account."""
    address: str | None
    """The Systems Manager parameter in which others find the ARN."""
    removal: RemovalPolicy | None
    """What becomes of it when it is taken out or replaced, if not what becomes of all."""


class Queues(Base):
    """Makes queues."""

    def queue(self, construct_id: str, **settings: Unpack[QueueSettings]) -> sqs.Queue:
        """Make a queue."""
        fifo = settings.get("fifo")
        per_group = fifo == "per-group"
        wait, key = settings.get("wait"), settings.get("key")
        sources = settings.get("only_from") or ()
        queue = sqs.Queue(
            self,
            construct_id,
            queue_name=settings["name"],
            fifo=True if fifo else None,
            content_based_deduplication=settings.get("content_deduplication"),
            fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID
            if per_group
            else None,
            deduplication_scope=sqs.DeduplicationScope.MESSAGE_GROUP
            if per_group
            else None,
            visibility_timeout=settings.get("visibility"),
            retention_period=settings.get("retention"),
            delivery_delay=settings.get("delay"),
            receive_message_wait_time=Duration.seconds(20)
            if wait is None
            else _or_none(wait),
            max_message_size_bytes=settings.get("max_size"),
            encryption=sqs.QueueEncryption.SQS_MANAGED
            if key is None
            else sqs.QueueEncryption.KMS,
            encryption_master_key=key,
            enforce_ssl=True,
            dead_letter_queue=settings.get("dead_letter"),
            redrive_allow_policy=self._only_from(sources) if sources else None,
            removal_policy=settings.get("removal") or self.removal,
        )
        if key is not None:
            self._encrypted[queue.queue_arn] = key
            self._encrypted[self.queue_arn(settings["name"])] = key
        if (address := settings.get("address")) is not None:
            self.parameter(f"{construct_id}Parameter", address, queue.queue_arn)
        return queue

    def dlq(self, construct_id: str, **settings: Unpack[QueueSettings]) -> sqs.Queue:
        """Make a queue for what others can't process or deliver."""
        settings.setdefault("retention", Duration.days(14))
        return self.queue(construct_id, **settings)

    def let_send(
        self,
        queue: Queue,
        *,
        topics: Sequence[Topic | str] = (),
        also: Sequence[str] = (),
        buses: Sequence[Bus] = (),
        rules: Sequence[events.CfnRule | str] = (),
    ) -> None:
        """Let topics, buses and rules send to a queue, a statement for each service.

        A text is an ARN, or what the ARNs of many have in common; `also` are names under which SNS
        delivers besides its own: it has one for each opt-in Region. A queue that exists already
        has its owner's policy, and stays as it is.
        """
        arns = [t if isinstance(t, str) else t.topic_arn for t in topics]
        self._let_send(queue, ["sns.amazonaws.com", *also], arns)
        arns = [bus.event_bus_arn for bus in buses]
        arns += [r if isinstance(r, str) else r.attr_arn for r in rules]
        self._let_send(queue, ["events.amazonaws.com"], arns)

    def _let_send(
        self, queue: Queue, services: Sequence[str], sources: Sequence[str]
    ) -> None:
        if sources:
            send = ["sqs:SendMessage"]
            self._rights += [(service, send, queue.queue_arn) for service in services]
            queue.add_to_resource_policy(
                iam.PolicyStatement(
                    principals=[iam.ServicePrincipal(service) for service in services],
                    actions=["sqs:SendMessage"],
                    resources=[queue.queue_arn],
                    conditions={"ArnLike": {"aws:SourceArn": sources}},
                )
            )

    def _only_from(self, names: Sequence[str]) -> sqs.RedriveAllowPolicy:
        # Handles from names: references both ways would be a cycle.
        queues = [
            sqs.Queue.from_queue_arn(self, f"{name}-source", self.queue_arn(name))
            for name in names
        ]
        return sqs.RedriveAllowPolicy(
            redrive_permission=sqs.RedrivePermission.BY_QUEUE, source_queues=queues
        )


def after(receives: int, queue: Queue) -> sqs.DeadLetterQueue:
    """Say where a queue's messages go that were received so often."""
    return sqs.DeadLetterQueue(queue=queue, max_receive_count=receives)


def _or_none(duration: Duration) -> Duration | None:
    return duration if duration.to_seconds() else None
