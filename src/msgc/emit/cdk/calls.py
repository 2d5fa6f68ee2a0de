"""Print each resource, import and right of a stack as one call of the kit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from msgc.emit.cdk.alarms import alarm
from msgc.emit.cdk.dashboards import dashboard
from msgc.emit.cdk.destinations import api_destination, connection
from msgc.emit.cdk.edges import rule, sender, subscription
from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.functions import failures, function, mapping
from msgc.emit.cdk.handles import TYPES, Type, is_text
from msgc.emit.cdk.module_writer import Statement
from msgc.emit.cdk.openings import opening
from msgc.emit.cdk.pipes import pipe
from msgc.emit.cdk.places import (
    archive,
    bus,
    bus_logs,
    key,
    log_group,
    parameter,
    payload_bucket,
    queue,
    registry,
    schema,
    table,
    topic,
)
from msgc.emit.cdk.printer import Printer, identifier
from msgc.emit.cdk.rights import inline, log_policy, managed, rights
from msgc.emit.cdk.schedules import schedule
from msgc.emit.python_writer import string
from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.values import Address, Value, text
from msgc.topology.deferred import Text
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided


def statements(printer: Printer, item: Item) -> Iterator[Statement]:  # noqa: C901  # one for each
    """Yield how an item is made, if it isn't made along with another or handed over."""
    match item:
        case Resource(by=None):
            call = CALLS[item.type](printer, item)
            yield Statement(name=item.handle.name if item.handle else None, value=call)
        case Existing():
            yield from _find(printer, item)
        case Rights():
            for call in rights(printer, item):
                yield Statement(value=call)
        case TimeoutCheck():
            call = new(
                "self.check_timeout",
                printer.handles.name(item.function),
                consumer=string(item.consumer),
                queue=string(item.queue),
                visibility=str(item.visibility),
            )
            yield Statement(value=call)
        case Opening():
            yield Statement(value=opening(printer, item))
        case Tagged():
            tagged = map(printer.handles.name, item.paths)
            yield Statement(value=new("self.tag", *tagged, tags=printer.value({**item.tags})))
        case Override():
            yield Statement(value=_override(printer, item))
        case AccountCheck():
            role = printer.handles.name(item.role)
            yield Statement(value=new("self.refuse_other_account", string(item.path[0]), role))
        case Resource():
            pass
        case _:
            assert_never(item)


def _override(printer: Printer, item: Override) -> Call:
    """Return what is overridden of a resource, or of one that is made with it."""
    handle, children = item.path[:1], map(string, item.path[1:])
    written = printer.value({**item.properties})
    return new("self.override", printer.handles.name(handle), written, *children)


def _find(printer: Printer, item: Existing) -> Iterator[Statement]:
    """Yield how something is found that exists; what is handed over is there already."""
    found = _existing(printer, item)
    if found is not None:
        yield Statement(name=item.handle.name, value=found)


def _existing(printer: Printer, existing: Existing) -> Call | str | None:
    kind = TYPES[existing.type]
    module, importer = kind.module, kind.importer
    address = existing.address
    found: str | Call
    match address:
        case ByArn(arn=arn):
            found = printer.value(text(arn))
        case ByParameter(parameter=path):
            found = new("self.value_of", printer.value(text(path)))
        case ByName(name=name):
            found = printer.value(text(name) if kind.named else _arn_by_name(kind, name))
            importer = kind.named or importer
        case Provided():
            return None
        case _:
            assert_never(address)
    if is_text(existing):
        return found
    if kind.finder:
        return new(f"self.{kind.finder}", identifier(existing), found)
    return new(f"{printer.out.aws(module)}.{importer}", "self", identifier(existing), found)


def _arn_by_name(kind: Type, name: Text) -> Value:
    service, before = kind.arn
    return Address(service=service, resource=text(name, before=before))


CALLS: dict[str, Callable[[Printer, Resource], Call]] = {
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CloudWatch::Dashboard": dashboard,
    "AWS::DynamoDB::Table": table,
    "AWS::Events::ApiDestination": api_destination,
    "AWS::Events::Archive": archive,
    "AWS::Events::Connection": connection,
    "AWS::Events::EventBus": bus,
    "AWS::Events::Rule": rule,
    "AWS::EventSchemas::Registry": registry,
    "AWS::EventSchemas::Schema": schema,
    "AWS::IAM::ManagedPolicy": managed,
    "AWS::IAM::Policy": inline,
    "AWS::IAM::Role": sender,
    "AWS::KMS::Key": key,
    "AWS::Lambda::EventInvokeConfig": failures,
    "AWS::Lambda::EventSourceMapping": mapping,
    "AWS::Lambda::Function": function,
    "AWS::Logs::DeliveryDestination": bus_logs,
    "AWS::Logs::LogGroup": log_group,
    "AWS::Logs::ResourcePolicy": log_policy,
    "AWS::Pipes::Pipe": pipe,
    "AWS::Scheduler::Schedule": schedule,
    "AWS::S3::Bucket": payload_bucket,
    "AWS::SNS::Subscription": subscription,
    "AWS::SNS::Topic": topic,
    "AWS::SQS::Queue": queue,
    "AWS::SSM::Parameter": parameter,
}
"""How each type of resource is printed."""
