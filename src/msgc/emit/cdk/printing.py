"""One call of the kit for each resource, import and right of a stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from msgc.emit.cdk.expressions import Call, duration, listing, new
from msgc.emit.cdk.handles import ANY, TARGETS, TYPES, Handles
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.kinds import KINDS
from msgc.record import Record
from msgc.stack.grants import ACTIONS
from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Resource,
    Rights,
    Statement,
    TimeoutCheck,
)
from msgc.stack.values import Address, Attribute, Join, Json, Value
from msgc.topology.model import ByArn, ByParameter, Provided

Option = str | Call | None


class Printer(Record):
    """A sheet, and what the items on it are called."""

    sheet: Sheet
    handles: Handles

    def value(self, value: Value) -> str | Call:
        """Return the expression of a value."""
        return self.handles.value(value)

    def option(self, resource: Resource, name: str) -> Option:
        """Return the expression of a property, None if the resource hasn't got it."""
        found = resource.properties.get(name)
        return None if found is None else self.value(found)

    def seconds(self, resource: Resource, name: str) -> Option:
        """Return a property in seconds as a `Duration`."""
        found = resource.properties.get(name)
        if not isinstance(found, int):
            return None
        self.sheet.core("Duration")
        return duration(found)

    def place(self, arn: Value) -> str | Call:
        """Return what an ARN is of by its attribute, or the ARN if it is made from a name."""
        return self.handles.name(arn.of) if isinstance(arn, Attribute) else self.value(arn)

    def known(self, arn: Value) -> str:
        """Return the attribute of the resource that an ARN is of."""
        assert isinstance(arn, Attribute)  # noqa: S101
        return self.handles.name(arn.of)

    def write(self, item: Item) -> None:
        """Write an item, if it isn't made along with another or handed over."""
        match item:
            case Resource(by=None):
                call = _CALLS[item.type](self, item)
                self._assign(f"self.{item.handle.name}" if item.handle else None, call)
            case Existing():
                found = _existing(self, item)
                if found is not None:
                    self._assign(f"self.{item.handle.name}", found)
            case Rights():
                for call in _rights(self, item):
                    self.sheet.write(call)
            case TimeoutCheck():
                self.sheet.write(
                    new(
                        "self.check_timeout",
                        self.handles.name(item.function),
                        consumer=string(item.consumer),
                        queue=string(item.queue),
                        visibility=str(item.visibility),
                    )
                )
            case AccountCheck():
                role = self.handles.name(item.role)
                self.sheet.write(new("self.refuse_other_account", string(item.path[0]), role))
            case Resource():
                pass
            case _:
                assert_never(item)

    def _assign(self, target: str | None, call: Call) -> None:
        self.sheet.write(call.replace(head=f"{target} = {call.head}") if target else call)


def _identifier(item: Resource | Existing) -> str:
    return string(item.path[0])


# Places


def _queue(printer: Printer, queue: Resource) -> Call:
    dead_letter = None
    redrive, allow = (queue.properties.get(f"Redrive{n}Policy") for n in ("", "Allow"))
    if isinstance(redrive, dict):
        ends_in = printer.known(redrive["deadLetterTargetArn"])
        receives = str(redrive["maxReceiveCount"])
        dead_letter = new(printer.sheet.kit("after"), receives, ends_in)
    retention = printer.seconds(queue, "MessageRetentionPeriod")
    wait = queue.properties.get("ReceiveMessageWaitTimeSeconds", 0)
    return new(
        f"self.{queue.variant or 'queue'}",
        _identifier(queue),
        name=printer.option(queue, "QueueName"),
        fifo=_fifo(queue, "FifoQueue", "DeduplicationScope"),
        content_deduplication=printer.option(queue, "ContentBasedDeduplication"),
        visibility=printer.seconds(queue, "VisibilityTimeout"),
        retention=_unless(retention, "Duration.days(14)" if queue.variant else None),
        delay=printer.seconds(queue, "DelaySeconds"),
        wait=None if wait == _WAIT else _duration(printer, wait),
        max_size=printer.option(queue, "MaximumMessageSize"),
        dead_letter=dead_letter,
        only_from=_names(allow["sourceQueueArns"]) if isinstance(allow, dict) else None,
        address=_address(printer, queue),
    )


