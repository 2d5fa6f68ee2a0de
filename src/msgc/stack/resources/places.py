"""Plan queues, topics and buses with their policies, archives and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgc.links.model import Links
from msgc.stack.arns import arn, key_arn, place_handle, source_arn
from msgc.stack.iam.access import Access
from msgc.stack.iam.openings import opening, openings
from msgc.stack.iam.policy_documents import allow, document, tls_only
from msgc.stack.iam.resource_policies import Sender
from msgc.stack.model import Existing, Handle, Item, Resource, Rights, Statement
from msgc.stack.values import Address, Attribute, Join, Pseudo, Value
from msgc.topology import ids, names
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.settings import ByName, Fifo
from msgc.topology.units import DEFAULT_QUEUE_SIZE, DEFAULT_RETENTION, DEFAULT_TOPIC_SIZE

DEFAULT_VISIBILITY = 30
"""Seconds, where SQS isn't told otherwise."""

_MOST_REDRIVE_SOURCES = 10
"""SQS takes no more in `sourceQueueArns`."""

OWNERS_ACTIONS = (
    "sns:AddPermission",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:RemovePermission",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
)


def places(topology: Topology, links: Links, access: Access) -> Iterator[Item]:
    """Yield all places: queues, with those for dead letters first, then topics, then buses."""
    poisoned, outside = _poisoned(topology), openings(access.grants)
    for queue in _dead_letters_first(topology.queues.values()):
        statements = (
            *let_in(queue, access.senders.get(queue, ())),
            *(opening(queue, who, grant) for who, grant in outside.get(queue, ())),
        )
        yield from _queue(queue, poisoned.get(queue, []), statements)
        yield from _parameter(queue, links)
    for topic in topology.topics.values():
        statements = tuple(opening(topic, *each) for each in outside.get(topic, ()))
        yield from _topic(topic, statements)
        yield from _parameter(topic, links)
    for bus in topology.buses.values():
        yield from _bus(bus)
        yield from _parameter(bus, links)


def let_in(queue: Queue, senders: Iterable[Sender]) -> tuple[Statement, ...]:
    """Return what lets topics and rules send to a queue, a statement for each service."""
    return tuple(
        Statement(
            actions=("sqs:SendMessage",),
            resources=(arn(queue),),
            services=sender.principals,
            regional_sns=sender.elsewhere,
            condition={"ArnLike": {"aws:SourceArn": tuple(map(source_arn, sender.sources))}},
        )
        for sender in senders
    )


def queue_rights(access: Access) -> Iterator[Item]:
    """Yield who may send to which queue."""
    for queue, senders in access.senders.items():
        if senders:
            path = (ids.place(queue),)
            yield Rights(holder=path, declared=queue, statements=let_in(queue, senders))


def _poisoned(topology: Topology) -> dict[Queue, list[Queue]]:
    """Return the queues that have another as their dead-letter queue, sorted by name."""
    found: dict[Queue, list[Queue]] = {}
    for queue in sorted(topology.queues.values(), key=lambda each: each.built_as):
        if queue.dead_letter:
            found.setdefault(queue.dead_letter.queue, []).append(queue)
    return found


def _dead_letters_first(queues: Iterable[Queue]) -> tuple[Queue, ...]:
    ordered: dict[Queue, None] = {}

    def visit(queue: Queue) -> None:
        if queue in ordered:
            return
        if queue.dead_letter:
            visit(queue.dead_letter.queue)
        ordered[queue] = None

    for queue in queues:
        visit(queue)
    return tuple(ordered)


def _queue(
    queue: Queue, poisoned: Sequence[Queue], statements: Iterable[Statement]
) -> Iterator[Item]:
    """Yield a queue and its policy; of one that is imported, neither."""
    path = (ids.place(queue),)
    if queue.imported is not None:
        yield Existing(
            path=path,
            type="AWS::SQS::Queue",
            address=queue.imported,
            declared=queue,
            handle=Handle(name=place_handle(queue), description=queue.description),
        )
        return
    yield Resource(
        path=path,
        type="AWS::SQS::Queue",
        properties=_properties(queue, poisoned),
        declared=queue,
        handle=Handle(
            name=place_handle(queue),
            description=queue.description if queue.is_declared else "",
        ),
        variant="" if queue.is_declared else "dlq",
    )
    tls = tls_only("sqs:*", {"AWS": "*"}, arn(queue))
    yield Resource(
        path=(*path, "Policy"),
        type="AWS::SQS::QueuePolicy",
        properties={
            "Queues": (Attribute(of=path, name="Url"),),
            "PolicyDocument": document(tls, *map(allow, statements)),
        },
        declared=queue,
        by=path,
    )


