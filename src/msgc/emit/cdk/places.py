"""Print queues, topics, buses and what belongs to them as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.expressions import Call, duration, listing, new
from msgc.emit.cdk.module_writer import ModuleWriter
from msgc.emit.cdk.printer import Option, Printer, identifier
from msgc.emit.python_writer import string
from msgc.stack.model import Resource
from msgc.stack.resources.outside import TWO_YEARS
from msgc.topology.units import DAY, DEFAULT_RETENTION


def queue(printer: Printer, queue: Resource) -> Call:
    """Print a queue, or a dead-letter queue."""
    dead_letter = None
    redrive, allow = (queue.properties.get(f"Redrive{n}Policy") for n in ("", "Allow"))
    if isinstance(redrive, dict):
        ends_in = printer.known(redrive["deadLetterTargetArn"])
        receives = str(redrive["maxReceiveCount"])
        dead_letter = new(printer.out.kit("after"), receives, ends_in)
    wait = queue.properties.get("ReceiveMessageWaitTimeSeconds", 0)
    return new(
        f"self.{queue.variant or 'queue'}",
        identifier(queue),
        name=printer.option(queue, "QueueName"),
        fifo=_fifo(queue, "FifoQueue", "DeduplicationScope"),
        content_deduplication=printer.option(queue, "ContentBasedDeduplication"),
        visibility=printer.seconds(queue, "VisibilityTimeout"),
        retention=_retention(printer, queue),
        delay=printer.seconds(queue, "DelaySeconds"),
        wait=None if wait == _WAIT else _duration(printer, wait),
        max_size=printer.option(queue, "MaximumMessageSize"),
        key=_key(printer, queue, "KmsMasterKeyId"),
        dead_letter=dead_letter,
        only_from=_names(allow) if allow else None,
        address=_address(printer, queue),
        removal=_removal(printer, queue),
    )


def _fifo(place: Resource, fifo: str, per_group: str) -> str | None:
    if fifo not in place.properties:
        return None
    return string("per-group") if per_group in place.properties else "True"


_WAIT = 20
"""Seconds: what the kit's queues wait for, if they aren't told otherwise."""


def _duration(printer: Printer, seconds: Any) -> str:
    printer.out.core("Duration")
    return duration(seconds)


def _retention(printer: Printer, queue: Resource) -> Option:
    """Return how long messages are kept, unless it is what the kit has for such a queue."""
    default = _DLQ_RETENTION if queue.variant else DEFAULT_RETENTION
    found = queue.properties.get("MessageRetentionPeriod", DEFAULT_RETENTION)
    return None if found == default else _duration(printer, found)


_DLQ_RETENTION = 14 * DAY


def _names(allow: Any) -> Call:
    """Return the names of the queues that a policy allows, of which the kit makes ARNs."""
    return listing(string(arn.resource) for arn in allow["sourceQueueArns"])


def _key(printer: Printer, made: Resource, name: str) -> str | None:
    """Return the key with which something is encrypted."""
    found = made.properties.get(name)
    return None if found is None else printer.known(found)


def _address(printer: Printer, place: Resource) -> Option:
    """Return the parameter in which others find a place."""
    for resource in printer.handles.with_it.get(place.path, ()):
        if resource.type == "AWS::SSM::Parameter":
            return printer.option(resource, "Name")
    return None


def _removal(printer: Printer, resource: Resource) -> Option:
    """Return what becomes of a resource that is taken out, where the file says it."""
    return None if resource.removal is None else removal_policy(printer.out, resource.removal)


def removal_policy(out: ModuleWriter, word: str) -> str:
    """Return CDK's name for a word of `removal`."""
    name = "DESTROY" if word == "delete" else "RETAIN_ON_UPDATE_OR_DELETE"
    return f"{out.core('RemovalPolicy')}.{name}"


def topic(printer: Printer, topic: Resource) -> Call:
    """Print a topic."""
    kept: Any = topic.properties.get("ArchivePolicy")
    return new(
        "self.topic",
        identifier(topic),
        name=printer.option(topic, "TopicName"),
        display_name=printer.option(topic, "DisplayName"),
        fifo=_fifo(topic, "FifoTopic", "FifoThroughputScope"),
        content_deduplication=printer.option(topic, "ContentBasedDeduplication"),
        tracing="True" if "TracingConfig" in topic.properties else None,
        max_size=printer.option(topic, "MaximumMessageSize"),
        archive_days=str(kept["MessageRetentionPeriod"]) if kept else None,
        key=_key(printer, topic, "KmsMasterKeyId"),
        address=_address(printer, topic),
        removal=_removal(printer, topic),
    )


