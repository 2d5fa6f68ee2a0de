"""Print who is let in from outside of the service as calls of the kit."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.emit.cdk.expressions import Call, listing, new
from msgc.emit.cdk.printer import Printer
from msgc.emit.python_writer import string
from msgc.stack.model import Opening
from msgc.stack.values import text
from msgc.topology.deferred import Text
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Outsider, Principals

_METHODS = {
    "AWS::SQS::Queue": "self.open_queue_to",
    "AWS::SNS::Topic": "self.open_topic_to",
}


def opening(printer: Printer, made: Opening) -> Call:
    """Print what lets somebody use a place; of a bus that is a resource of its own."""
    place, who = printer.handles.name(made.place), _outsider(printer, made.who)
    if made.via:
        return new("self.open_key_to", place, who, may=string(made.may), through=string(made.via))
    if made.policy is None:
        method = _METHODS[printer.handles.items[made.place].type]
        return new(
            method,
            place,
            who,
            may=string(made.may),
            endpoint=_value(printer, made.endpoint),
        )
    equal: Any = (made.statement.condition or {}).get("StringEquals", {})
    return new(
        "self.open_bus_to",
        string(made.policy.path[0]),
        place,
        who,
        may=string(made.may),
        name=printer.option(made.policy, "StatementId"),
        sources=_listed(printer, equal.get("events:source")),
        types=_listed(printer, equal.get("events:detail-type")),
    )


def _listed(printer: Printer, values: Any) -> str | Call | None:
    return None if values is None else printer.value(values)


def _value(printer: Printer, found: Text | None) -> str | Call | None:
    return None if found is None else printer.value(text(found))


def _values(printer: Printer, found: tuple[Text, ...]) -> tuple[str | Call, ...]:
    return tuple(printer.value(text(each)) for each in found)


def _outsider(printer: Printer, who: Outsider) -> Call:
    match who:
        case AwsService(name=name, source=source, account=account, says_account=says):
            return new(
                printer.out.kit("aws_service"),
                string(name),
                source=_value(printer, source),
                account=_value(printer, account),
                any_account=None if says else "True",
            )
        case Accounts(ids=accounts):
            return new(printer.out.kit("accounts"), *_values(printer, accounts))
        case Organizations(ids=organizations):
            return new(printer.out.kit("organizations"), *_values(printer, organizations))
        case Principals(arns=arns, accounts=accounts):
            waits = bool(accounts) and any(not isinstance(arn, str) for arn in arns)
            owners = listing(_values(printer, accounts)) if waits else None
            return new(printer.out.kit("principals"), *_values(printer, arns), accounts=owners)
        case _:
            assert_never(who)
