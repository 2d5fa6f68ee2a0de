"""Grants: each publisher and consumer may use exactly the edges that it declares."""

from __future__ import annotations

from typing import Literal, assert_never

from msgc.emit.cdk import naming
from msgc.emit.cdk.accounts import write_account_check
from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.queues import queue_arn_by_name
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.record import Record
from msgc.topology import names
from msgc.topology.model import (
    Bus,
    ByArn,
    ByParameter,
    Consumer,
    GivenFunction,
    MadeFunction,
    Message,
    Place,
    Producer,
    Provided,
    Publication,
    Publisher,
    Queue,
    Topic,
)

_SEND = ("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage")
_RECEIVE = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
)


class Grantee(Record):
    """Who is granted something."""

    publisher: Publisher
    expression: str
    kind: Literal["own", "given", "role-by-arn", "policy"]
    """`own`: a function of this stack. `given`: handed over, perhaps from another stack."""
    reads: tuple[Queue, ...]

    @property
    def in_statements(self) -> bool:
        """Whether to write statements instead of an L2's grant.

        That would write into the queue's policy, too, for a role whose account it can't compare,
        and refer to this stack from the stack of what was handed over.
        """
        return self.kind in {"given", "role-by-arn"}

    def arn(self, place: Place) -> str:
        """Return the expression of an ARN that may be granted."""
        return arn_by_name(place) if self.kind == "given" else naming.arn(place)


def grantees(sheet: Sheet) -> tuple[Grantee, ...]:
    """Return everybody who needs a grant that no L2 makes by itself."""
    reads: dict[Publisher, list[Queue]] = {}
    for poll in sheet.delivery.polls:
        reads.setdefault(poll.consumer, []).append(poll.queue)
    found = (_grantee(publisher, tuple(reads.get(publisher, ()))) for publisher in sheet.publishers)
    return tuple(g for g in found if g.publisher.publishes or g.reads or _failures(g))


def _grantee(publisher: Publisher, reads: tuple[Queue, ...]) -> Grantee:
    kind: Literal["own", "given", "role-by-arn", "policy"]
    match publisher:
        case Consumer(function=MadeFunction()):
            # its event sources and its on_failure bring their grants along
            expression = naming.function(publisher)
            return Grantee(publisher=publisher, expression=expression, kind="own", reads=())
        case Consumer(function=GivenFunction(address=Provided())):
            kind, expression = "given", naming.function(publisher)
        case Producer(role=Provided(argument=argument)):
            kind, expression = "given", f"self.{argument}"
        case Producer(role=ByArn()):
            kind, expression = "role-by-arn", names.snake(f"{publisher.name}-role")
        case _:
            kind, expression = "policy", f"self.{naming.policy_name(publisher)}"
    return Grantee(publisher=publisher, expression=expression, kind=kind, reads=reads)


def _failures(grantee: Grantee) -> Queue | None:
    """Return the queue that a given function's failures go to; Lambda uses the function's role."""
    publisher = grantee.publisher
    if isinstance(publisher, Consumer) and isinstance(publisher.function, GivenFunction):
        return publisher.on_failure
    return None