def bus(printer: Printer, bus: Resource) -> Call:
    """Print a bus."""
    dead_letter: Any = bus.properties.get("DeadLetterConfig")
    log: Any = bus.properties.get("LogConfig")
    return new(
        "self.bus",
        identifier(bus),
        name=printer.option(bus, "Name"),
        description=printer.option(bus, "Description"),
        key=_key(printer, bus, "KmsKeyIdentifier"),
        dead_letter=printer.known(dead_letter["Arn"]) if dead_letter else None,
        log=string(str(log["Level"])) if log else None,
        log_detail="True" if log and log["IncludeDetail"] == "FULL" else None,
        address=_address(printer, bus),
        removal=_removal(printer, bus),
    )


def bus_logs(printer: Printer, destination: Resource) -> Call:
    """Print how the logs of a bus come to their log group."""
    group: Any = destination.properties["DestinationResourceArn"]
    with_it = printer.handles.with_it[destination.path]
    sources = [each for each in with_it if each.type == "AWS::Logs::DeliverySource"]
    types = [str(each.properties["LogType"]).removesuffix("_LOGS") for each in sources]
    return new(
        "self.bus_logs",
        identifier(destination),
        printer.known(sources[0].properties["ResourceArn"]),
        printer.known(group.resource.parts[1]),
        name=printer.option(destination, "Name"),
        levels=listing(map(string, types)),
    )


def registry(printer: Printer, registry: Resource) -> Call:
    """Print the schema registry of a bus."""
    return new(
        "self.schema_registry",
        identifier(registry),
        name=printer.option(registry, "RegistryName"),
        description=printer.option(registry, "Description"),
    )


def schema(printer: Printer, schema: Resource) -> Call:
    """Print a message's schema in the registry of a bus, without the fields of every event."""
    written: Any = schema.properties["Content"]
    content = written.value
    return new(
        "self.schema",
        identifier(schema),
        printer.known(schema.properties["RegistryName"]),
        name=printer.option(schema, "SchemaName"),
        description=printer.option(schema, "Description"),
        message=printer.value(content["title"]),
        source=printer.value(content["x-amazon-events-source"]),
        detail_type=printer.value(content["x-amazon-events-detail-type"]),
        definitions=printer.value(content["definitions"]),
    )


def archive(printer: Printer, archive: Resource) -> Call:
    """Print an archive."""
    return new(
        "self.archive",
        identifier(archive),
        printer.known(archive.properties["SourceArn"]),
        days=printer.option(archive, "RetentionDays"),
        key=_key(printer, archive, "KmsKeyIdentifier"),
        removal=_removal(printer, archive),
    )


def parameter(printer: Printer, parameter: Resource) -> Call:
    """Print a Systems Manager parameter."""
    name, value = (printer.value(parameter.properties[key]) for key in ("Name", "Value"))
    return new("self.parameter", identifier(parameter), name, value)


def log_group(printer: Printer, group: Resource) -> Call:
    """Print a log group."""
    days = group.properties["RetentionInDays"]
    return new(
        "self.logs",
        identifier(group),
        name=printer.option(group, "LogGroupName"),
        days=None if days == TWO_YEARS else str(days),
    )


def table(printer: Printer, table: Resource) -> Call:
    """Print a table of what consumers have handled."""
    return new("self.claim_table", identifier(table), name=printer.option(table, "TableName"))


def payload_bucket(printer: Printer, bucket: Resource) -> Call:
    """Print the bucket of large messages."""
    encrypted: Any = bucket.properties["BucketEncryption"]
    (default,) = encrypted["ServerSideEncryptionConfiguration"]
    key = default["ServerSideEncryptionByDefault"].get("KMSMasterKeyID")
    lifecycle: Any = bucket.properties["LifecycleConfiguration"]
    return new(
        "self.payload_bucket",
        identifier(bucket),
        name=printer.option(bucket, "BucketName"),
        days=str(lifecycle["Rules"][0]["ExpirationInDays"]),
        key=None if key is None else printer.known(key),
    )


def key(printer: Printer, key: Resource) -> Call:
    """Print a KMS key, with its alias."""
    (alias,) = printer.handles.with_it[key.path]
    name: Any = alias.properties["AliasName"]
    return new(
        "self.key",
        identifier(key),
        alias=string(name.removeprefix("alias/")),
        description=printer.option(key, "Description"),
    )
