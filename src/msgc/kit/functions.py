# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Functions, the queues that they read, and what becomes of messages that failed for good."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Required, TypedDict, Unpack, cast

from aws_cdk import (
    Duration,
    aws_logs,  # `logs` is a method
)
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_

from .access import Access
from .bundling import code
from .interfaces import Function, Queue, Role, Vpc

_PROCESSORS = {
    "arm64": lambda_.Architecture.ARM_64,
    "x86_64": lambda_.Architecture.X86_64,
}


class FunctionSettings(TypedDict, total=False):
    """How a function is made."""

    code: Required[str]
    """A folder, relative to messaging.yaml."""
    runtime: Required[str]
    """`python3.13`."""
    handler: Required[str]
    timeout: Required[Duration]
    memory: Required[int]
    """MiB."""
    description: str | None
    environment: Mapping[str, str] | None
    reserved: int | None
    """Concurrent executions that are kept for it, and are its most."""
    layers: Sequence[str] | None
    """Their ARNs."""
    packages: Sequence[str] | None
    """Packages that its code needs and that come to it otherwise, `jsonschema`."""
    architecture: Literal["arm64", "x86_64"] | None
    tracing: bool | None
    """Whether Lambda sends X-Ray traces, which the role must be allowed to."""
    logs: aws_logs.ILogGroup | None
    """Its log group; if it is left out, Lambda makes one that keeps all."""
    own_logging: bool | None
    """Whether its role is made without AWS's policies, and so may write no logs by itself."""
    role: Role | None
    """A role of your own; one is made if it is left out."""
    vpc: Vpc | None
    """In whose private subnets it runs; it must have a way out to what the function calls."""
    after: iam.Policy | None
    """What that role needs before the function can be there."""


class MappingSettings(TypedDict, total=False):
    """How a function reads a queue."""

    batch_size: int | None
    """10 if it is left out, as Lambda has it."""
    window: int | None
    """Seconds for which a batch is gathered."""
    partial: bool | None
    """Whether the function says which messages of a batch failed."""
    concurrency: int | None
    """Most invocations at a time."""
    pollers: tuple[int, int] | None
    """Provisioned pollers, at least and at most."""
    filters: Sequence[Mapping[str, Any]] | None
    enabled: bool | None
    """Whether it is read at all; yes if it is left out."""


