"""Which resources `overrides` are about, and which of their properties have words instead."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.record import Record
from msgc.stack.model import Resource, Stack
from msgc.stack.tagging import dead_letters
from msgc.topology import ids
from msgc.topology.declared import Declared
from msgc.topology.ends import Consumer
from msgc.tree import Mapping, Node, Scalar

ITSELF = ""
"""The part that overrides are about without naming one."""
_PARTS = {
    "AWS::Events::Archive": "archive",
    "AWS::Events::EventBus": ITSELF,
    "AWS::Events::Rule": ITSELF,
    "AWS::IAM::ManagedPolicy": ITSELF,
    "AWS::IAM::Policy": ITSELF,
    "AWS::IAM::Role": "role",
    "AWS::Lambda::EventSourceMapping": ITSELF,
    "AWS::Pipes::Pipe": ITSELF,
    "AWS::SNS::Subscription": ITSELF,
    "AWS::SNS::Topic": ITSELF,
    "AWS::SNS::TopicPolicy": "policy",
    "AWS::SQS::Queue": ITSELF,
    "AWS::SQS::QueuePolicy": "policy",
    "AWS::Scheduler::Schedule": ITSELF,
}
"""By type of a resource, which part of what it is made for it is."""
_PARTS_OF_FUNCTION = {
    "AWS::IAM::Role": "role",
    "AWS::Lambda::Function": ITSELF,
    "AWS::Logs::LogGroup": "log_group",
}

_ENCRYPTION = "`encryption`"
_TAGS = {"Tags": "`tags`"}
_STATEMENTS = {"PolicyDocument.Statement": "`allow`, or a producer with `service` or `account`"}
WORDS: dict[str, dict[str, str]] = {
    "AWS::Events::Archive": {
        "SourceArn": "`archive`", "RetentionDays": "`archive: {retention: ...}`",
        "KmsKeyIdentifier": _ENCRYPTION,
    },
    "AWS::Events::EventBus": {
        **_TAGS, "Name": "`name`", "Description": "`description`",
        "DeadLetterConfig": "`dead_letter`", "LogConfig": "`log`", "Policy": "`allow`",
        "EventSourceName": "`import`", "KmsKeyIdentifier": _ENCRYPTION,
    },
    "AWS::Events::Rule": {
        **_TAGS, "EventBusName": "`from`", "EventPattern": "`filter`, or `pattern`",
        "ScheduleExpression": "`from: {schedule: ...}`", "State": "`enabled`",
        "Description": "`description`", "Targets": "`to`, `send`, `retry` and `dead_letter`",
    },
    "AWS::IAM::ManagedPolicy": {"PolicyDocument": "`publishes` and `reads`"},
    "AWS::IAM::Policy": {"PolicyDocument": "`publishes` and `reads`", "Roles": "`role`"},
    "AWS::IAM::Role": {
        **_TAGS, "AssumeRolePolicyDocument": "`to`, or `function`", "Policies": "`to`",
        "ManagedPolicyArns.0": "`function: {role: provided}`, a role of your own",
    },
    "AWS::Lambda::EventSourceMapping": {
        **_TAGS, "FunctionName": "`function`", "EventSourceArn": "`from`",
        "BatchSize": "`batch: {size: ...}`",
        "MaximumBatchingWindowInSeconds": "`batch: {window: ...}`",
        "FunctionResponseTypes": "`partial_failures`", "ScalingConfig": "`concurrency: {max: ...}`",
        "ProvisionedPollerConfig": "`concurrency: {pollers: {...}}`", "FilterCriteria": "`filter`",
        "Enabled": "`enabled`", "StartingPosition": "`from: {start: ...}`",
        "ParallelizationFactor": "`parallel`", "BisectBatchOnFunctionError": "`bisect`",
        "MaximumRetryAttempts": "`retry: {attempts: ...}`",
        "MaximumRecordAgeInSeconds": "`retry: {max_age: ...}`",
        "DestinationConfig": "`dead_letter`", "KmsKeyArn": _ENCRYPTION,
    },
    "AWS::Lambda::Function": {
        **_TAGS, "Code": "`code`", "Handler": "`handler`", "Runtime": "`runtime`",
        "Timeout": "`timeout`", "MemorySize": "`memory`", "Environment": "`environment`",
        "ReservedConcurrentExecutions": "`reserved`", "Layers": "`layers`",
        "Architectures": "`architecture`", "TracingConfig": "`tracing`",
        "LoggingConfig.LogGroup": "`logs`", "VpcConfig": "`vpc`", "Role": "`role`",
        "Description": "the consumer's `description`", "DeadLetterConfig": "`on_failure`",
        "KmsKeyArn": _ENCRYPTION,
    },
    "AWS::Logs::LogGroup": {
        **_TAGS, "RetentionInDays": "`logs: {retention: ...}`", "KmsKeyId": _ENCRYPTION,
    },
    "AWS::Pipes::Pipe": {
        **_TAGS, "Source": "`from`", "Target": "`to`", "Enrichment": "`enrich`", "RoleArn": "`to`",
        "DesiredState": "`enabled`", "Description": "`description`",
        "SourceParameters": "`filter`, `batch`, `retry` and `parallel`",
        "EnrichmentParameters": "`enrich`", "TargetParameters": "`send`",
        "LogConfiguration": "`log`", "KmsKeyIdentifier": _ENCRYPTION,
    },
    "AWS::SNS::Subscription": {
        "TopicArn": "`from`", "Protocol": "`to`", "Endpoint": "`to`", "RawMessageDelivery": "`raw`",
        "FilterPolicy": "`filter`", "FilterPolicyScope": "`filter_on`",
        "RedrivePolicy": "`dead_letter`", "DeliveryPolicy": "`delivery`, or `retry`",
        "Region": "`region`", "SubscriptionRoleArn": "`to`",
    },
    "AWS::SNS::Topic": {
        **_TAGS, "TopicName": "`name`", "FifoTopic": "`fifo`", "FifoThroughputScope": "`fifo`",
        "ContentBasedDeduplication": "`deduplicate_by` of the messages",
        "DisplayName": "`display_name`", "TracingConfig": "`tracing`", "ArchivePolicy": "`archive`",
        "MaximumMessageSize": "`max_size`", "KmsMasterKeyId": _ENCRYPTION,
        "Subscription": "`subscriptions`",
    },
    "AWS::SNS::TopicPolicy": {**_STATEMENTS, "Topics": "the topic"},
    "AWS::SQS::Queue": {
        **_TAGS, "QueueName": "`name`", "FifoQueue": "`fifo`", "FifoThroughputLimit": "`fifo`",
        "DeduplicationScope": "`fifo`",
        "ContentBasedDeduplication": "`deduplicate_by` of the messages",
        "VisibilityTimeout": "`visibility`", "MessageRetentionPeriod": "`retention`",
        "DelaySeconds": "`delay`", "ReceiveMessageWaitTimeSeconds": "`wait`",
        "MaximumMessageSize": "`max_size`", "RedrivePolicy": "`dead_letter`",
        "RedriveAllowPolicy": "`dead_letter`", "KmsMasterKeyId": _ENCRYPTION,
        "SqsManagedSseEnabled": _ENCRYPTION,
    },
    "AWS::SQS::QueuePolicy": {**_STATEMENTS, "Queues": "the queue"},
    "AWS::Scheduler::Schedule": {
        "ScheduleExpression": "`from: {schedule: ...}`", "ScheduleExpressionTimezone": "`timezone`",
        "FlexibleTimeWindow": "`window`", "StartDate": "`start`", "EndDate": "`end`",
        "State": "`enabled`", "Target": "`to`, `send`, `retry` and `dead_letter`",
        "Description": "`description`", "KmsKeyArn": _ENCRYPTION,
    },
}  # fmt: skip
"""By type the properties that msgc works out, reasons about or checks, and what says them."""


class Overridden(Record):
    """Overrides of a part of something, with the resources that it is: none, or several."""

    of: Declared
    part: str
    key: Scalar | None
    """The word that names the part."""
    node: Mapping
    """Paths and values."""
    resources: tuple[Resource, ...]


def overridden(stack: Stack) -> Iterator[Overridden]:
    """Yield all that the file overrides, in its order."""
    topology = stack.links.topology
    owners = dead_letters(topology)
    polls = {
        ids.mapping(made.consumer, made.queue): made.edge
        for made in stack.links.event_source_mappings
    }
    made: dict[tuple[Node, str], list[Resource]] = {}
    for resource in stack.resources:
        of = owners.get(resource.declared)
        part = _PARTS.get(resource.type)
        if part is None or _is_of_function(resource) or _is_right_of_consumer(stack, resource):
            continue
        if of is None:
            node = polls.get(resource.path[0], resource.declared).node
            made.setdefault((node, part), []).append(resource)
        elif part == ITSELF:
            made.setdefault((of.node, "dead_letter"), []).append(resource)
    settled: tuple[Declared, ...] = (
        *topology.places, *topology.subscriptions.values(), *topology.consumers.values(),
        *topology.producers.values(),
    )  # fmt: skip
    seen: set[tuple[str, int]] = set()
    for of in settled:
        for part, key, node in _written(of.node):
            if node.span.place not in seen:
                seen.add(node.span.place)
                found = tuple(made.get((of.node, part), ()))
                yield Overridden(of=of, part=part, key=key, node=node, resources=found)
    for consumer in topology.consumers.values():
        yield from _of_function(stack, consumer)


def _of_function(stack: Stack, consumer: Consumer) -> Iterator[Overridden]:
    """Yield what is overridden of a function, and of what is made for it."""
    function = consumer.node.get("function") if isinstance(consumer.node, Mapping) else None
    for part, key, node in _written(function):
        found = tuple(
            resource
            for resource in stack.resources
            if resource.declared is consumer
            and _is_of_function(resource)
            and _PARTS_OF_FUNCTION[resource.type] == part
        )
        yield Overridden(of=consumer, part=part, key=key, node=node, resources=found)


def _is_right_of_consumer(stack: Stack, resource: Resource) -> bool:
    """Whether a resource is a policy with what a function may do, which its edges say."""
    is_policy = resource.type in {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"}
    return is_policy and resource.declared not in stack.links.topology.producers.values()


def _is_of_function(resource: Resource) -> bool:
    """Whether a resource is a function, its log group or the role that is made with it."""
    if resource.type not in _PARTS_OF_FUNCTION:
        return False
    return resource.type != "AWS::IAM::Role" or len(resource.path) > 1


def _written(node: Node | None) -> Iterator[tuple[str, Scalar | None, Mapping]]:
    """Yield what is overridden of something itself, and of each part that is named."""
    written = node.get("overrides") if isinstance(node, Mapping) else None
    if not isinstance(written, Mapping):
        return
    named = {key.text: (key, value) for key, value in written.items() if key.text.islower()}
    own = {name: entry for name, entry in written.entries.items() if name not in named}
    if own:
        yield ITSELF, None, Mapping(own, written.span)
    for part, (key, value) in named.items():
        if isinstance(value, Mapping):
            yield part, key, value


def word_of(type_: str, path: str) -> str | None:
    """Return what says a property, or a part of it, in the language."""
    for known, word in WORDS[type_].items():
        if f"{path}.".startswith(f"{known}.") or f"{known}.".startswith(f"{path}."):
            return word
    return None
