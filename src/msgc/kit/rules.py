# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Rules on buses, each with one target or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Required, TypedDict, Unpack

from aws_cdk import aws_events as events

from .interfaces import Queue
from .permissions import Permissions
from .queues import Queues
from .targets import RuleTarget, bound
from .text import as_text, has_null

_SERVICE = "events.amazonaws.com"
_ALONE = "Target"
"""The id of a rule's only target."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a rule sends in place of the event: one of the three."""

    constant: str | None = None
    """Always this, as JSON."""
    part: str | None = None
    """A part of the event, by its path."""
    template: str | None = None
    """JSON with values of the event in it: `<name>` is the one at the path of that name."""
    paths: Mapping[str, str] = field(default_factory=dict)


def always(json: str) -> Sent:
    """Send the same JSON for every event."""
    return Sent(constant=json)


def part_of_event(path: str) -> Sent:
    """Send a part of the event: `$.detail`."""
    return Sent(part=path)


def transformed(template: str, paths: Mapping[str, str] | None = None) -> Sent:
    """Send JSON with values of the event in it: `<name>` is the one at the path of that name."""
    return Sent(template=template, paths=paths or {})


class RuleSettings(TypedDict, total=False):
    """Which events go where."""

    pattern: Required[Mapping[str, Any]]
    to: Required[RuleTarget | Mapping[str, RuleTarget]]
    """One target, or several by their ids, which are in those of roles and permissions too."""
    description: str | None
    state: str | None
    """`DISABLED`, or the state in which read-only CloudTrail events come too."""
    retries: int | None
    max_age: int | None
    """Seconds for which it is tried."""
    dead_letter: Queue | None
    send: Sent | None
    """What the target gets in place of the event."""


class Rules(Queues, Permissions):
    """Makes rules."""

    def rule(
        self, construct_id: str, bus: str, **settings: Unpack[RuleSettings]
    ) -> events.CfnRule:
        """Send what matches to its targets, which let the rule in already.

        `bus` is a name, or the ARN of another account's bus. L1: the L2's targets write a policy
        statement for each rule into its queues, and know no retry for a bus.
        """
        pattern, targets = settings["pattern"], _targets(settings["to"])
        nulls = has_null(pattern)
        made = events.CfnRule(
            self,
            construct_id,
            event_bus_name=bus,
            description=settings.get("description"),
            state=settings.get("state"),
            event_pattern=None if nulls else pattern,
        )
        made.targets = [
            _target(made, name, to, settings) for name, to in targets.items()
        ]
        if nulls:
            made.add_property_override("EventPattern", as_text(pattern))
        for name, to in targets.items():
            if to.function is not None:
                which = "" if name == _ALONE else name
                permission = f"{construct_id}{which}Permission"
                self.permission(permission, to.function, _SERVICE, made.attr_arn)
        return made

    def route(
        self, construct_id: str, bus: str, **settings: Unpack[RuleSettings]
    ) -> events.CfnRule:
        """Make a rule by hand, and let it send to its queues."""
        made = self.rule(construct_id, bus, **settings)
        targets = _targets(settings["to"]).values()
        queues = [to.queue for to in targets]
        for queue in (*queues, settings.get("dead_letter")):
            if queue is not None:
                self.let_send(queue, rules=[made])
        return made


def _targets(to: RuleTarget | Mapping[str, RuleTarget]) -> Mapping[str, RuleTarget]:
    """Return targets by their ids."""
    return {_ALONE: to} if isinstance(to, RuleTarget) else to


def _target(
    rule: events.CfnRule, name: str, to: RuleTarget, settings: RuleSettings
) -> events.CfnRule.TargetProperty:
    dead_letter, sent = settings.get("dead_letter"), settings.get("send") or Sent()
    options: dict[str, Any] = {
        "role_arn": None if to.role is None else to.role.role_arn,
        "http_parameters": to.http,
        "input": sent.constant,
        "input_path": sent.part,
        "input_transformer": None
        if sent.template is None
        else events.CfnRule.InputTransformerProperty(
            input_template=sent.template, input_paths_map=sent.paths or None
        ),
        "retry_policy": _retry(settings.get("retries"), settings.get("max_age")),
        "sqs_parameters": None
        if to.group is None
        else events.CfnRule.SqsParametersProperty(message_group_id=to.group),
        "dead_letter_config": None
        if dead_letter is None
        else events.CfnRule.DeadLetterConfigProperty(arn=dead_letter.queue_arn),
    }
    said = {key: value for key, value in options.items() if value is not None}
    own = {} if to.target is None else bound(to.target, rule, name)
    return events.CfnRule.TargetProperty(**{"id": name, "arn": to.address} | own | said)


def _retry(
    attempts: int | None, age: int | None
) -> events.CfnRule.RetryPolicyProperty | None:
    if attempts is None and age is None:
        return None
    return events.CfnRule.RetryPolicyProperty(
        maximum_retry_attempts=attempts, maximum_event_age_in_seconds=age
    )