def _fifo(place: Resource, fifo: str, per_group: str) -> str | None:
    if fifo not in place.properties:
        return None
    return string("per-group") if per_group in place.properties else "True"


_WAIT = 20
"""Seconds: what the kit's queues wait for, if they aren't told otherwise."""


def _duration(printer: Printer, seconds: Any) -> str:
    printer.sheet.core("Duration")
    return duration(seconds)


def _unless(option: Option, default: str | None) -> Option:
    """Return an option if it isn't the kit's default; CDK's default has to be said then."""
    if option is None and default is not None:
        return "Duration.days(4)"
    return None if option == default else option


def _names(arns: Value) -> Call:
    """Return the names of queues, of which the kit makes ARNs."""
    assert isinstance(arns, tuple)  # noqa: S101
    return listing(string(str(arn.resource)) for arn in arns if isinstance(arn, Address))


def _address(printer: Printer, place: Resource) -> Option:
    """Return the parameter in which others find a place."""
    for resource in printer.handles.with_it.get(place.path, ()):
        if resource.type == "AWS::SSM::Parameter":
            return printer.option(resource, "Name")
    return None


def _topic(printer: Printer, topic: Resource) -> Call:
    return new(
        "self.topic",
        _identifier(topic),
        name=printer.option(topic, "TopicName"),
        display_name=printer.option(topic, "DisplayName"),
        fifo=_fifo(topic, "FifoTopic", "FifoThroughputScope"),
        content_deduplication=printer.option(topic, "ContentBasedDeduplication"),
        tracing="True" if "TracingConfig" in topic.properties else None,
        max_size=printer.option(topic, "MaximumMessageSize"),
        address=_address(printer, topic),
    )


def _bus(printer: Printer, bus: Resource) -> Call:
    return new(
        "self.bus",
        _identifier(bus),
        name=printer.option(bus, "Name"),
        description=printer.option(bus, "Description"),
        address=_address(printer, bus),
    )


def _archive(printer: Printer, archive: Resource) -> Call:
    return new(
        "self.archive",
        _identifier(archive),
        printer.known(archive.properties["SourceArn"]),
        days=printer.option(archive, "RetentionDays"),
    )


def _parameter(printer: Printer, parameter: Resource) -> Call:
    name, value = (printer.value(parameter.properties[key]) for key in ("Name", "Value"))
    return new("self.parameter", _identifier(parameter), name, value)


def _log_group(printer: Printer, group: Resource) -> Call:
    return new("self.logs", _identifier(group), name=printer.option(group, "LogGroupName"))


# Edges


def _subscription(printer: Printer, made: Resource) -> Call:
    scope, redrive = made.properties["FilterPolicyScope"], made.properties.get("RedrivePolicy")
    delivery: Any = made.properties.get("DeliveryPolicy")
    return new(
        "self.subscription",
        _identifier(made),
        printer.known(made.properties["TopicArn"]),
        to=_endpoint(printer, made),
        raw=printer.option(made, "RawMessageDelivery"),
        filter_policy=printer.option(made, "FilterPolicy"),
        scope=None if scope == "MessageAttributes" else printer.value(scope),
        retries=str(delivery["healthyRetryPolicy"]["numRetries"]) if delivery else None,
        dead_letter=printer.known(redrive["deadLetterTargetArn"])
        if isinstance(redrive, dict)
        else None,
    )


def _endpoint(printer: Printer, made: Resource) -> Call:
    protocol, endpoint = made.properties["Protocol"], made.properties["Endpoint"]
    kind = next(k for k in KINDS.values() if k.by_topic and k.by_topic.protocol == protocol)
    function = printer.sheet.kit(kind.to)
    if not isinstance(endpoint, Attribute):
        return new(function, printer.value(endpoint))
    role = made.properties.get("SubscriptionRoleArn")
    if role is not None:
        with_role = printer.known(role)
        return new(
            function, printer.value(endpoint), role=with_role, protocol=string(str(protocol))
        )
    permissions = printer.handles.with_it.get(made.path, ())
    services = [string(str(each.properties["Principal"])) for each in permissions]
    more = [listing(services)] if len(services) > 1 else []
    return new(function, printer.known(endpoint), *more)


