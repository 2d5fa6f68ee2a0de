"""Plan consumers: functions, event source mappings, and what becomes of failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventSourceMapping
from msgc.links.model import Links
from msgc.stack.arns import (
    address,
    arn,
    function_arn,
    function_handle,
    function_path,
)
from msgc.stack.iam.grants import places_of
from msgc.stack.iam.policy_documents import assumed_by
from msgc.stack.model import Existing, Handle, Item, Resource, TimeoutCheck
from msgc.stack.resources.publishers import role_that_exists
from msgc.stack.values import (
    Asset,
    Attribute,
    Join,
    Json,
    Path,
    Pseudo,
    Value,
    text,
    value,
)
from msgc.topology import ids, names
from msgc.topology.ends import Consumer, Producer, Publisher
from msgc.topology.model import Topology
from msgc.topology.settings import (
    GivenFunction,
    MadeFunction,
    Pollers,
    Provided,
    Remembering,
    Worker,
    argument_in,
    written_arn,
)

_BASIC = ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
_IN_VPC = ":iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"


def function(consumer: Consumer, links: Links, rights: tuple[Item, ...]) -> Iterator[Item]:
    """Yield a consumer's function and the role that it has; `rights` are what that may do."""
    match consumer.function:
        case MadeFunction() as made:
            yield from _made(consumer, made, links, rights)
        case GivenFunction(address=address):
            yield Existing(
                path=function_path(consumer),
                type="AWS::Lambda::Function",
                address=address,
                declared=consumer,
                handle=_handle(consumer),
            )
        case Worker():
            return  # which runs elsewhere
        case _:
            assert_never(consumer.function)


def _handle(consumer: Consumer) -> Handle:
    return Handle(name=function_handle(consumer), description=consumer.description)


def waits_for_rights(consumer: Consumer) -> bool:
    """Whether the rights of a function come before it: as a policy of a role that exists.

    Lambda asks whether the role may read a queue before it polls it.
    """
    return consumer.made is not None and written_arn(consumer.made.role) is not None


def _made(
    consumer: Consumer, made: MadeFunction, links: Links, rights: tuple[Item, ...]
) -> Iterator[Item]:
    """Yield a function that the stack makes, with its log group and its role."""
    path = function_path(consumer)
    role = (*path, "ServiceRole")
    if made.vpc is not None:
        yield _vpc(consumer, made.vpc)
    if made.log_days is not None:
        yield _log_group(consumer, made.log_days)
    waits_for: tuple[Path, ...] = ((*role, "DefaultPolicy"), role) if rights else (role,)
    if made.role is not None:
        yield from role_that_exists(consumer, made.role)
        waits_for = ()
        if waits_for_rights(consumer):
            yield from rights
            waits_for = ((ids.role_policy(consumer),),) if rights else ()
    yield Resource(
        path=path,
        type="AWS::Lambda::Function",
        properties=_properties(consumer, made, links),
        declared=consumer,
        handle=_handle(consumer),
        depends_on=waits_for,
        packages=made.packages,
    )
    if made.vpc is not None:
        yield _security_group(consumer, made.vpc)
    if made.role is None:
        yield _service_role(consumer, role, made)


def _log_group(consumer: Consumer, days: int) -> Resource:
    """Return the log group of a function; without a name, since the function has none either."""
    return Resource(
        path=(ids.log_group(consumer),),
        type="AWS::Logs::LogGroup",
        properties={"RetentionInDays": days},
        declared=consumer,
        handle=Handle(name=names.snake(f"{consumer.name}-function-log-group")),
    )


def _vpc(consumer: Consumer, vpc: Provided) -> Existing:
    return Existing(
        path=_vpc_path(vpc),
        type="AWS::EC2::VPC",
        address=vpc,
        declared=consumer,
        handle=Handle(name=vpc.argument),
    )


def _vpc_path(vpc: Provided) -> Path:
    return (names.pascal(vpc.argument.replace("_", "-")),)


def _security_group(consumer: Consumer, vpc: Provided) -> Resource:
    """Return the security group that the kit makes for a function in a VPC."""
    return Resource(
        path=(ids.security_group(consumer),),
        type="AWS::EC2::SecurityGroup",
        properties={
            "GroupDescription": f"The function {function_path(consumer)[0]}",
            "SecurityGroupEgress": (
                {
                    "CidrIp": "0.0.0.0/0",
                    "Description": "Allow all outbound traffic by default",
                    "IpProtocol": "-1",
                },
            ),
            "VpcId": Attribute(of=_vpc_path(vpc), name="Name"),
        },
        declared=consumer,
        by=function_path(consumer),
    )


def _service_role(consumer: Consumer, path: Path, made: MadeFunction) -> Resource:
    """Return the role that is made with a function."""
    properties: dict[str, Value] = {"AssumeRolePolicyDocument": assumed_by("lambda.amazonaws.com")}
    if not made.own_logging:
        managed = (_BASIC, *((_IN_VPC,) if made.vpc is not None else ()))
        properties["ManagedPolicyArns"] = tuple(
            Join(parts=("arn:", Pseudo(name="AWS::Partition"), policy)) for policy in managed
        )
    return Resource(
        path=path,
        type="AWS::IAM::Role",
        properties=properties,
        declared=consumer,
        by=path[:-1],
    )


