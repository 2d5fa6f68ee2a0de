"""Print functions, their polls and what becomes of failures as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.expressions import Call, listing, new
from msgc.emit.cdk.pipes import stream_mapping
from msgc.emit.cdk.printer import Printer, identifier, number
from msgc.emit.python_writer import string
from msgc.stack.model import Resource
from msgc.stack.values import reference


def function(printer: Printer, function: Resource) -> Call:
    """Print a function."""
    environment: Any = function.properties.get("Environment")
    network: Any = function.properties.get("VpcConfig")
    logging: Any = function.properties.get("LoggingConfig")
    role, architectures = (
        reference(function.properties["Role"]),
        function.properties.get("Architectures"),
    )
    assert role is not None  # noqa: S101  # the plan refers to it
    return new(
        "self.function",
        identifier(function),
        description=printer.option(function, "Description"),
        code=printer.option(function, "Code"),
        handler=printer.option(function, "Handler"),
        runtime=printer.option(function, "Runtime"),
        timeout=printer.seconds(function, "Timeout"),
        memory=printer.option(function, "MemorySize"),
        environment=printer.value(environment["Variables"]) if environment else None,
        reserved=printer.option(function, "ReservedConcurrentExecutions"),
        layers=printer.option(function, "Layers"),
        packages=listing(map(string, function.packages)) if function.packages else None,
        architecture=string(str(architectures[0])) if isinstance(architectures, tuple) else None,
        tracing="True" if "TracingConfig" in function.properties else None,
        logs=printer.known(logging["LogGroup"]) if logging else None,
        own_logging=_own_logging(printer, function),
        vpc=printer.known(network["SubnetIds"]) if network else None,
        after=_after(printer, function),
        role=None if len(role.of) > 1 else printer.handles.name(role.of),
    )


def _own_logging(printer: Printer, function: Resource) -> str | None:
    """Return whether the role that is made with a function has none of AWS's policies."""
    made = printer.handles.with_it.get(function.path, ())
    roles = [each.properties for each in made if each.type == "AWS::IAM::Role"]
    return "True" if roles and "ManagedPolicyArns" not in roles[0] else None


def _after(printer: Printer, function: Resource) -> str | None:
    """Return the policy that a function waits for, where its role isn't made with it."""
    policies = [path for path in function.depends_on if len(path) == 1]
    return printer.handles.name(policies[0]) if policies else None


def mapping(printer: Printer, made: Resource) -> Call:
    """Print an event source mapping, on a queue or on a stream."""
    if made.variant == "stream":
        return stream_mapping(printer, made)
    properties: Any = made.properties
    pollers = properties.get("ProvisionedPollerConfig")
    filters = properties.get("FilterCriteria", {"Filters": ()})["Filters"]
    ends = (printer.known(properties[key]) for key in ("FunctionName", "EventSourceArn"))
    return new(
        "self.mapping",
        identifier(made),
        *ends,
        enabled=printer.option(made, "Enabled"),
        batch_size=None if properties["BatchSize"] == _BATCH else str(properties["BatchSize"]),
        window=printer.option(made, "MaximumBatchingWindowInSeconds"),
        partial=None if "FunctionResponseTypes" in properties else "False",
        concurrency=number(properties.get("ScalingConfig", {}).get("MaximumConcurrency")),
        pollers=f"({pollers['MinimumPollers']}, {pollers['MaximumPollers']})" if pollers else None,
        filters=listing(printer.value(each["Pattern"]) for each in filters) if filters else None,
    )


_BATCH = 10
"""Messages: what the kit's mappings take, if they aren't told otherwise."""


def failures(printer: Printer, made: Resource) -> Call:
    """Print what becomes of asynchronous invocations that fail."""
    destination: Any = made.properties.get("DestinationConfig")
    function: Any = made.properties["FunctionName"]
    return new(
        "self.failures",
        identifier(made),
        printer.known(function),
        retries=printer.option(made, "MaximumRetryAttempts"),
        to=printer.known(destination["OnFailure"]["Destination"]) if destination else None,
    )