def _rule(printer: Printer, rule: Resource) -> Call:
    targets: Any = rule.properties["Targets"]
    target = targets[0]
    retry, dead_letter = target.get("RetryPolicy", {}), target.get("DeadLetterConfig")
    return new(
        "self.rule",
        _identifier(rule),
        printer.value(rule.properties["EventBusName"]),
        to=_target(printer, target),
        pattern=printer.option(rule, "EventPattern"),
        description=printer.option(rule, "Description"),
        state=printer.option(rule, "State"),
        retries=_number(retry.get("MaximumRetryAttempts")),
        max_age=_number(retry.get("MaximumEventAgeInSeconds")),
        dead_letter=printer.known(dead_letter["Arn"]) if dead_letter else None,
    )


def _number(found: object) -> str | None:
    return None if found is None else str(found)


def _target(printer: Printer, target: dict[str, Value]) -> Call:
    arn = target["Arn"]
    if isinstance(arn, Address):  # of a log group, without the `:*`
        assert isinstance(arn.resource, Join)  # noqa: S101
        arn = arn.resource.parts[1]
    assert isinstance(arn, Attribute)  # noqa: S101
    name = TARGETS[printer.handles.items[arn.of].type]
    function = printer.sheet.kit(name)
    role = printer.known(target["RoleArn"]) if "RoleArn" in target else None
    if name == ANY:
        return new(function, printer.value(arn), role=role)
    return new(function, printer.known(arn), *([role] if role else []))


def _sender(printer: Printer, role: Resource) -> Call:
    policies: Any = role.properties["Policies"]
    trust: Any = role.properties["AssumeRolePolicyDocument"]
    (statement,) = policies[0]["PolicyDocument"]["Statement"]
    service = trust["Statement"][0]["Principal"]["Service"]
    actions = statement["Action"]
    return new(
        "self.sender",
        _identifier(role),
        printer.value(service),
        printer.value(actions if isinstance(actions, tuple) else (actions,)),
        printer.value(statement["Resource"]),
    )


# Consumers


def _function(printer: Printer, function: Resource) -> Call:
    environment: Any = function.properties.get("Environment")
    return new(
        "self.function",
        _identifier(function),
        description=printer.option(function, "Description"),
        code=printer.option(function, "Code"),
        handler=printer.option(function, "Handler"),
        runtime=printer.option(function, "Runtime"),
        timeout=printer.seconds(function, "Timeout"),
        memory=printer.option(function, "MemorySize"),
        environment=printer.value(environment["Variables"]) if environment else None,
        reserved=printer.option(function, "ReservedConcurrentExecutions"),
        layers=printer.option(function, "Layers"),
    )


def _mapping(printer: Printer, made: Resource) -> Call:
    properties: Any = made.properties
    pollers = properties.get("ProvisionedPollerConfig")
    filters = properties.get("FilterCriteria", {"Filters": ()})["Filters"]
    ends = (printer.known(properties[key]) for key in ("FunctionName", "EventSourceArn"))
    return new(
        "self.mapping",
        _identifier(made),
        *ends,
        batch_size=None if properties["BatchSize"] == _BATCH else str(properties["BatchSize"]),
        window=printer.option(made, "MaximumBatchingWindowInSeconds"),
        partial=None if "FunctionResponseTypes" in properties else "False",
        concurrency=_number(properties.get("ScalingConfig", {}).get("MaximumConcurrency")),
        pollers=f"({pollers['MinimumPollers']}, {pollers['MaximumPollers']})" if pollers else None,
        filters=listing(printer.value(each["Pattern"]) for each in filters) if filters else None,
    )


_BATCH = 10
"""Messages: what the kit's mappings take, if they aren't told otherwise."""


def _failures(printer: Printer, made: Resource) -> Call:
    destination: Any = made.properties.get("DestinationConfig")
    function: Any = made.properties["FunctionName"]
    return new(
        "self.failures",
        _identifier(made),
        printer.known(function),
        retries=printer.option(made, "MaximumRetryAttempts"),
        to=printer.known(destination["OnFailure"]["Destination"]) if destination else None,
    )


# Access


def _rights(printer: Printer, rights: Rights) -> Iterator[Call]:
    holder = printer.handles.name(rights.holder)
    if any(statement.services for statement in rights.statements):
        yield _senders(printer, holder, rights.statements)
    else:
        for statement in rights.statements:
            yield _right(printer, holder, statement)


