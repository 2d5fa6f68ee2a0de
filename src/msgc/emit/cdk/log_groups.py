"""Log groups that rules write to."""

from __future__ import annotations

from typing import assert_never

from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import listing, mapping, new
from msgc.emit.cdk.queues import source_arn
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids, names
from msgc.topology.model import ByArn, LogGroup, Provided

_WRITERS = ("events.amazonaws.com", "delivery.logs.amazonaws.com")


def _groups(sheet: Sheet) -> dict[str, LogGroup]:
    """Return the log groups by attribute: several rules may write to one."""
    targets = (rule.target for rule in sheet.delivery.rules)
    groups = {naming.log_group_name(t): t for t in targets if isinstance(t, LogGroup)}
    return dict(sorted(groups.items()))


def log_groups(sheet: Sheet) -> Section:
    """Return the section that makes the log groups and lets rules write to them."""
    made = {n: g for n, g in _groups(sheet).items() if not isinstance(g.address, Provided)}
    logs = sheet.aws("logs") if made else ""
    return Section(
        method="_add_log_groups",
        docstring="Log groups that rules write to.",
        items=tuple(made.items()),
        write=_write_group,
        attributes=tuple(
            Attribute(
                name=name,
                type=f"{logs}.{'ILogGroup' if group.address else 'LogGroup'}",
                description=f"The log group `{group.name}`."
                if group.name
                else "A log group that exists.",
            )
            for name, group in made.items()
        ),
    )


def _write_group(sheet: Sheet, item: tuple[str, LogGroup]) -> None:
    (name, group), logs = item, sheet.aws("logs")
    identifier = string(ids.log_group(group) if group.name else names.pascal(name))
    match group.address:
        case None:
            call = new(
                f"self.{name} = {logs}.LogGroup",
                "self",
                identifier,
                log_group_name=string(group.name or ""),
            )
        case ByArn(arn=arn):
            importer = f"self.{name} = {logs}.LogGroup.from_log_group_arn"
            call = new(importer, "self", identifier, string(arn))
        case Provided():  # handed over to the constructor
            return
        case _:
            assert_never(group.address)
    sheet.write(call)


def log_policy(sheet: Sheet) -> Section:
    """Return the section with the one resource policy for all log groups.

    An account has room for ten of these in a region.
    """
    return Section(
        method="_add_log_policy",
        docstring="Let EventBridge write to these log groups for these rules.",
        items=(tuple(_groups(sheet)),) if _groups(sheet) else (),
        write=_write_policy,
    )


def _write_policy(sheet: Sheet, groups: tuple[str, ...]) -> None:
    logs, iam = sheet.aws("logs"), sheet.aws("iam")
    rules = [source_arn(writer) for writer in sheet.delivery.log_writers]
    principals = listing(new(f"{iam}.ServicePrincipal", string(service)) for service in _WRITERS)
    sheet.write(principals.replace(head=f"principals = {principals.head}"))
    resources = listing(f"self.{name}.log_group_arn" for name in groups)
    sheet.write(resources.replace(head=f"log_groups = {resources.head}"))
    create = new(
        f"{iam}.PolicyStatement",
        principals="principals",
        actions=listing([string("logs:CreateLogStream")]),
        resources="log_groups",
    )
    put = new(
        f"{iam}.PolicyStatement",
        principals="principals",
        actions=listing([string("logs:PutLogEvents")]),
        resources="log_groups",
        conditions=mapping([("ArnLike", mapping([("aws:SourceArn", listing(rules))]))]),
    )
    sheet.write(
        new(
            f"{logs}.ResourcePolicy",
            "self",
            string(ids.LOG_GROUPS),
            resource_policy_name=string(f"{sheet.topology.service}-log-groups"),
            policy_statements=listing([create, put]),
        )
    )