def grants(sheet: Sheet) -> Section:
    """Return the section with the grants."""
    found = grantees(sheet)
    return Section(
        method="_add_grants",
        docstring="Who may publish where: exactly the edges that are declared.",
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
    iam, publisher, who = sheet.aws("iam"), grantee.publisher, grantee.expression
    identifier = names.pascal(publisher.name)
    match grantee.kind:
        case "role-by-arn":
            assert isinstance(publisher, Producer)  # noqa: S101  # only producers have roles
            assert isinstance(publisher.role, ByArn)  # noqa: S101
            importer = f"{who} = {iam}.Role.from_role_arn"
            arn = string(publisher.role.arn)
            sheet.write(new(importer, "self", string(f"{identifier}Role"), arn))
        case "policy":
            described = f"What {publisher.name} needs to use the messaging of its service"
            policy, label = f"{who} = {iam}.ManagedPolicy", string(f"{identifier}Policy")
            sheet.write(new(policy, "self", label, description=string(described)))
            parameter = f"/{sheet.topology.service}/messaging/policies/{publisher.name}"
            sheet.write(
                new(
                    f"{sheet.aws('ssm')}.StringParameter",
                    "self",
                    string(f"{identifier}PolicyParameter"),
                    parameter_name=string(parameter),
                    string_value=f"{who}.managed_policy_arn",
                )
            )
        case "own" | "given":
            pass
        case _:
            assert_never(grantee.kind)
    if isinstance(publisher, Producer) and publisher.role is not None:
        write_account_check(sheet, publisher, who)
    for publication in publisher.publishes:
        _write_publication(sheet, grantee, publication)
    for queue in grantee.reads:
        _write_queue_grant(sheet, grantee, queue, "consume")
    if (failed := _failures(grantee)) is not None:
        _write_queue_grant(sheet, grantee, failed, "send")
    if isinstance(publisher, Producer):
        _write_discovery_grant(sheet, grantee)


def _write_publication(sheet: Sheet, grantee: Grantee, publication: Publication) -> None:
    place, who = publication.target, grantee.expression
    match place:
        case Queue():
            _write_queue_grant(sheet, grantee, place, "send")
        case Topic():
            if grantee.in_statements:
                _write_statement(sheet, who, ("sns:Publish",), grantee.arn(place))
            else:
                sheet.write(f"{naming.attribute(place)}.grant_publish({who})")
        case Bus():
            for condition in _conditions(publication.messages):
                _write_statement(sheet, who, ("events:PutEvents",), grantee.arn(place), condition)
        case _:
            assert_never(place)


def _write_queue_grant(
    sheet: Sheet, grantee: Grantee, queue: Queue, verb: Literal["send", "consume"]
) -> None:
    if grantee.in_statements:
        actions = _SEND if verb == "send" else _RECEIVE
        _write_statement(sheet, grantee.expression, actions, grantee.arn(queue))
    else:
        grant = f"{naming.attribute(queue)}.grant_{verb}_messages"
        sheet.write(new(grant, grantee.expression))


def _write_statement(
    sheet: Sheet, who: str, actions: tuple[str, ...], arn: str, condition: Call | None = None
) -> None:
    sheet.write(
        new(
            f"{sheet.aws('iam')}.Grant.add_to_principal",
            grantee=who,
            actions=listing(string(action) for action in actions),
            resource_arns=listing([arn]),
            conditions=condition,
        )
    )


def _conditions(messages: tuple[Message, ...]) -> list[Call]:
    """Return which events may be put, each source with its own types only."""
    by_source: dict[str, list[str]] = {}
    for message in messages:
        types = by_source.setdefault(message.source, [])
        if message.type not in types:
            types.append(message.type)
    return [
        mapping(
            [
                (
                    "StringEquals",
                    mapping(
                        [
                            ("events:source", string(source)),
                            ("events:detail-type", listing(string(t) for t in types)),
                        ]
                    ),
                )
            ]
        )
        for source, types in by_source.items()
    ]


def _write_discovery_grant(sheet: Sheet, grantee: Grantee) -> None:
    """Let a producer read the parameters in which it finds the places it publishes to."""
    addresses = (sheet.delivery.addresses[p.target] for p in grantee.publisher.publishes)
    parameters = dict.fromkeys(a.parameter for a in addresses if a.parameter)
    if not parameters:
        return
    sheet.write(
        new(
            f"{sheet.aws('iam')}.Grant.add_to_principal",
            grantee=grantee.expression,
            actions=listing([string("ssm:GetParameter"), string("ssm:GetParameters")]),
            resource_arns=listing(
                f'f"{{self._parameter_arns}}{parameter}"' for parameter in parameters
            ),
        )
    )


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
