"""Print rights as calls of the kit: who may send, what consumers and producers may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.emit.cdk.expressions import Call, listing, new
from msgc.emit.cdk.printer import Option, Printer, identifier
from msgc.emit.python_writer import string
from msgc.stack.iam.grant import ACTIONS, LOGS
from msgc.stack.model import Resource, Rights, Statement


def rights(printer: Printer, rights: Rights) -> Iterator[Call]:
    """Yield what lets somebody in, or allows something."""
    holder = printer.handles.name(rights.holder)
    if printer.handles.items[rights.holder].type == "AWS::KMS::Key":
        from msgc.emit.cdk.keys import key_rights  # noqa: PLC0415  # few services have one

        yield from key_rights(printer, holder, rights.statements)
    elif any(statement.services for statement in rights.statements):
        yield _senders(printer, holder, rights.statements)
    else:
        for statement in rights.statements:
            yield _right(printer, holder, statement)


def _senders(printer: Printer, holder: str, statements: tuple[Statement, ...]) -> Call:
    """Return the call that lets topics, buses and rules send to a queue."""
    found: dict[str, Option] = {}
    for statement in statements:
        first, *more = map(string, statement.services)
        condition: Any = statement.condition
        arns = condition["ArnLike"]["aws:SourceArn"]
        if first == string("sns.amazonaws.com"):
            found["topics"] = listing(map(printer.place, arns))
        else:
            buses = [arn for arn in arns if printer.type_of(arn) == "AWS::Events::EventBus"]
            rules = [arn for arn in arns if arn not in buses]
            for word, sources in (("buses", buses), ("rules", rules)):
                if sources:
                    found[word] = listing(map(printer.place, sources))
        if statement.regional_sns:
            more.append("*self.regional_sns()")
        if more:
            found["also"] = listing(more)
    order = ("topics", "also", "buses", "rules")
    return new("self.let_send", holder, **{key: found[key] for key in order if key in found})


def _right(printer: Printer, holder: str, statement: Statement) -> Call:
    """Return the call that allows what an edge needs."""
    if statement.actions == ACTIONS["find"]:
        arns: Any = statement.resources
        paths = (string(arn.resource.removeprefix("parameter")) for arn in arns)
        return new("self.may_find", holder, *paths)
    if statement.resources == ("*",):
        return new(f"self.{_MAY[statement.actions]}", holder)
    if statement.actions in _ON_KEYS:
        method = f"self.{_ON_KEYS[statement.actions]}"
        if statement.condition is None:
            return new(method, holder, *map(printer.place, statement.resources))
        named: Any = statement.condition["ForAnyValue:StringEquals"]
        aliases = (each.removeprefix("alias/") for each in named["kms:ResourceAliases"])
        return new(method, holder, *map(string, aliases))
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
    ACTIONS["follow"]: "may_follow",
    ACTIONS["read"]: "may_read",
    ACTIONS["remember"]: "may_remember",
    ACTIONS["store"]: "may_store",
    ACTIONS["fetch"]: "may_fetch",
    ACTIONS["trace"]: "may_trace",
    ACTIONS["note"]: "may_log",
    ACTIONS["join"]: "may_join_networks",
}
"""The kit's methods for what is granted without a condition."""


_ON_KEYS = {ACTIONS["decrypt"]: "may_decrypt", ACTIONS["encrypt"]: "may_encrypt"}


def managed(printer: Printer, policy: Resource) -> Call:
    """Print the policy of somebody elsewhere."""
    return new(
        "self.managed", identifier(policy), description=printer.option(policy, "Description")
    )


def inline(printer: Printer, policy: Resource) -> Call:
    """Print the policy of a role that exists."""
    name: Any = policy.properties["PolicyName"]
    roles: Any = policy.properties["Roles"]
    start = string(name.parts[0].removesuffix("-"))
    return new("self.inline", identifier(policy), printer.known(roles[0]), name=start)


def log_policy(printer: Printer, policy: Resource) -> Call:
    """Print the one policy of log groups."""
    document: Any = policy.properties["PolicyDocument"]
    found: dict[str, Option] = {}
    for statement in document.value["Statement"]:
        condition, groups = statement.get("Condition"), _several(statement["Resource"])
        if statement["Principal"]["Service"] == LOGS:
            found["deliveries"] = printer.value(groups)
        elif condition is not None:
            found["groups"] = printer.value(groups)
            found["sources"] = printer.value(condition["ArnLike"]["aws:SourceArn"])
    return new(
        "self.let_log", identifier(policy), name=printer.option(policy, "PolicyName"), **found
    )


def _several(values: Any) -> tuple[Any, ...]:
    return values if isinstance(values, tuple) else (values,)
