"""Grants: every right that an edge needs, as who may do what, on what, and why.

Each is decided here, once; the modules beside this one fold them into policies, permissions and
roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.kinds import BUS, QUEUE, TOPIC, Kind
from msgc.links.model import Links
from msgc.stack.iam.grant import CLOUDWATCH, EVENTS, LOGS, Action, Grant, events_of
from msgc.stack.iam.link_grants import link_grants
from msgc.topology.deferred import deferred
from msgc.topology.ends import Bus, Consumer, Place, Producer, Publication, Publisher, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.outsiders import AwsService


def grants(topology: Topology, links: Links) -> tuple[Grant, ...]:
    """Return the rights of all edges, in their order, and on keys those that they take."""
    granted = (
        *(grant for link in links.all for grant in link_grants(link)),
        *(grant for each in topology.producers.values() for grant in _of_producer(each, links)),
        *(
            grant
            for each in topology.consumers.values()
            for grant in _of_consumer(each, topology, links)
        ),
        *(grant for each in topology.buses.values() for grant in _of_bus(each)),
        *(grant for place in topology.places for grant in _allowed(place)),
        *(_tells(topic) for topic in topology.told if topic.imported is None),
        *(grant for each in _workers(topology) for grant in _finds(each, links)),
    )
    if topology.payload_buckets:
        from msgc.stack.iam.payload_grants import payload_grants  # noqa: PLC0415  # few services have one

        granted = (*granted, *payload_grants(topology, links))
    if not topology.keys and not _uses_foreign_keys(topology):
        return granted
    from msgc.stack.iam.key_grants import key_grants  # noqa: PLC0415  # few services have one

    return (*granted, *key_grants(granted, topology, links))


def _uses_foreign_keys(topology: Topology) -> bool:
    """Whether places or buckets of other services are encrypted with keys that these make."""
    return any(each.key for each in topology.elsewhere.values()) or any(
        each.is_foreign_key for each in topology.payload_buckets
    )


def _tells(topic: Topic) -> Grant:
    """Return the right of CloudWatch's alarms of this account to publish to a topic.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    """
    alarms = deferred("arn:*:cloudwatch:${region}:${account}:alarm:*")
    who = AwsService(name=CLOUDWATCH, source=alarms, account=None, says_account=True)
    return Grant(who=who, may="publish", on=topic, by=topic, why="alarms tell it")


def _of_bus(bus: Bus) -> Iterator[Grant]:
    if bus.dead_letter and bus.is_made:
        why = f"what `{bus.name}` can't process goes there"
        yield Grant(who=EVENTS, may="send", on=bus.dead_letter, source=bus, by=bus, why=why)
    if bus.log is not None:
        why = f"what EventBridge logs about `{bus.name}` goes there"
        yield Grant(who=LOGS, may="vend", on=bus.log.group, source=bus, by=bus, why=why)


def _of_producer(producer: Producer, links: Links) -> Iterator[Grant]:
    yield from _publishes_all(producer, links.topology)
    yield from _takes_out(producer, links.topology)
    yield from _gives_up(producer, links)
    if producer.outsider is None:
        yield from _finds(producer, links)


def _finds(publisher: Publisher, links: Links) -> Iterator[Grant]:
    """Yield the rights to find addresses, of what the stack sets no variables for."""
    for place in places_of(publisher, links):
        path = links.addresses[place].parameter
        if path is not None:
            why = f"`{publisher.name}` finds `{place.name}` there"
            yield Grant(who=publisher, may="find", on=path, by=publisher, why=why)


def given_up_to(publisher: Publisher, links: Links) -> tuple[Queue, ...]:
    """Return the dead-letter queues of what a consumer polls, and of what code reads by itself."""
    polled = [each.queue for each in links.event_source_mappings if each.consumer is publisher]
    polled += links.worked_by.get(publisher, ())
    polled += links.topology.reads(publisher)
    found = [each.dead_letter.queue for each in polled if each.dead_letter is not None]
    return tuple(dict.fromkeys(found))


