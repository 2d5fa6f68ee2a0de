"""Rules on buses, each with one target, and what lets them reach it."""

from __future__ import annotations

from typing import assert_never

from msgc.delivery.cloudtrail import EVERYTHING, asks_for_reads
from msgc.delivery.plan import Rule
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, has_null, json_value, listing, mapping, maybe, new
from msgc.emit.cdk.permissions import permission
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Bus, Consumer, LogGroup, Queue, Topic


def rules(sheet: Sheet) -> Section:
    """Return the section that makes the rules."""
    found = sheet.delivery.rules
    events = sheet.aws("events") if found else ""
    return Section(
        method="_add_rules",
        docstring="Rules: what on which bus goes where.",
        items=found,
        write=_write_rule,
        before=lambda sheet: sheet.writer.comment(
            "L1, because the L2's targets write a policy statement for each rule into its queues "
            "(`_add_senders` does that once), and know no retry for a bus."
        ),
        attributes=tuple(
            Attribute(
                name=naming.rule_name(rule),
                type=f"{events}.CfnRule",
                description=rule.edge.description or f"From `{rule.edge.name}`.",
            )
            for rule in found
        ),
    )


def _write_rule(sheet: Sheet, rule: Rule) -> None:
    events, edge, name = sheet.aws("events"), rule.edge, naming.rule(rule)
    role = _write_role(sheet, rule)
    nulls = has_null(rule.pattern)
    sheet.write(
        new(
            f"{name} = {events}.CfnRule",
            "self",
            string(rule.construct_id),
            event_bus_name=_bus_name(rule.bus),
            description=string(edge.description[:512]) if edge.description else None,
            state=_state(rule),
            event_pattern=None if nulls else json_value(rule.pattern),
            targets=listing([_target(sheet, rule, role)]),
        )
    )
    if nulls:
        sheet.writer.comment("As text: on its way into a template, null gets lost otherwise.")
        text = new(f"{sheet.writer.use_module('json')}.dumps", json_value(rule.pattern))
        sheet.write(new(f"{name}.add_property_override", string("EventPattern"), text))
    if isinstance(rule.target, Consumer):
        identifier, source = ids.permission(rule.construct_id), f"{name}.attr_arn"
        sheet.write(permission(identifier, rule.target, "events.amazonaws.com", source))


def _bus_name(bus: Bus) -> str:
    """Return the expression of a bus's name, or of the ARN that another account's bus needs."""
    return f"{naming.attribute(bus)}.event_bus_{'arn' if bus.imported else 'name'}"


def _state(rule: Rule) -> str | None:
    if not rule.edge.enabled:
        return string("DISABLED")
    return string(EVERYTHING) if asks_for_reads(rule.pattern) else None


def _target(sheet: Sheet, rule: Rule, role: str | None) -> Call:
    kind, retry = f"{sheet.aws('events')}.CfnRule", rule.retry
    retry_policy = dead_letter = None
    if retry:
        retry_policy = new(
            f"{kind}.RetryPolicyProperty",
            maximum_retry_attempts=maybe(retry.attempts),
            maximum_event_age_in_seconds=maybe(retry.max_age),
        )
    if rule.dead_letter:
        arn = naming.arn(rule.dead_letter)
        dead_letter = new(f"{kind}.DeadLetterConfigProperty", arn=arn)
    return new(
        f"{kind}.TargetProperty",
        id=string("Target"),
        arn=_arn(sheet, rule.target),
        role_arn=f"{role}.role_arn" if role else None,
        retry_policy=retry_policy,
        dead_letter_config=dead_letter,
    )


def _arn(sheet: Sheet, target: Queue | Topic | Bus | Consumer | LogGroup) -> str | Call:
    match target:
        case Queue() | Topic() | Bus():
            return naming.arn(target)
        case Consumer():
            return f"{naming.function(target)}.function_arn"
        case LogGroup():
            sheet.core("Stack")
            group = f"self.{naming.log_group_name(target)}.log_group_name"
            resource = f'f"log-group:{{{group}}}"'  # without the `:*` of `log_group_arn`
            return new("Stack.of(self).format_arn", service=string("logs"), resource=resource)
        case _:
            assert_never(target)


def _write_role(sheet: Sheet, rule: Rule) -> str | None:
    """Write the role of a rule that needs one, and return its name."""
    match rule.target:
        case Topic():
            action = "sns:Publish"
        case Bus():
            action = "events:PutEvents"
        case Queue() | Consumer() | LogGroup():
            return None
        case _:
            assert_never(rule.target)
    iam, name = sheet.aws("iam"), f"{naming.rule_name(rule)}_role"
    statement = new(
        f"{iam}.PolicyStatement",
        actions=listing([string(action)]),
        resources=listing([naming.arn(rule.target)]),
    )
    document = new(f"{iam}.PolicyDocument", statements=listing([statement]))
    sheet.write(
        new(
            f"{name} = {iam}.Role",
            "self",
            string(ids.rule_role(rule.edge)),
            assumed_by=f'{iam}.ServicePrincipal("events.amazonaws.com")',
            inline_policies=mapping([("Send", document)]),
        )
    )
    return name