def _properties(consumer: Consumer, made: MadeFunction, links: Links) -> dict[str, Value]:
    properties: dict[str, Value] = {
        "Runtime": made.runtime,
        "Handler": made.handler,
        "Code": Asset(folder=made.code),
        "Timeout": made.timeout,
        "MemorySize": made.memory,
        "Role": Attribute(of=_role_path(consumer, made), name="Arn"),
    }
    if consumer.description:
        properties["Description"] = consumer.description[:256]
    variables: dict[str, Value] = {
        links.addresses[place].variable: address(place) for place in places_of(consumer, links)
    }
    several = links.topology.placement is not None
    variables |= claim_variables(links.topology, consumer, by_name=several)
    if links.topology.payload_buckets:
        from msgc.stack.resources.payload_buckets import payload_variables  # noqa: PLC0415  # few have one

        variables |= payload_variables(consumer, links, by_name=several)
    variables |= {name: text(found) for name, found in made.environment.items()}
    if variables:
        properties["Environment"] = {"Variables": variables}
    if made.architecture is not None:
        properties["Architectures"] = (made.architecture,)
    if made.tracing:
        properties["TracingConfig"] = {"Mode": "Active"}
    if made.log_days is not None:
        group = Attribute(of=(ids.log_group(consumer),), name="Name")
        properties["LoggingConfig"] = {"LogGroup": group}
    if made.reserved is not None:
        properties["ReservedConcurrentExecutions"] = made.reserved
    if made.vpc is not None:
        group = Attribute(of=(ids.security_group(consumer),), name="Arn")
        properties["VpcConfig"] = {
            "SecurityGroupIds": (group,),
            "SubnetIds": Attribute(of=_vpc_path(made.vpc), name="Arn"),
        }
    if made.layers:
        properties["Layers"] = tuple(map(text, made.layers))
    return properties


def claim_variables(topology: Topology, publisher: Publisher, *, by_name: bool) -> dict[str, Value]:
    """Return where a consumer finds the table in which it remembers what it has handled."""
    match publisher:
        case Consumer(remembers=Remembering(table=table)):
            from msgc.stack.resources.claim_tables import table_name  # noqa: PLC0415  # few have one

            variable = names.claim_variable(topology.built_as, argument_in(table.address))
            return {variable: table_name(topology, table, by_name=by_name)}
        case Consumer() | Producer():
            return {}
        case _:
            assert_never(publisher)


def _role_path(consumer: Consumer, made: MadeFunction) -> Path:
    if made.role is not None:
        return (ids.existing_role(consumer, made.role),)
    return (*function_path(consumer), "ServiceRole")


def event_source_mapping(made: EventSourceMapping) -> Iterator[Item]:
    """Yield an event source mapping: a function polls a queue."""
    queue, consumer = made.queue, made.consumer
    if is_handed_over(consumer) and queue.imported is None:
        yield TimeoutCheck(
            function=function_path(consumer),
            consumer=consumer.name,
            queue=queue.name,
            visibility=queue.visibility,
        )
    properties: dict[str, Value] = {
        "FunctionName": function_arn(consumer),
        "EventSourceArn": arn(queue),
        "BatchSize": consumer.batch_size,
    }
    if not made.edge.enabled:
        properties["Enabled"] = False
    if consumer.batch_window:
        properties["MaximumBatchingWindowInSeconds"] = consumer.batch_window
    if consumer.partial_failures:
        properties["FunctionResponseTypes"] = ("ReportBatchItemFailures",)
    if isinstance(consumer.concurrency, Pollers):
        properties["ProvisionedPollerConfig"] = {
            "MinimumPollers": consumer.concurrency.min,
            "MaximumPollers": consumer.concurrency.max,
        }
    elif consumer.concurrency is not None:
        properties["ScalingConfig"] = {"MaximumConcurrency": consumer.concurrency}
    if made.patterns:
        filters: Value = tuple({"Pattern": Json(value=value(pattern))} for pattern in made.patterns)
        properties["FilterCriteria"] = {"Filters": filters}
    identifier = ids.mapping(consumer, queue)
    yield Resource(
        path=(identifier,),
        type="AWS::Lambda::EventSourceMapping",
        properties=properties,
        declared=consumer,
        handle=Handle(name=ids.mapping_handle(consumer, queue)),
    )


def is_handed_over(consumer: Consumer) -> bool:
    """Whether a consumer's function is handed over, with a timeout that only CDK knows."""
    return argument_in(consumer.address) is not None


def failures(consumer: Consumer) -> Iterator[Item]:
    """Yield what becomes of asynchronous invocations that fail."""
    if not ids.has_invoke_config(consumer):
        return
    properties: dict[str, Value] = {
        "FunctionName": Attribute(of=function_path(consumer), name="Name"),
        "Qualifier": "$LATEST",
    }
    if consumer.function.retries is not None:
        properties["MaximumRetryAttempts"] = consumer.function.retries
    if consumer.on_failure is not None:
        destination: dict[str, Value] = {"Destination": arn(consumer.on_failure)}
        properties["DestinationConfig"] = {"OnFailure": destination}
    yield Resource(
        path=(ids.invoke_config(consumer),),
        type="AWS::Lambda::EventInvokeConfig",
        properties=properties,
        declared=consumer,
    )
