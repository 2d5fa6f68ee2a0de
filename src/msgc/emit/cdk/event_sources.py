"""Functions that read queues, and what they do with messages that failed for good."""

from __future__ import annotations

from typing import Any

from msgc.delivery.plan import Poll
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, json_text, listing, mapping, maybe, new
from msgc.emit.cdk.sheet import Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Consumer, GivenFunction, MadeFunction, Pollers, Provided


def event_sources(sheet: Sheet) -> Section:
    """Return the section that lets functions read queues."""
    return Section(
        method="_add_event_sources",
        docstring="Which function reads which queue.",
        items=sheet.delivery.polls,
        write=_write_poll,
        before=lambda sheet: sheet.writer.comment(
            "L1: the L2 puts the app's path into the logical id, and forgets alias and version of "
            "a function that isn't made here."
        ),
    )


def _write_poll(sheet: Sheet, poll: Poll) -> None:
    queue, consumer = poll.queue, poll.consumer
    if is_provided(consumer):
        function, seconds = naming.function(consumer), str(queue.visibility)
        names = string(consumer.name), string(queue.name)
        sheet.write(new("_check_timeout", function, *names, seconds))
    sheet.write(
        new(
            f"{sheet.aws('lambda')}.CfnEventSourceMapping",
            "self",
            string(ids.mapping(consumer, queue)),
            function_name=f"{naming.function(consumer)}.function_arn",
            event_source_arn=naming.arn(queue),
            **_properties(sheet, poll),
        )
    )


def is_provided(consumer: Consumer) -> bool:
    """Whether a consumer's function is handed over, with a timeout that only CDK knows."""
    function = consumer.function
    return isinstance(function, GivenFunction) and isinstance(function.address, Provided)


def write_check_timeout(sheet: Sheet) -> None:
    """Write the function that compares a handed-over function with the queue that it reads."""
    writer, lambda_ = sheet.writer, sheet.aws("lambda")
    parameters = [f"function: {lambda_}.IFunction", "consumer: str", "queue: str"]
    writer.statement("def _check_timeout(", [*parameters, "visibility: int"], ") -> None:")
    with writer.indented():
        writer.docstring(
            "Refuse what Lambda refuses: a function that may run for longer than its queue hides "
            "what it handles. Of a function that is imported, nobody knows that here."
        )
        writer.line(f"if isinstance(function, {lambda_}.Alias):")
        writer.line("    function = function.version")
        writer.line(f"if isinstance(function, {lambda_}.Version):")
        writer.line("    function = function.lambda_")
        writer.line(f"if not isinstance(function, {lambda_}.Function):")
        writer.line("    return")
        writer.line("timeout = function.timeout")
        writer.line("if timeout is not None and timeout.is_unresolved():")
        writer.line("    return")
        writer.line("seconds = 3 if timeout is None else int(timeout.to_seconds())")
        with writer.block("if seconds > visibility:"):
            writer.line("message = (")
            for line in (
                'f"messaging.yaml: the function of consumer `{consumer}` has a timeout of "',
                'f"{seconds} seconds, but queue `{queue}` hides a message for {visibility} only: "',
                'f"write `visibility: {seconds}s` or more on the queue, or leave that out and "',
                'f"write `function: {{provided: true, timeout: {seconds}s}}` on the consumer"',
            ):
                writer.line(f"    {line}")
            writer.line(")")
            writer.line("raise ValueError(message)")


def _filters(sheet: Sheet, patterns: tuple[dict[str, Any], ...]) -> Call | None:
    if not patterns:
        return None
    dumps = sheet.writer.use_module("json")
    return listing(mapping([("pattern", json_text(pattern, dumps))]) for pattern in patterns)


def _properties(sheet: Sheet, poll: Poll) -> dict[str, str | Call | None]:
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
    """Return the section that says what becomes of asynchronous invocations that fail."""
    return Section(
        method="_add_failures",
        docstring="What becomes of asynchronous invocations that fail.",
        items=tuple(c for c in sheet.topology.consumers.values() if ids.has_invoke_config(c)),
        write=_write_failure,
        before=lambda sheet: sheet.writer.comment(
            "L1: the L2 grants by itself what is among the other grants."
        ),
    )


def _write_failure(sheet: Sheet, consumer: Consumer) -> None:
    kind = f"{sheet.aws('lambda')}.CfnEventInvokeConfig"
    queue, destination = consumer.on_failure, None
    if queue is not None:
        on_failure = new(f"{kind}.OnFailureProperty", destination=naming.arn(queue))
        destination = new(f"{kind}.DestinationConfigProperty", on_failure=on_failure)
    retries = consumer.function.retries if isinstance(consumer.function, MadeFunction) else None
    sheet.write(
        new(
            kind,
            "self",
            string(ids.invoke_config(consumer)),
            function_name=f"{naming.function(consumer)}.function_name",
            qualifier=string("$LATEST"),
            maximum_retry_attempts=maybe(retries),
            destination_config=destination,
        )
    )
