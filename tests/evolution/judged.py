"""Judges edits of a file: by its inventory, and apart from it by two templates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgc.diagnostics import Diagnostic
from msgc.evolution.intent import Intent, Judgement
from msgc.evolution.inventory.current import current
from msgc.evolution.inventory.kinds import KINDS
from msgc.evolution.judgement import judge
from msgc.links.model import Links
from msgc.pipeline.check import analyse
from msgc.source import Source
from msgc.stack import plan
from msgc.topology.model import Topology
from tests.files import Memory
from tests.stack.template import template


def compiled(text: str) -> tuple[Topology, Links]:
    """The topology and the links of a file, which must be free of errors."""
    (links,) = compiled_in_each(text)
    return links.topology, links


def compiled_in_each(text: str) -> tuple[Links, ...]:
    """The links of a file in each of its environments."""
    files = Memory({"messaging.yaml": text})
    checked = analyse("messaging.yaml", files)
    errors = [(str(d.span), d.message) for d in checked.diagnostics if d.is_error]
    assert checked.value is not None, errors
    assert not errors, errors
    return checked.value.variants


def inventory(text: str) -> str:
    """The first inventory of a file."""
    return current(compiled_in_each(text)).text


def judged(
    text: str,
    held: str,
    intent: Intent | None = None,
    *,
    committed: str | None = None,
    building: bool = True,
) -> Judgement:
    """What comes of a file, given the text of an inventory and of the committed one."""
    source = Source("messaging.inventory", held)
    last = None if committed is None else Source("messaging.inventory", committed)
    now = current(compiled_in_each(text))
    return judge(source, now, intent or Intent(), lambda: last, building=building)


def said(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Findings as `line: name: message`."""
    return [
        f"{d.span.source.position(d.span.start)[0]}: {d.code.name}: {d.message}"
        for d in diagnostics
    ]


_FIXED: dict[str, tuple[str, ...]] = {
    "AWS::Events::Archive": ("ArchiveName", "SourceArn"),
    "AWS::Events::EventBus": ("Name",),
    "AWS::Events::Rule": ("Name", "EventBusName"),
    "AWS::EventSchemas::Registry": ("RegistryName",),
    "AWS::EventSchemas::Schema": ("RegistryName", "SchemaName"),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", "Description", "Path"),
    "AWS::Lambda::EventSourceMapping": ("EventSourceArn", "StartingPosition"),
    "AWS::Lambda::Function": ("FunctionName",),
    "AWS::Logs::LogGroup": ("LogGroupName",),
    "AWS::Pipes::Pipe": ("Name", "Source", "StartingPosition"),
    "AWS::SNS::Subscription": ("TopicArn", "Protocol", "Endpoint", "Region"),
    "AWS::SNS::Topic": ("TopicName", "FifoTopic"),
    "AWS::SQS::Queue": ("QueueName", "FifoQueue"),
    "AWS::Scheduler::Schedule": ("Name",),
    "AWS::SSM::Parameter": ("Name",),
}
"""What AWS's documentation says of "Update requires: Replacement", apart from the program."""

_Template = dict[str, dict[str, Any]]


def loses(before: tuple[Topology, Links], after: tuple[Topology, Links]) -> set[str]:
    """What a change of two templates loses, by logical ids, and what is lost on the wire."""
    old, new = template(plan(*before)), template(plan(*after))
    gone = {name for name in old if name not in new and _counts(name, old)}
    gone |= {
        name
        for name in old.keys() & new.keys()
        if old[name]["Type"] in _FIXED and _fixed(old[name]) != _fixed(new[name])
    }
    while more := {
        name
        for name in old.keys() & new.keys() - gone
        if old[name]["Type"] in _FIXED and _refers(_fixed(new[name]), gone & new.keys())
    }:
        gone |= more
    gone |= {n for n in old.keys() & new.keys() if _is_less(old[n], new[n])}
    return gone | (_wire(before[0]) - _wire(after[0]))


def _counts(name: str, old: _Template) -> bool:
    type_ = old[name]["Type"]
    if type_ == "AWS::Lambda::Function":
        return any(name in json.dumps(r) for r in old.values() if r["Type"] in _INVOKING)
    return type_ in KINDS


_INVOKING = {"AWS::SNS::Subscription", "AWS::Events::Rule", "AWS::Scheduler::Schedule"}


def _fixed(resource: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(_FIXED[resource["Type"]])
    found |= {k: v for k, v in resource["Properties"].items() if k in found}
    if "StartingPosition" in found and "SourceParameters" in resource["Properties"]:
        for parameters in resource["Properties"]["SourceParameters"].values():
            found["StartingPosition"] = parameters.get(
                "StartingPosition", found["StartingPosition"]
            )
    return {key: None if _is_given(value) else value for key, value in found.items()}


def _is_given(value: Any) -> bool:
    """Whether the app gives a value: it is the same whatever its argument is called."""
    return isinstance(value, dict) and "Given" in value


def _refers(fixed: dict[str, Any], names: set[str]) -> bool:
    text = json.dumps(fixed)
    return any(f'"{name}"' in text for name in names)


def _is_less(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether something keeps less, lets less through, or nothing at all."""
    before, after = old["Properties"], new["Properties"]
    match old["Type"]:
        case "AWS::SQS::Queue":
            default = 345_600
            kept = "MessageRetentionPeriod"
            return bool(after.get(kept, default) < before.get(kept, default))
        case "AWS::SNS::Topic":
            days = [
                each.get("ArchivePolicy", {}).get("MessageRetentionPeriod", 0)
                for each in (before, after)
            ]
            return bool(days[1] < days[0])
        case "AWS::Events::Archive" | "AWS::Logs::LogGroup":
            days = [
                each.get("RetentionDays", each.get("RetentionInDays", 10**9))
                for each in (before, after)
            ]
            return bool(days[1] < days[0])
        case "AWS::Events::Rule":
            return bool(after.get("State") == "DISABLED" != before.get("State"))
        case "AWS::Lambda::EventSourceMapping":
            asked, asks = (json.dumps(each.get("FilterCriteria", "")) for each in (before, after))
            return asks != '""' and not set(_values(asked)) <= set(_values(asks))
        case _:
            return False


def _values(criteria: str) -> list[str]:
    return [part for part in criteria.split('\\"') if "-" in part]


def _wire(topology: Topology) -> set[str]:
    carried = {message for place in topology.places for message in place.messages}
    promised = {
        f"{message.type}: {'.'.join(path)}" for message in carried for path in message.promised
    }
    return {message.type for message in carried} | {topology.source} | promised