def _properties(queue: Queue, poisoned: Sequence[Queue]) -> dict[str, Value]:
    """Return the properties of a queue, without those that are as SQS has them by default."""
    found: dict[str, Value] = {"QueueName": queue.physical_name}
    if queue.encryption is None:
        found["SqsManagedSseEnabled"] = True
    else:
        found["KmsMasterKeyId"] = key_arn(queue.encryption)
    if queue.fifo:
        found |= _fifo(queue.fifo, content_deduplication=queue.content_deduplication)
    if queue.visibility != DEFAULT_VISIBILITY:
        found["VisibilityTimeout"] = queue.visibility
    if queue.retention != DEFAULT_RETENTION:
        found["MessageRetentionPeriod"] = queue.retention
    if queue.delay:
        found["DelaySeconds"] = queue.delay
    if queue.wait:
        found["ReceiveMessageWaitTimeSeconds"] = queue.wait
    if queue.max_size != DEFAULT_QUEUE_SIZE:
        found["MaximumMessageSize"] = queue.max_size
    if queue.dead_letter:
        found["RedrivePolicy"] = {
            "deadLetterTargetArn": arn(queue.dead_letter.queue),
            "maxReceiveCount": queue.dead_letter.after,
        }
    if 0 < len(poisoned) <= _MOST_REDRIVE_SOURCES:
        sources = (Address(service="sqs", resource=each.physical_name) for each in poisoned)
        found["RedriveAllowPolicy"] = {
            "redrivePermission": "byQueue",
            "sourceQueueArns": tuple(sources),
        }
    return found


def _fifo(fifo: Fifo, *, content_deduplication: bool) -> dict[str, Value]:
    properties: dict[str, Value] = {"FifoQueue": True}
    if content_deduplication:
        properties["ContentBasedDeduplication"] = True
    if fifo.per_group:
        properties["FifoThroughputLimit"] = "perMessageGroupId"
        properties["DeduplicationScope"] = "messageGroup"
    return properties


def _topic(topic: Topic, statements: Iterable[Statement]) -> Iterator[Item]:
    path = (ids.place(topic),)
    handle = Handle(name=place_handle(topic), description=topic.description)
    if topic.imported is not None:
        yield Existing(
            path=path, type="AWS::SNS::Topic", address=topic.imported, declared=topic, handle=handle
        )
        return
    properties: dict[str, Value] = {"TopicName": topic.physical_name}
    if topic.display_name:
        properties["DisplayName"] = topic.display_name
    if topic.encryption is not None:
        properties["KmsMasterKeyId"] = key_arn(topic.encryption)
    if topic.fifo:
        properties["FifoTopic"] = True
        if topic.fifo.per_group:
            properties["FifoThroughputScope"] = "MessageGroup"
    if topic.content_deduplication:
        properties["ContentBasedDeduplication"] = True
    if topic.tracing:
        properties["TracingConfig"] = "Active"
    if topic.archive_days is not None:
        properties["ArchivePolicy"] = {"MessageRetentionPeriod": topic.archive_days}
    if topic.max_size != DEFAULT_TOPIC_SIZE:
        properties["MaximumMessageSize"] = topic.max_size
    yield Resource(
        path=path, type="AWS::SNS::Topic", properties=properties, declared=topic, handle=handle
    )
    root = ("arn:", Pseudo(name="AWS::Partition"), ":iam::", Pseudo(name="AWS::AccountId"), ":root")
    own: dict[str, Value] = {
        "Action": OWNERS_ACTIONS,
        "Effect": "Allow",
        "Principal": {"AWS": Join(parts=root)},
        "Resource": arn(topic),
        "Sid": "1",
    }
    tls = tls_only("sns:Publish", "*", arn(topic), Sid="AllowPublishThroughSSLOnly")
    others: list[dict[str, Value]] = [
        {**allow(statement), "Sid": str(number)} for number, statement in enumerate(statements, 2)
    ]
    yield Resource(
        path=(*path, "Policy"),
        type="AWS::SNS::TopicPolicy",
        properties={"Topics": (arn(topic),), "PolicyDocument": document(tls, own, *others)},
        declared=topic,
        by=path,
    )


def _bus(bus: Bus) -> Iterator[Item]:
    path = (ids.place(bus),)
    handle = Handle(name=place_handle(bus), description=bus.description)
    if not bus.is_made:
        yield Existing(
            path=path,
            type="AWS::Events::EventBus",
            address=bus.imported or ByName(name="default"),
            declared=bus,
            handle=handle,
        )
    else:
        properties: dict[str, Value] = {"Name": bus.physical_name}
        if bus.description:
            properties["Description"] = bus.description[:512]
        if bus.encryption is not None:
            properties["KmsKeyIdentifier"] = key_arn(bus.encryption)
        if bus.dead_letter:
            properties["DeadLetterConfig"] = {"Arn": arn(bus.dead_letter)}
        if bus.log is not None:
            properties["LogConfig"] = {
                "Level": bus.log.level.upper(),
                "IncludeDetail": "FULL" if bus.log.detail else "NONE",
            }
        yield Resource(
            path=path,
            type="AWS::Events::EventBus",
            properties=properties,
            declared=bus,
            handle=handle,
        )
    if bus.archive_days is not None:
        kept: dict[str, Value] = {"RetentionDays": bus.archive_days} if bus.archive_days else {}
        if bus.encryption is not None:
            kept["KmsKeyIdentifier"] = key_arn(bus.encryption)
        yield Resource(
            path=(ids.archive(bus),),
            type="AWS::Events::Archive",
            properties={"SourceArn": arn(bus), **kept},
            declared=bus,
            handle=Handle(name=names.snake(f"{bus.name}-archive")),
        )


def _parameter(place: Place, links: Links) -> Iterator[Item]:
    """Yield the parameter in which others find a place's ARN."""
    path = links.addresses[place].parameter
    if path is not None:
        yield Resource(
            path=(ids.parameter(place),),
            type="AWS::SSM::Parameter",
            properties={"Name": path, "Type": "String", "Value": arn(place)},
            declared=place,
            by=(ids.place(place),),
        )
