"""Print subscriptions, event rules and the roles they send with as calls of the kit."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.destinations import http
from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.handles import ANY, TARGETS, URL
from msgc.emit.cdk.printer import Printer, identifier, number
from msgc.emit.python_writer import string
from msgc.kinds import KINDS
from msgc.stack.model import Resource
from msgc.stack.resources.event_rules import ALONE
from msgc.stack.values import Value, reference
from msgc.topology.settings import RETRY_DELAY


def subscription(printer: Printer, made: Resource) -> Call:
    """Print a subscription to a topic."""
    scope, redrive = made.properties["FilterPolicyScope"], made.properties.get("RedrivePolicy")
    return new(
        "self.subscription",
        identifier(made),
        printer.known(made.properties["TopicArn"]),
        to=_endpoint(printer, made),
        raw=printer.option(made, "RawMessageDelivery"),
        filter_policy=printer.option(made, "FilterPolicy"),
        scope=None if scope == "MessageAttributes" else printer.value(scope),
        **_delivery(printer, made),
        region=_told_region(printer, made),
        dead_letter=printer.known(redrive["deadLetterTargetArn"])
        if isinstance(redrive, dict)
        else None,
    )


def _told_region(printer: Printer, made: Resource) -> str | Call | None:
    """Return the Region where the file says it; else the topic's ARN has it."""
    region = made.properties.get("Region")
    return None if region is None or reference(region) is not None else printer.value(region)


def _delivery(printer: Printer, made: Resource) -> dict[str, Any]:
    """Return how SNS posts: the number of retries, where nothing else is said, or a policy."""
    policy: Any = made.properties.get("DeliveryPolicy")
    if policy is None:
        return {}
    count = policy.get("healthyRetryPolicy", {}).get("numRetries")
    delays = {"minDelayTarget": RETRY_DELAY, "maxDelayTarget": RETRY_DELAY}
    if policy == {"healthyRetryPolicy": {"numRetries": count, **delays}}:
        return {"retries": str(count)}
    return {"delivery": printer.value(policy)}


def _endpoint(printer: Printer, made: Resource) -> Call:
    protocol, endpoint = made.properties["Protocol"], made.properties["Endpoint"]
    kind = next(
        kind
        for kind in KINDS.values()
        if any(delivery.protocol == protocol for delivery in kind.ways.values())
    )
    function = printer.out.kit(kind.to)
    if reference(endpoint) is None:
        address = printer.value(endpoint)
        told = "://" in str(address).partition("{")[0] or kind.to != URL
        return new(function, address, protocol=None if told else string(str(protocol)))
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


def rule(printer: Printer, rule: Resource) -> Call:
    """Print a rule of a bus."""
    targets: Any = rule.properties["Targets"]
    target = targets[0]  # what options say is the same for all
    retry, dead_letter = target.get("RetryPolicy", {}), target.get("DeadLetterConfig")
    return new(
        "self.rule",
        identifier(rule),
        printer.value(rule.properties["EventBusName"]),
        to=_targets(printer, targets),
        pattern=printer.option(rule, "EventPattern"),
        description=printer.option(rule, "Description"),
        state=printer.option(rule, "State"),
        retries=number(retry.get("MaximumRetryAttempts")),
        max_age=number(retry.get("MaximumEventAgeInSeconds")),
        dead_letter=printer.known(dead_letter["Arn"]) if dead_letter else None,
        send=_sent(printer, targets[0]),
    )


def _targets(printer: Printer, targets: tuple[dict[str, Value], ...]) -> Call:
    """Print the only target of a rule, or several by their ids."""
    if targets[0]["Id"] == ALONE:
        return _target(printer, targets[0])
    return mapping((str(each["Id"]), _target(printer, each)) for each in targets)


def _sent(printer: Printer, target: dict[str, Any]) -> Call | None:
    """Print what a target gets in place of the event."""
    if "Input" in target:
        return new(printer.out.kit("always"), printer.value(target["Input"]))
    if "InputPath" in target:
        return new(printer.out.kit("part_of_event"), printer.value(target["InputPath"]))
    made = target.get("InputTransformer")
    if made is None:
        return None
    paths = made.get("InputPathsMap")
    more = [printer.value(paths)] if paths else []
    return new(printer.out.kit("transformed"), printer.value(made["InputTemplate"]), *more)


def _target(printer: Printer, target: dict[str, Value]) -> Call:
    made: Any = target["Arn"]
    arn = reference(made) or made.resource.parts[1]  # of a log group, made from its name
    name = TARGETS[printer.handles.items[arn.of].type]
    function = printer.out.kit(name)
    role = printer.known(target["RoleArn"]) if "RoleArn" in target else None
    if name == ANY:
        return new(function, printer.value(arn), role=role)
    fifo: Any = target.get("SqsParameters")
    group = printer.value(fifo["MessageGroupId"]) if fifo else None
    more = [role] if role else []
    return new(function, printer.known(arn), *more, group=group, **http(printer, target))


def sender(printer: Printer, role: Resource) -> Call:
    """Print the role that a service assumes for an edge."""
    policies: Any = role.properties["Policies"]
    trust: Any = role.properties["AssumeRolePolicyDocument"]
    statements = [_statement(printer, each) for each in policies[0]["PolicyDocument"]["Statement"]]
    service = trust["Statement"][0]["Principal"]["Service"]
    return new("self.sender", identifier(role), printer.value(service), *statements)


def _statement(printer: Printer, statement: dict[str, Any]) -> Call:
    """Print what a role may do on an ARN, or on a key of another stack, by its alias."""
    actions, condition = _actions(printer, statement), statement.get("Condition")
    if condition is None:
        return Call(head="(", arguments=(actions, printer.value(statement["Resource"])))
    named = condition["ForAnyValue:StringEquals"]["kms:ResourceAliases"]
    aliases = (named,) if isinstance(named, str) else named
    return new("self.on_key", actions, *(string(each.removeprefix("alias/")) for each in aliases))


def _actions(printer: Printer, statement: dict[str, Value]) -> str | Call:
    actions = statement["Action"]
    return printer.value(actions if isinstance(actions, tuple) else (actions,))