class Functions(Access):
    """Makes functions."""

    project: Path
    """The folder of messaging.yaml."""
    stubs: Path
    """The generated package, which comes along with every function's code."""
    shared_runtime: Path | None = None
    """The package with its runtime, if services share one."""

    def function(
        self, construct_id: str, **settings: Unpack[FunctionSettings]
    ) -> lambda_.Function:
        """Make a function of a folder of code, with the generated package beside it."""
        layer = lambda_.LayerVersion.from_layer_version_arn
        layers = settings.get("layers") or ()
        processor, vpc = settings.get("architecture"), settings.get("vpc")
        function = lambda_.Function(
            self,
            construct_id,
            description=settings.get("description"),
            runtime=lambda_.Runtime(settings["runtime"], lambda_.RuntimeFamily.PYTHON),
            handler=settings["handler"],
            code=self.code_for(
                settings["code"],
                packages=settings.get("packages") or layers,
            ),
            timeout=settings["timeout"],
            memory_size=settings["memory"],
            environment=settings.get("environment"),
            reserved_concurrent_executions=settings.get("reserved"),
            layers=[
                layer(self, f"{construct_id}Layer{i}", arn)
                for i, arn in enumerate(layers)
            ]
            or None,
            architecture=None if processor is None else _PROCESSORS[processor],
            log_group=settings.get("logs"),
            role=settings.get("role"),
            vpc=vpc,
            security_groups=None
            if vpc is None
            else [self.security_group(construct_id, vpc)],
        )
        if settings.get("own_logging") and function.role is not None:
            made_role = cast("iam.CfnRole", function.role.node.default_child)
            made_role.managed_policy_arns = None
        if (after := settings.get("after")) is not None:
            function.node.add_dependency(after)
        if settings.get("tracing"):  # L1: the L2 grants by itself
            made = cast("lambda_.CfnFunction", function.node.default_child)
            mode = lambda_.CfnFunction.TracingConfigProperty(mode="Active")
            made.tracing_config = mode
        return function

    def security_group(self, construct_id: str, vpc: Vpc) -> ec2.SecurityGroup:
        """Make the security group of a function, which lets everything out.

        That which CDK makes has the app's path in its description: it would be replaced, were
        the construct put elsewhere.
        """
        return ec2.SecurityGroup(
            self,
            f"{construct_id}SecurityGroup",
            vpc=vpc,
            description=f"The function {construct_id}",
        )

    @classmethod
    def code_for(cls, folder: str, *, packages: Sequence[str] = ()) -> lambda_.Code:
        """Return the code of a function of your own: a folder, with the package beside it.

        The folder is relative to that of messaging.yaml, like every `code` in there. `packages`
        are those that it has from elsewhere, as from a layer: that `jsonschema` is nowhere, where
        a message is checked with it, is a mistake.
        """
        return code(cls.project / folder, cls.stubs, cls.shared_runtime, packages)

    def mapping(
        self,
        construct_id: str,
        function: Function,
        queue: Queue,
        **settings: Unpack[MappingSettings],
    ) -> lambda_.CfnEventSourceMapping:
        """Let a function poll a queue, which it may read already.

        L1: the L2 puts the app's path into the logical id, and forgets alias and version of a
        function that isn't made here.
        """
        kind = lambda_.CfnEventSourceMapping
        pollers, most = settings.get("pollers"), settings.get("concurrency")
        filters = [
            kind.FilterProperty(pattern=json.dumps(pattern))
            for pattern in (settings.get("filters") or ())
        ]
        return kind(
            self,
            construct_id,
            function_name=function.function_arn,
            event_source_arn=queue.queue_arn,
            batch_size=settings.get("batch_size") or 10,
            enabled=settings.get("enabled"),
            maximum_batching_window_in_seconds=settings.get("window"),
            function_response_types=["ReportBatchItemFailures"]
            if settings.get("partial") is not False
            else None,
            provisioned_poller_config=None
            if pollers is None
            else kind.ProvisionedPollerConfigProperty(
                minimum_pollers=pollers[0], maximum_pollers=pollers[1]
            ),
            scaling_config=None
            if most is None
            else kind.ScalingConfigProperty(maximum_concurrency=most),
            filter_criteria=kind.FilterCriteriaProperty(filters=filters)
            if filters
            else None,
        )

    def poll(
        self,
        construct_id: str,
        function: lambda_.Function,
        queue: Queue,
        **settings: Unpack[MappingSettings],
    ) -> lambda_.CfnEventSourceMapping:
        """Let a function read a queue by hand, and grant what that needs."""
        self.may_receive(function, queue)
        return self.mapping(construct_id, function, queue, **settings)

    def failures(
        self,
        construct_id: str,
        function: Function,
        *,
        retries: int | None = None,
        to: Queue | None = None,
    ) -> lambda_.CfnEventInvokeConfig:
        """Say what becomes of asynchronous invocations that fail.

        L1: the L2 grants by itself what is among the other grants.
        """
        kind = lambda_.CfnEventInvokeConfig
        return kind(
            self,
            construct_id,
            function_name=function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=retries,
            destination_config=None
            if to is None
            else kind.DestinationConfigProperty(
                on_failure=kind.OnFailureProperty(destination=to.queue_arn)
            ),
        )

    def check_timeout(
        self, function: Function, *, consumer: str, queue: str, visibility: int
    ) -> None:
        """Refuse what Lambda refuses: a function that may run longer than its queue hides messages.

        `visibility` is in seconds. Of a function that is imported, nobody knows its timeout here.
        Raises `ValueError`.
        """
        if isinstance(function, lambda_.Alias):
            function = function.version
        if isinstance(function, lambda_.Version):
            function = function.lambda_
        if not isinstance(function, lambda_.Function):
            return
        timeout = function.timeout
        if timeout is not None and timeout.is_unresolved():
            return
        seconds = 3 if timeout is None else int(timeout.to_seconds())
        if seconds > visibility:
            message = (
                f"messaging.yaml: the function of consumer `{consumer}` has a timeout of "
                f"{seconds} seconds, but queue `{queue}` hides a message for {visibility} only: "
                f"write `visibility: {seconds}s` or more on the queue, or leave that out and "
                f"write `function: {{provided: true, timeout: {seconds}s}}` on the consumer"
            )
            raise ValueError(message)
