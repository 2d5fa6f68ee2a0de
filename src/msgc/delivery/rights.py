"""What each consumer and producer may do in AWS: the statements of its identity policy.

One statement for each set of actions and conditions, with its resources sorted by name: what stands
in a policy depends on the edges of its owner alone, not on where they are in the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgc.delivery.plan import Delivery
from msgc.record import Record
from msgc.topology.model import Bus, Consumer, Place, Producer, Publisher, Queue, Topic

RECEIVE = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
)
SEND = ("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage")
PUBLISH = ("sns:Publish",)
PUT_EVENTS = ("events:PutEvents",)
READ_PARAMETERS = ("ssm:GetParameter", "ssm:GetParameters")


class Events(Record):
    """The condition on events: those of one source, of these types."""

    source: str
    types: tuple[str, ...]


class Statement(Record):
    """Actions that are allowed on some places, or on some Systems Manager parameters."""

    actions: tuple[str, ...]
    places: tuple[Place, ...] = ()
    parameters: tuple[str, ...] = ()
    events: Events | None = None


def rights(
    publishers: Iterable[Publisher], delivery: Delivery
) -> dict[Publisher, tuple[Statement, ...]]:
    """Return what consumers' functions and producers need for the edges that they declare."""
    reads: dict[Publisher, list[Queue]] = {}
    for poll in delivery.polls:
        reads.setdefault(poll.consumer, []).append(poll.queue)
    return {each: _rights(each, reads.get(each, []), delivery) for each in publishers}


def _rights(publisher: Publisher, reads: list[Queue], delivery: Delivery) -> tuple[Statement, ...]:
    targets = [publication.target for publication in publisher.publishes]
    sends = [place for place in targets if isinstance(place, Queue)]
    if isinstance(publisher, Consumer) and publisher.on_failure is not None:
        sends.append(publisher.on_failure)  # Lambda uses the function's own role
    topics = [place for place in targets if isinstance(place, Topic)]
    found = [
        Statement(actions=actions, places=_sorted(places))
        for actions, places in ((RECEIVE, reads), (SEND, sends), (PUBLISH, topics))
        if places
    ]
    found += _puts(publisher)
    if isinstance(publisher, Producer):
        paths = {delivery.addresses[place].parameter for place in targets}
        parameters = tuple(sorted(path for path in paths if path is not None))
        if parameters:
            found.append(Statement(actions=READ_PARAMETERS, parameters=parameters))
    return tuple(found)


def _sorted(places: list[Queue] | list[Topic]) -> tuple[Place, ...]:
    return tuple(sorted(dict.fromkeys(places), key=lambda place: place.name))


def _puts(publisher: Publisher) -> list[Statement]:
    """Return which events may be put on which buses: each source with its own types only."""
    buses: dict[tuple[str, tuple[str, ...]], list[Bus]] = {}
    for publication in publisher.publishes:
        if isinstance(publication.target, Bus):
            types: dict[str, set[str]] = {}
            for message in publication.messages:
                types.setdefault(message.source, set()).add(message.type)
            for source, own in types.items():
                buses.setdefault((source, tuple(sorted(own))), []).append(publication.target)
    return [
        Statement(
            actions=PUT_EVENTS,
            places=tuple(sorted(dict.fromkeys(on), key=lambda bus: bus.name)),
            events=Events(source=source, types=types),
        )
        for (source, types), on in sorted(buses.items(), key=lambda item: item[0])
    ]
