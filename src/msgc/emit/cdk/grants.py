"""Grants: each publisher and consumer may use exactly the edges that it declares."""

from __future__ import annotations

from typing import Literal, assert_never

from msgc.delivery.rights import RECEIVE, SEND, Events, Statement, rights
from msgc.emit.cdk import naming
from msgc.emit.cdk.accounts import write_account_check
from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.queues import queue_arn_by_name
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.record import Record
from msgc.topology import ids, names
from msgc.topology.model import (
    Bus,
    ByArn,
    ByParameter,
    Consumer,
    GivenFunction,
    MadeFunction,
    Place,
    Producer,
    Provided,
    Publisher,
    Queue,
    Topic,
)

_ON_QUEUES = {"_RECEIVE": RECEIVE, "_SEND": SEND}


class Grantee(Record):
    """Who is granted something."""

    publisher: Publisher
    expression: str
    kind: Literal["own", "given", "role-by-arn", "policy"]
    """`own`: a function of this stack. `given`: handed over, perhaps from another stack."""
    statements: tuple[Statement, ...]

    def arn(self, place: Place) -> str:
        """Return the expression of an ARN that may be granted.

        What was handed over may be in another stack: a reference there would tie it to this one.
        """
        return arn_by_name(place) if self.kind == "given" else naming.arn(place)


def grantees(sheet: Sheet) -> tuple[Grantee, ...]:
    """Return everybody who needs a grant."""
    found = rights(sheet.publishers, sheet.delivery)
    return tuple(_grantee(who, statements) for who, statements in found.items() if statements)


def _grantee(publisher: Publisher, statements: tuple[Statement, ...]) -> Grantee:
    kind: Literal["own", "given", "role-by-arn", "policy"]
    match publisher:
        case Consumer(function=MadeFunction()):
            kind, expression = "own", naming.function(publisher)
        case Consumer(function=GivenFunction(address=Provided())):
            kind, expression = "given", naming.function(publisher)
        case Producer(role=Provided(argument=argument)):
            kind, expression = "given", f"self.{argument}"
        case Producer(role=ByArn()):
            kind, expression = "role-by-arn", names.snake(f"{publisher.name}-policy")
        case _:
            kind, expression = "policy", f"self.{naming.policy_name(publisher)}"
    return Grantee(publisher=publisher, expression=expression, kind=kind, statements=statements)


def grants(sheet: Sheet) -> Section:
    """Return the section with the grants."""
    found = grantees(sheet)
    return Section(
        method="_add_grants",
        docstring="What each consumer and producer may do: exactly its edges.",
        items=found,
        write=_write_grants,
        attributes=tuple(
            Attribute(
                name=naming.policy_name(grantee.publisher),
                type=f"{sheet.aws('iam')}.ManagedPolicy",
                description=f"What `{grantee.publisher.name}` needs, for its role elsewhere.",
            )
            for grantee in found
            if grantee.kind == "policy"
        ),
    )


def _write_grants(sheet: Sheet, grantee: Grantee) -> None:
    publisher = grantee.publisher
    match grantee.kind:
        case "role-by-arn":
            _write_role_policy(sheet, grantee)
        case "policy":
            _write_managed_policy(sheet, grantee)
        case "given":
            if isinstance(publisher, Producer):
                write_account_check(sheet, publisher, grantee.expression)
        case "own":
            pass
        case _:
            assert_never(grantee.kind)
    for statement in grantee.statements:
        sheet.write(
            new(
                f"{sheet.aws('iam')}.Grant.add_to_principal",
                grantee=grantee.expression,
                actions=_actions(statement),
                resource_arns=listing(
                    [
                        *(grantee.arn(place) for place in statement.places),
                        *(f'f"{{self._parameter_arns}}{path}"' for path in statement.parameters),
                    ]
                ),
                conditions=_condition(statement.events) if statement.events else None,
            )
        )


def write_actions(sheet: Sheet) -> bool:
    """Write the lists of actions on queues, once for all grants; return whether there are any."""
    used = {statement.actions for grantee in grantees(sheet) for statement in grantee.statements}
    for name, actions in _ON_QUEUES.items():
        if actions in used:
            texts = listing(string(action) for action in actions)
            sheet.write(texts.replace(head=f"{name} = {texts.head}"))
    return not used.isdisjoint(_ON_QUEUES.values())


def _actions(statement: Statement) -> str | Call:
    for name, actions in _ON_QUEUES.items():
        if statement.actions == actions:
            return name
    return listing(string(action) for action in statement.actions)


def _write_role_policy(sheet: Sheet, grantee: Grantee) -> None:
    """Write an inline policy of a role that exists.

    IAM's names are the same in all Regions, and a policy replaces another of its name: so there is
    the Region in it.
    """
    producer, iam = grantee.publisher, sheet.aws("iam")
    assert isinstance(producer, Producer)  # noqa: S101  # only producers have roles
    assert isinstance(producer.role, ByArn)  # noqa: S101
    arn = string(producer.role.arn)
    role = names.snake(f"{producer.name}-role")
    sheet.write(new(f"{role} = {iam}.Role.from_role_arn", "self", string(ids.role(producer)), arn))
    write_account_check(sheet, producer, role)
    service = sheet.topology.service
    policy = new(
        f"{grantee.expression} = {iam}.Policy",
        "self",
        string(ids.role_policy(producer)),
        policy_name=f'f"{service}-{producer.name}-{{{sheet.core("Aws")}.REGION}}"',
        roles=listing([role]),
    )
    sheet.write(policy)


def _write_managed_policy(sheet: Sheet, grantee: Grantee) -> None:
    """Write the policy of somebody elsewhere, and the parameter in which its ARN is found."""
    publisher, policy = grantee.publisher, grantee.expression
    described = f"What {publisher.name} needs to use the messaging of its service"
    sheet.write(
        new(
            f"{policy} = {sheet.aws('iam')}.ManagedPolicy",
            "self",
            string(ids.managed_policy(publisher)),
            description=string(described),
        )
    )
    parameter = f"/{sheet.topology.service}/messaging/policies/{publisher.name}"
    sheet.write(
        new(
            f"{sheet.aws('ssm')}.StringParameter",
            "self",
            string(ids.policy_parameter(publisher)),
            parameter_name=string(parameter),
            string_value=f"{policy}.managed_policy_arn",
        )
    )


def _condition(events: Events) -> Call:
    types = listing(string(each) for each in events.types)
    equal = mapping([("events:source", string(events.source)), ("events:detail-type", types)])
    return mapping([("StringEquals", equal)])


def arn_by_name(place: Place) -> str:
    """Return a place's ARN from its physical name, or whatever else is no reference.

    What is imported by parameter is read where the ARN is used: a reference to it would tie
    the stack of a role that was handed over to this one, and this one to that role's stack.
    """
    match place:
        case (
            Topic(imported=ByParameter(parameter=path)) | Bus(imported=ByParameter(parameter=path))
        ):
            return string(f"{{{{resolve:ssm:{path}}}}}")
        case Queue():
            return queue_arn_by_name(place)
        case Topic(imported=None):
            return f'f"{{self._topic_arns}}{place.physical_name}"'
        case Bus(imported=None, is_default=False):
            return f'f"{{self._bus_arns}}{place.physical_name}"'
        case Topic() | Bus():
            return naming.arn(place)
        case _:
            assert_never(place)
