"""The ways from a place to consumers: what stands in between, as fakes walk it."""

from __future__ import annotations

from msgc.delivery.plan import Delivery, Poll, Rule, TopicSubscription
from msgc.topology.model import Bus, Consumer, Place, Queue, Topic

Step = TopicSubscription | Rule | Poll


def paths_from(place: Place, delivery: Delivery) -> dict[Consumer, list[tuple[Step, ...]]]:
    """Return every way from a place to each consumer that it reaches."""
    found: dict[Consumer, list[tuple[Step, ...]]] = {}
    _walk(place, (), frozenset({place}), delivery, found)
    return found


def _walk(
    place: Place,
    steps: tuple[Step, ...],
    seen: frozenset[Place],
    delivery: Delivery,
    found: dict[Consumer, list[tuple[Step, ...]]],
) -> None:
    for step in _steps(place, delivery):
        target = step.consumer if isinstance(step, Poll) else step.target
        if isinstance(target, Consumer):
            found.setdefault(target, []).append((*steps, step))
        elif isinstance(target, Topic | Queue | Bus) and target not in seen:
            _walk(target, (*steps, step), seen | {target}, delivery, found)


def _steps(place: Place, delivery: Delivery) -> list[Step]:
    match place:
        case Topic():
            return [s for s in delivery.topic_subscriptions if s.topic is place]
        case Queue():
            return [poll for poll in delivery.polls if poll.queue is place]
        case Bus():
            return [rule for rule in delivery.rules if rule.bus is place]
