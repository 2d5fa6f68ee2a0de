"""Print pipes, and event source mappings on streams, as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.destinations import http
from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.printer import Option, Printer, identifier, number
from msgc.stack.model import Resource
from msgc.stack.values import Value

_STREAMS = {"DynamoDBStreamParameters": "table", "KinesisStreamParameters": "kinesis"}


def pipe(printer: Printer, made: Resource) -> Call:
    """Print a pipe."""
    properties: Any = made.properties
    source, target = properties.get("SourceParameters", {}), properties.get("TargetParameters", {})
    asked = properties.get("EnrichmentParameters", {})
    head = target.get("EventBridgeEventBusParameters")
    fifo = target.get("SqsQueueParameters", {})
    machine = target.get("StepFunctionStateMachineParameters")
    readings: dict[str, Option] = {
        word: mapping(_given(_reading(printer, source[name])))
        for name, word in _STREAMS.items()
        if name in source
    }
    if "SqsQueueParameters" in source:
        readings["queue"] = mapping(_given(_batch(source["SqsQueueParameters"])))
    return new(
        "self.pipe",
        identifier(made),
        printer.value(properties["Source"]),
        to=printer.option(made, "Target"),
        role=printer.known(properties["RoleArn"]),
        **readings,
        filters=_filters(printer, source.get("FilterCriteria")),
        enrichment=printer.known(properties["Enrichment"]) if "Enrichment" in properties else None,
        ask=_text(printer, asked.get("InputTemplate")),
        template=_text(printer, target.get("InputTemplate")),
        event=printer.value({"source": head["Source"], "detail_type": head["DetailType"]})
        if head
        else None,
        group=_text(printer, fifo.get("MessageGroupId")),
        deduplication=_text(printer, fifo.get("MessageDeduplicationId")),
        **http(printer, target),
        invocation=_text(printer, machine["InvocationType"]) if machine else None,
        key=printer.known(properties["KmsKeyIdentifier"])
        if "KmsKeyIdentifier" in properties
        else None,
        log=_log(printer, properties.get("LogConfiguration")),
        description=printer.option(made, "Description"),
        state=printer.option(made, "DesiredState"),
    )


def _log(printer: Printer, logging: dict[str, Any] | None) -> Option:
    """Return what a pipe logs, by the kit's words."""
    if logging is None:
        return None
    group = logging["CloudwatchLogsLogDestination"]["LogGroupArn"]
    detail = [("detail", "True")] if "IncludeExecutionData" in logging else []
    return mapping(
        [
            ("group", printer.known(group.resource.parts[1])),
            ("level", printer.value(logging["Level"])),
            *detail,
        ]
    )


def stream_mapping(printer: Printer, made: Resource) -> Call:
    """Print an event source mapping on a stream."""
    properties: Any = made.properties
    given = {**properties}
    if given["BatchSize"] == _BATCH:
        del given["BatchSize"]
    given["OnPartialBatchItemFailure"] = properties.get("BisectBatchOnFunctionError")
    failed = properties.get("DestinationConfig")
    if failed:
        given["DeadLetterConfig"] = {"Arn": failed["OnFailure"]["Destination"]}
    return new(
        "self.follow",
        identifier(made),
        printer.known(properties["FunctionName"]),
        printer.value(properties["EventSourceArn"]),
        **_reading(printer, given),
        partial=None if "FunctionResponseTypes" in properties else "False",
        filters=_filters(printer, properties.get("FilterCriteria")),
        enabled="False" if "Enabled" in properties else None,
    )


_BATCH = 100
"""Records: what the kit's mappings take of a stream, if they aren't told otherwise."""


def _reading(printer: Printer, given: dict[str, Any]) -> dict[str, Option]:
    """Return how a stream is read, by the kit's words."""
    failed = given.get("DeadLetterConfig")
    return {
        "start": printer.value(given["StartingPosition"]),
        **_batch(given),
        "parallel": number(given.get("ParallelizationFactor")),
        "bisect": "True" if given.get("OnPartialBatchItemFailure") else None,
        "retries": number(given.get("MaximumRetryAttempts")),
        "max_age": number(given.get("MaximumRecordAgeInSeconds")),
        "dead_letter": printer.known(failed["Arn"]) if failed else None,
    }


def _batch(given: dict[str, Any]) -> dict[str, Option]:
    return {
        "batch_size": number(given.get("BatchSize")),
        "window": number(given.get("MaximumBatchingWindowInSeconds")),
    }


def _given(options: dict[str, Option]) -> list[tuple[str, str | Call]]:
    return [(name, option) for name, option in options.items() if option is not None]


def _filters(printer: Printer, criteria: dict[str, Any] | None) -> Call | None:
    if criteria is None:
        return None
    return listing(printer.value(each["Pattern"]) for each in criteria["Filters"])


def _text(printer: Printer, text: Value) -> Option:
    return None if text is None else printer.value(text)
