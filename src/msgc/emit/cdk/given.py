"""What the user's own CDK code hands over: the arguments of the construct."""

from __future__ import annotations

from msgc.emit.cdk.sheet import Sheet
from msgc.record import Record
from msgc.topology.model import GivenFunction, LogGroup, Provided


class Given(Record):
    """An argument of the construct."""

    argument: str
    type: str
    """The interface, and the class that users have at hand: pyright doesn't see that it fits."""


def given(sheet: Sheet) -> tuple[Given, ...]:
    """Return the arguments, in the order of the file: functions, roles, log groups."""
    found: dict[str, str] = {}
    for consumer in sheet.topology.consumers.values():
        function = consumer.function
        if isinstance(function, GivenFunction) and isinstance(function.address, Provided):
            lambda_ = sheet.aws("lambda")
            found[function.address.argument] = f"{lambda_}.IFunction | {lambda_}.FunctionBase"
    for producer in sheet.topology.producers.values():
        if isinstance(producer.role, Provided):
            iam = sheet.aws("iam")
            found[producer.role.argument] = f"{iam}.IRole | {iam}.Role"
    for rule in sheet.delivery.rules:
        if isinstance(rule.target, LogGroup) and isinstance(rule.target.address, Provided):
            logs = sheet.aws("logs")
            found[rule.target.address.argument] = f"{logs}.ILogGroup | {logs}.LogGroup"
    return tuple(Given(argument=argument, type=kind) for argument, kind in found.items())
