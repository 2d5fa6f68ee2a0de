"""Which alarms a thing has: on what, from which number on, and whom they tell."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.describe.model import Candidate, Row
from msgc.routing.wording import reference
from msgc.stack import Resource, Stack
from msgc.stack.values import Value
from msgc.stack.values import reference as referred
from msgc.topology.model import Topology

ALARM = "AWS::CloudWatch::Alarm"


def alarms(candidate: Candidate, topology: Topology, stack: Stack) -> Iterator[Row]:
    """Yield the alarms of a thing; those of a queue look at its dead-letter queue, too."""
    mine = (candidate.thing, *candidate.edges)
    for alarm in stack.of(ALARM):
        if any(alarm.declared is each for each in mine):
            told = _told(alarm, topology, stack)
            data = {"threshold": alarm.properties.get("Threshold"), "tells": told}
            text = str(alarm.properties.get("AlarmDescription", ""))
            tells = f"tells {', '.join(told)}" if told else "tells nobody"
            why = f"from {alarm.properties.get('Threshold')} on, {tells}"
            yield Row(name=stack.logical_id(alarm), text=text.rstrip("."), why=why, data=data)


def _told(alarm: Resource, topology: Topology, stack: Stack) -> list[str]:
    match alarm.properties.get("AlarmActions"):
        case tuple(actions):
            return [_topic(action, topology, stack) for action in actions]
        case _:
            return []


def _topic(action: Value, topology: Topology, stack: Stack) -> str:
    """Return the topic behind an ARN: by its name in the file, if it is there."""
    found = referred(action)
    item = None if found is None else stack.items_by_path.get(found.of)
    if item is None:
        return "a topic"
    own = topology.topics.get(item.declared.name)
    return item.declared.name if own is None else reference(own)
