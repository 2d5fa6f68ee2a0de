"""Plan the stack of a topology, in the order in which a reader follows a flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from msgc.links.mechanisms import (
    EventRule,
    EventSourceMapping,
    LongPoll,
    Pipe,
    ScheduledSend,
    SnsSubscription,
    StreamMapping,
)
from msgc.links.model import Links
from msgc.stack.arns import address_by_name
from msgc.stack.iam.access import Access, access
from msgc.stack.iam.grants import places_of
from msgc.stack.model import (
    AccountCheck,
    Argument,
    Existing,
    Item,
    Opening,
    Override,
    PublisherVariables,
    Resource,
    Rights,
    Section,
    Stack,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.passes import passed
from msgc.stack.resources.bus_logs import bus_logs
from msgc.stack.resources.consumers import (
    claim_variables,
    event_source_mapping,
    failures,
    function,
    waits_for_rights,
)
from msgc.stack.resources.destinations import destinations
from msgc.stack.resources.event_rules import event_rule
from msgc.stack.resources.openings import outside_openings
from msgc.stack.resources.outside import log_policy, outside_ends
from msgc.stack.resources.places import places, queue_rights
from msgc.stack.resources.publishers import consumer_access, producer_access
from msgc.stack.resources.sns_subscriptions import sns_subscription
from msgc.stack.resources.streams import stream_mapping
from msgc.stack.values import Value
from msgc.topology.ends import Consumer, Publisher
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_consumer
from msgc.topology.settings import argument_in


@lru_cache(maxsize=8)  # rules look at it, and then it is printed; one for each environment
def plan(topology: Topology, links: Links) -> Stack:
    """Return everything that the stack of a service will have."""
    may = access(topology, links)
    sections = tuple(each for each in _sections(topology, links, may) if each.items)
    resources: list[Resource] = []
    existing: list[Existing] = []
    rights: list[Rights] = []
    let_in: list[Opening] = []
    for item in (item for section in sections for item in section.items):
        match item:
            case Resource():
                resources.append(item)
            case Existing():
                existing.append(item)
            case Rights():
                rights.append(item)
            case Opening():
                let_in.append(item)
            case TimeoutCheck() | AccountCheck() | Tagged() | Override():
                pass
            case _:
                assert_never(item)
    items: tuple[Resource | Existing, ...] = (*resources, *existing)
    made = Stack(
        service=topology.built_as,
        links=links,
        tags={},
        inputs=_inputs(topology, sections),
        sections=sections,
        variables=_variables(topology, links),
        resources=tuple(resources),
        existing=tuple(existing),
        access=may,
        rights=tuple(rights),
        openings=tuple(let_in),
        items_by_path={each.path: each for each in items},
    )
    return passed(made)


def _sections(topology: Topology, links: Links, may: Access) -> Iterator[Section]:
    """Yield the sections.

    First the places, then the edges between them and to the outside, each consumer with all that
    ends at it, who may send to the queues and log groups, whom places let in from outside, and
    producers.
    """
    if any(edge.made_by is not None for edge in topology.subscriptions.values()):
        links = links.of_this_stack
    edges = _by_consumer(topology, links)
    beforehand, handed_over = _beforehand(topology, may)
    yield from beforehand
    yield Section(
        name="places",
        about="Queues, topics and buses, and where others find them.",
        items=(*handed_over, *places(topology, links, may)),
    )
    yield Section(
        name="edges",
        about=_about_edges(links),
        items=(
            *outside_ends(links),
            *destinations(links),
            *_edges(edges.get(None, ()), may, topology),
        ),
    )
    for consumer in topology.consumers.values():
        granted = may.identities.get(consumer, ())
        rights = tuple(consumer_access(topology, consumer, granted))
        yield Section(
            name=f"consumer {consumer.name}",
            about=consumer.description or f"The consumer `{consumer.name}`.",
            items=(
                *function(consumer, links, rights),
                *_edges(edges.get(consumer, ()), may, topology),
                *failures(consumer),
                *(() if waits_for_rights(consumer) else rights),
            ),
        )
    yield from _senders(topology, links, may)
    if topology.keys:
        yield _key_policies(topology, may)
    yield Section(
        name="outsiders",
        about="Which AWS services, accounts and organizations are let in.",
        items=tuple(outside_openings(may.grants)),
    )
    for producer in topology.producers.values():
        granted = may.identities.get(producer, ())
        yield Section(
            name=f"producer {producer.name}",
            about=producer.description or f"The producer `{producer.name}`.",
            items=tuple(producer_access(topology, producer, granted)),
        )


def _beforehand(topology: Topology, may: Access) -> tuple[list[Section], tuple[Item, ...]]:
    """Return what is there before any place: sections, and what is handed over without a word."""
    made: list[Section] = []
    handed_over: tuple[Item, ...] = ()
    if topology.keys:
        found = _keys(topology, may)
        if any(argument_in(key.address) is None for key in topology.keys):
            made.append(found)
        else:
            handed_over = found.items  # with nothing to be said of them
    if topology.claim_tables:
        found = _claim_tables(topology)
        if any(table.address is None for table in topology.claim_tables):
            made.append(found)
        else:
            handed_over = (*handed_over, *found.items)
    if topology.payload_buckets:
        found = _payload_buckets(topology)
        if any(bucket.is_made for bucket in topology.payload_buckets):
            made.append(found)
        else:
            handed_over = (*handed_over, *found.items)
    return made, handed_over


def _keys(topology: Topology, may: Access) -> Section:
    from msgc.stack.resources.keys import keys  # noqa: PLC0415  # as pipes

    about = "The KMS keys with which something is encrypted."
    return Section(name="keys", about=about, items=tuple(keys(topology, may)))


def _claim_tables(topology: Topology) -> Section:
    from msgc.stack.resources.claim_tables import claim_tables  # noqa: PLC0415  # as pipes

    about = "Where consumers remember which messages they have handled."
    return Section(name="tables", about=about, items=tuple(claim_tables(topology)))


def _payload_buckets(topology: Topology) -> Section:
    from msgc.stack.resources.payload_buckets import payload_buckets  # noqa: PLC0415  # as pipes

    about = "Through which large messages go."
    return Section(name="payloads", about=about, items=tuple(payload_buckets(topology)))


def _key_policies(topology: Topology, may: Access) -> Section:
    from msgc.stack.resources.keys import key_rights  # noqa: PLC0415  # as pipes

    about = "Which services and accounts may use which key, and for what."
    return Section(name="key-policies", about=about, items=tuple(key_rights(topology, may)))


def _of_buses(topology: Topology) -> Iterator[Section]:
    yield Section(
        name="logs", about="What buses log, and where to.", items=tuple(bus_logs(topology))
    )
    yield Section(
        name="schemas",
        about="The schemas of what is put on buses, for others.",
        items=tuple(_bus_schemas(topology)),
    )


def _senders(topology: Topology, links: Links, may: Access) -> Iterator[Section]:
    yield Section(
        name="senders",
        about="Which topics and rules may send to which queue or log group.",
        items=(*queue_rights(may), *log_policy(links, may)),
    )
    yield from _of_buses(topology)


def _about_edges(links: Links) -> str:
    """Return what edges do, as far as the service has some of each."""
    if links.scheduled_sends and links.pipes:
        return "What topics, buses, schedules and pipes bring to a place, or out of the service."
    if links.pipes:
        return "What goes from a topic, a bus or a pipe to a place, or out of the service."
    if links.scheduled_sends:
        return "What topics, buses and schedules bring to a place, or out of the service."
    return "What goes from a topic or a bus to a place, or out of the service."


def _bus_schemas(topology: Topology) -> Iterator[Item]:
    if any(bus.schemas for bus in topology.buses.values()):
        from msgc.stack.resources.bus_schemas import bus_schemas  # noqa: PLC0415  # as pipes

        yield from bus_schemas(topology)


def _edges(made: Iterable[_Made], may: Access, topology: Topology) -> Iterator[Item]:
    """Yield what the stack has for links; the targets of a rule are together."""
    for link in made:
        match link:
            case SnsSubscription():
                yield from sns_subscription(link, may.deliveries.get(link, ()))
            case tuple():
                yield from event_rule(link, may)
            case Pipe():
                from msgc.stack.resources.pipes import pipe  # noqa: PLC0415  # few services have one

                yield from pipe(link, may.deliveries.get(link, ()))
            case ScheduledSend():
                from msgc.stack.resources.schedules import schedule  # noqa: PLC0415  # as pipes

                yield from schedule(link, may.deliveries.get(link, ()), topology)
            case EventSourceMapping():
                yield from event_source_mapping(link)
            case StreamMapping():
                yield from stream_mapping(link)
            case LongPoll():
                pass  # there is only the right to it
            case _:
                assert_never(link)


_Made = (
    SnsSubscription
    | tuple[EventRule, ...]
    | ScheduledSend
    | EventSourceMapping
    | StreamMapping
    | Pipe
)
"""What becomes one resource."""


def _by_consumer(topology: Topology, links: Links) -> dict[Consumer | None, list[_Made]]:
    """Sort links by the consumer at which they end.

    A rule for several is with the last of them, since it names the functions of all; so is a pipe
    that asks one.
    """
    order = {consumer: number for number, consumer in enumerate(topology.consumers.values())}
    found: dict[Consumer | None, list[_Made]] = {}
    for one in links.sns_subscriptions:
        found.setdefault(as_consumer(one.target), []).append(one)
    for rule in links.rules:
        consumers = [c for made in rule if (c := as_consumer(made.target)) is not None]
        found.setdefault(max(consumers, key=order.__getitem__, default=None), []).append(rule)
    for sent in links.scheduled_sends:
        found.setdefault(as_consumer(sent.target), []).append(sent)
    for mapping in links.event_source_mappings:
        found.setdefault(mapping.consumer, []).append(mapping)
    for followed in links.stream_mappings:
        found.setdefault(followed.consumer, []).append(followed)
    for pipe_ in links.pipes:
        consumers = [c for c in (as_consumer(pipe_.target), pipe_.edge.asks) if c is not None]
        found.setdefault(max(consumers, key=order.__getitem__, default=None), []).append(pipe_)
    return found


def _variables(topology: Topology, links: Links) -> tuple[PublisherVariables, ...]:
    """Return what each publisher finds in its environment; a consumer and a producer may share."""
    publishers: tuple[Publisher, ...] = (
        *topology.consumers.values(),
        *(each for each in topology.producers.values() if each.stubs or each.outsider is None),
    )
    found: dict[str, dict[str, Value]] = {}
    for publisher in publishers:
        variables = found.setdefault(publisher.name, {})
        for place in places_of(publisher, links):
            variables[links.addresses[place].variable] = address_by_name(place)
        if topology.claim_tables:
            variables |= claim_variables(topology, publisher, by_name=True)
        if topology.payload_buckets:
            from msgc.stack.resources.payload_buckets import payload_variables  # noqa: PLC0415  # as pipes

            variables |= payload_variables(publisher, links, by_name=True)
    return tuple(PublisherVariables(publisher=name, variables=found[name]) for name in found)


def _inputs(topology: Topology, sections: tuple[Section, ...]) -> tuple[Argument, ...]:
    if not topology.inputs:
        return ()
    from msgc.stack.inputs import arguments  # noqa: PLC0415  # few services have some

    return arguments(topology, sections)