def _workers(topology: Topology) -> Iterator[Consumer]:
    return (consumer for consumer in topology.consumers.values() if consumer.worker is not None)


def places_of(publisher: Publisher, links: Links) -> Iterator[Place]:
    """Yield the places whose addresses the code of a publisher or worker needs."""
    yield from links.worked_by.get(publisher, ())
    for publication in links.topology.publications(publisher):
        yield publication.target
    yield from links.topology.reads(publisher)


def _takes_out(publisher: Publisher, topology: Topology) -> Iterator[Grant]:
    """Yield the rights on queues that code reads by itself."""
    for queue in topology.reads(publisher):
        why = f"`{publisher.name}` takes messages out of it"
        yield Grant(
            who=publisher.outsider or publisher, may="receive", on=queue, by=publisher, why=why
        )


def _gives_up(publisher: Publisher, links: Links) -> Iterator[Grant]:
    """Yield the rights on dead-letter queues into which code moves messages."""
    for queue in given_up_to(publisher, links) if publisher.gives_up else ():
        why = f"`{publisher.name}` moves there what it can't handle"
        who = publisher.outsider or publisher
        yield Grant(who=who, may="send", on=queue, by=publisher, why=why)


def _of_consumer(consumer: Consumer, topology: Topology, links: Links) -> Iterator[Grant]:
    if consumer.remembers is not None:
        table = consumer.remembers.table
        why = f"`{consumer.name}` remembers there what it has handled"
        yield Grant(who=consumer, may="remember", on=table, by=consumer, why=why)
    yield from _gives_up(consumer, links)
    if consumer.on_failure is not None:
        yield Grant(  # Lambda uses the function's own role
            who=consumer,
            may="send",
            on=consumer.on_failure,
            by=consumer,
            why=f"what `{consumer.name}` fails to handle goes there",
        )
    yield from _publishes_all(consumer, topology)
    yield from _takes_out(consumer, topology)
    if consumer.made is not None and consumer.made.tracing:
        why = f"`{consumer.name}` sends traces of itself"
        yield Grant(who=consumer, may="trace", on=consumer, by=consumer, why=why)
    if consumer.made is not None and consumer.made.own_logging:
        why = f"`{consumer.name}` writes its logs there"
        yield Grant(who=consumer, may="note", on=consumer, by=consumer, why=why)
        if consumer.made.vpc is not None:
            why = f"`{consumer.name}` runs in a VPC"
            yield Grant(who=consumer, may="join", on=consumer, by=consumer, why=why)


def _publishes_all(publisher: Publisher, topology: Topology) -> Iterator[Grant]:
    for publication in publisher.publishes:
        yield _publishes(publisher, publication, f"`{publisher.name}` publishes there")
    for publication in topology.replacements.publications.get(publisher, ()):
        why = f"`{publisher.name}` published there, and may until its old code is gone"
        yield _publishes(publisher, publication, why)


def _publishes(publisher: Publisher, publication: Publication, why: str) -> Grant:
    target = publication.target
    who = publisher.outsider or publisher
    match target:
        case Queue():
            return Grant(who=who, may="send", on=target, by=publisher, why=why)
        case Topic():
            return Grant(who=who, may="publish", on=target, by=publisher, why=why)
        case Bus():
            events = events_of(publication.messages, outside=publisher.outsider is not None)
            return Grant(who=who, may="put", on=target, events=events, by=publisher, why=why)
        case _:
            assert_never(target)


def _allowed(place: Place) -> Iterator[Grant]:
    """Yield what `allow` of a place says."""
    publish, subscribe = _OUTSIDE[kind_of(place)]
    for may, outsiders in (
        (publish, place.allowed.publish),
        (subscribe, place.allowed.subscribe),
    ):
        for who in outsiders:
            yield Grant(who=who, may=may, on=place, by=place, why=f"`{place.name}` allows it")


_OUTSIDE: dict[Kind, tuple[Action, Action]] = {
    QUEUE: ("send", "receive"),
    TOPIC: ("publish", "subscribe"),
    BUS: ("put", "rule"),
}
"""By kind of place what it is to publish there and to subscribe."""
