"""Functions that read queues, and what they do with messages that failed for good."""

from __future__ import annotations

from typing import Any

from msgc.delivery.plan import Poll
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, duration, json_text, listing, mapping, maybe, new
from msgc.emit.cdk.queues import queue_arn_by_name
from msgc.emit.cdk.sheet import Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import names
from msgc.topology.model import Consumer, GivenFunction, MadeFunction, Pollers

_MOST_POLLERS = 2000
"""The L2 takes no more; AWS takes 10,000."""


def event_sources(sheet: Sheet) -> Section:
    """Return the section that lets functions read queues."""
    return Section(
        method="_add_event_sources",
        docstring="Which function reads which queue.",
        items=sheet.delivery.polls,
        write=_write_poll,
        before=_write_why_l1,
    )


def _write_why_l1(sheet: Sheet) -> None:
    consumers = [poll.consumer for poll in sheet.delivery.polls]
    if any(isinstance(consumer.function, GivenFunction) for consumer in consumers):
        sheet.writer.comment(
            "L1 for functions that aren't made here: of an ARN with an alias or a version, the L2 "
            "keeps the function's name only."
        )
    if any(_has_many_pollers(consumer) for consumer in consumers):
        sheet.writer.comment("L1 for more pollers than the L2 takes.")


def _has_many_pollers(consumer: Consumer) -> bool:
    return isinstance(consumer.concurrency, Pollers) and consumer.concurrency.max > _MOST_POLLERS


def _write_poll(sheet: Sheet, poll: Poll) -> None:
    queue, consumer, function = poll.queue, poll.consumer, naming.function(poll.consumer)
    made = isinstance(consumer.function, MadeFunction)
    if made and not _has_many_pollers(consumer):
        module = sheet.aws("lambda_event_sources")
        source = new(f"{module}.SqsEventSource", naming.attribute(queue), **_options(sheet, poll))
        sheet.write(new(f"{function}.add_event_source", source))
        return
    if made:
        sheet.write(new(f"{naming.attribute(queue)}.grant_consume_messages", function))
    sheet.write(
        new(
            f"{sheet.aws('lambda')}.CfnEventSourceMapping",
            "self",
            string(f"{names.pascal(consumer.name)}From{naming.construct_id(queue)}"),
            function_name=f"{function}.function_arn",
            event_source_arn=naming.arn(queue),
            **_properties(sheet, poll),
        )
    )


def _options(sheet: Sheet, poll: Poll) -> dict[str, str | Call | None]:
    """Return the arguments of the L2."""
    consumer, lambda_ = poll.consumer, sheet.aws("lambda")
    window = consumer.batch_window
    concurrency: dict[str, str | Call | None] = {}
    if isinstance(consumer.concurrency, Pollers):
        concurrency["provisioned_poller_config"] = new(
            f"{lambda_}.ProvisionedPollerConfig",
            minimum_pollers=str(consumer.concurrency.min),
            maximum_pollers=str(consumer.concurrency.max),
        )
    elif consumer.concurrency is not None:
        concurrency["max_concurrency"] = str(consumer.concurrency)
    return {
        "batch_size": str(consumer.batch_size),
        "max_batching_window": sheet.duration(duration(window)) if window else None,
        "report_batch_item_failures": "True" if consumer.partial_failures else None,
        **concurrency,
        "filters": _filters(sheet, poll.patterns),
    }


def _filters(sheet: Sheet, patterns: tuple[dict[str, Any], ...]) -> Call | None:
    if not patterns:
        return None
    dumps = sheet.writer.use_module("json")
    return listing(mapping([("pattern", json_text(pattern, dumps))]) for pattern in patterns)


def _properties(sheet: Sheet, poll: Poll) -> dict[str, str | Call | None]:
    """Return the arguments of the L1."""
    consumer, kind = poll.consumer, f"{sheet.aws('lambda')}.CfnEventSourceMapping"
    concurrency: dict[str, str | Call | None] = {}
    if isinstance(consumer.concurrency, Pollers):
        concurrency["provisioned_poller_config"] = new(
            f"{kind}.ProvisionedPollerConfigProperty",
            minimum_pollers=str(consumer.concurrency.min),
            maximum_pollers=str(consumer.concurrency.max),
        )
    elif consumer.concurrency is not None:
        most = str(consumer.concurrency)
        concurrency["scaling_config"] = new(
            f"{kind}.ScalingConfigProperty", maximum_concurrency=most
        )
    reported = listing([string("ReportBatchItemFailures")])
    filters = _filters(sheet, poll.patterns)
    return {
        "batch_size": str(consumer.batch_size),
        "maximum_batching_window_in_seconds": maybe(consumer.batch_window or None),
        "function_response_types": reported if consumer.partial_failures else None,
        **concurrency,
        "filter_criteria": new(f"{kind}.FilterCriteriaProperty", filters=filters)
        if filters
        else None,
    }


def failures(sheet: Sheet) -> Section:
    """Return the section that says where failed invocations of given functions go."""
    items = tuple(
        consumer
        for consumer in sheet.topology.consumers.values()
        if isinstance(consumer.function, GivenFunction) and consumer.on_failure
    )
    return Section(
        method="_add_failures",
        docstring="Where invocations that failed for good go.",
        items=items,
        write=_write_failure,
        before=lambda sheet: sheet.writer.comment(
            "L1, because these functions aren't made here: the L2 would write into their roles "
            "with references to this stack."
        ),
    )


def _write_failure(sheet: Sheet, consumer: Consumer) -> None:
    if consumer.on_failure is None:
        return
    kind = f"{sheet.aws('lambda')}.CfnEventInvokeConfig"
    on_failure = new(
        f"{kind}.OnFailureProperty", destination=queue_arn_by_name(consumer.on_failure)
    )
    sheet.write(
        new(
            kind,
            "self",
            string(f"{names.pascal(consumer.name)}Failures"),
            function_name=f"{naming.function(consumer)}.function_name",
            qualifier=string("$LATEST"),
            destination_config=new(f"{kind}.DestinationConfigProperty", on_failure=on_failure),
        )
    )