def _senders(printer: Printer, holder: str, statements: tuple[Statement, ...]) -> Call:
    """Return the call that lets topics and rules send to a queue."""
    found: dict[str, Option] = {}
    for statement in statements:
        first, *more = map(string, statement.services)
        condition: Any = statement.condition
        sources = listing(map(printer.place, condition["ArnLike"]["aws:SourceArn"]))
        found["topics" if first == string("sns.amazonaws.com") else "rules"] = sources
        if statement.regional_sns:
            more.append("*self.regional_sns()")
        if more:
            found["also"] = listing(more)
    order = ("topics", "also", "rules")
    return new("self.let_send", holder, **{key: found[key] for key in order if key in found})


def _right(printer: Printer, holder: str, statement: Statement) -> Call:
    """Return the call that allows what an edge needs."""
    if statement.actions == ACTIONS["find"]:
        arns = (str(arn.resource) for arn in statement.resources if isinstance(arn, Address))
        paths = (string(path.removeprefix("parameter")) for path in arns)
        return new("self.may_find", holder, *paths)
    places = (printer.place(arn) for arn in statement.resources)
    if statement.actions == ACTIONS["put"]:
        condition: Any = statement.condition
        equal = condition["StringEquals"]
        return new(
            "self.may_put",
            holder,
            *places,
            source=printer.value(equal["events:source"]),
            types=printer.value(equal["events:detail-type"]),
        )
    return new(f"self.{_MAY[statement.actions]}", holder, *places)


_MAY = {
    ACTIONS["receive"]: "may_receive",
    ACTIONS["send"]: "may_send",
    ACTIONS["publish"]: "may_publish",
}
"""The kit's methods for what is granted without a condition."""


def _managed(printer: Printer, policy: Resource) -> Call:
    return new(
        "self.managed", _identifier(policy), description=printer.option(policy, "Description")
    )


def _inline(printer: Printer, policy: Resource) -> Call:
    name: Any = policy.properties["PolicyName"]
    roles: Any = policy.properties["Roles"]
    start = string(name.parts[0].removesuffix("-"))
    return new("self.inline", _identifier(policy), printer.known(roles[0]), name=start)


def _log_policy(printer: Printer, policy: Resource) -> Call:
    document = policy.properties["PolicyDocument"]
    assert isinstance(document, Json)  # noqa: S101
    text: Any = document.value
    put = text["Statement"][1]
    groups = put["Resource"] if isinstance(put["Resource"], tuple) else (put["Resource"],)
    return new(
        "self.let_log",
        _identifier(policy),
        name=printer.option(policy, "PolicyName"),
        groups=printer.value(groups),
        sources=printer.value(put["Condition"]["ArnLike"]["aws:SourceArn"]),
    )


# What exists already


def _existing(printer: Printer, existing: Existing) -> Call | None:
    kind = TYPES[existing.type]
    module, importer = kind.module, kind.importer
    address = existing.address
    found: str | Call
    match address:
        case ByArn(arn=arn):
            found = string(arn)
        case ByParameter(parameter=path):
            found = new("self.value_of", string(path))
        case str(name):
            importer, found = "EventBus.from_event_bus_name", string(name)
        case Provided():
            return None
        case _:
            assert_never(address)
    return new(f"{printer.sheet.aws(module)}.{importer}", "self", _identifier(existing), found)


_CALLS: dict[str, Callable[[Printer, Resource], Call]] = {
    "AWS::Events::Archive": _archive,
    "AWS::Events::EventBus": _bus,
    "AWS::Events::Rule": _rule,
    "AWS::IAM::ManagedPolicy": _managed,
    "AWS::IAM::Policy": _inline,
    "AWS::IAM::Role": _sender,
    "AWS::Lambda::EventInvokeConfig": _failures,
    "AWS::Lambda::EventSourceMapping": _mapping,
    "AWS::Lambda::Function": _function,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::Logs::ResourcePolicy": _log_policy,
    "AWS::SNS::Subscription": _subscription,
    "AWS::SNS::Topic": _topic,
    "AWS::SQS::Queue": _queue,
    "AWS::SSM::Parameter": _parameter,
}
"""How each type of resource is printed."""
