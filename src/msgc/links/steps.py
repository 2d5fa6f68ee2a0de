"""The steps a message can take from a place: what stands at each, looked up once."""

from __future__ import annotations

from msgc.links.model import EventRule, EventSourceMapping, Links, SnsSubscription
from msgc.topology.ends import Bus, Place, Target

Step = SnsSubscription | EventRule | EventSourceMapping


class Steps:
    """The subscriptions, rules and polls of a service by where they start."""

    def __init__(self, links: Links) -> None:
        """Take a single pass over them."""
        self._steps: dict[Place, list[Step]] = {}
        for subscription in links.sns_subscriptions:
            self._steps.setdefault(subscription.topic, []).append(subscription)
        for rule in links.event_rules:
            self._steps.setdefault(rule.bus, []).append(rule)
        for poll in links.event_source_mappings:
            self._steps.setdefault(poll.queue, []).append(poll)

    def out_of(self, place: Place) -> tuple[Step, ...]:
        """Return what takes messages from a place, in the order of the file."""
        return tuple(self._steps.get(place, ()))


def is_forward(step: Step) -> bool:
    """Whether a step goes from a bus to a bus, which an event can do once only.

    Only buses bring events to buses, so one that has taken any step is a forwarded one there.
    """
    return isinstance(step, EventRule) and isinstance(step.target, Bus)


def end_of(step: Step) -> Target:
    """Return where a step leads."""
    return step.consumer if isinstance(step, EventSourceMapping) else step.target
