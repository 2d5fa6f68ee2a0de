"""Link a topology: work out what its edges become in AWS, and what follows for their ends."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome
from msgc.filtering.checks import with_sound_filters
from msgc.filtering.overlapping_edges import overlapping_edges
from msgc.filtering.traffic import Traffic
from msgc.links.ambiguity import indistinguishable, mixed_discriminators
from msgc.links.arrivals import Arrivals, triggers
from msgc.links.attributes import attributes
from msgc.links.edges import edges_of
from msgc.links.event_rules import event_rules
from msgc.links.event_source_mappings import event_source_mappings
from msgc.links.http_parameters import http_parameters
from msgc.links.mechanisms import EventSourceMapping, LongPoll
from msgc.links.model import Address, Links
from msgc.links.pipes import pipes
from msgc.links.scheduled_sends import scheduled_sends
from msgc.links.sns_subscriptions import sns_subscriptions
from msgc.links.streams import stream_mappings
from msgc.topology import names
from msgc.topology.ends import Place, Publisher, Queue
from msgc.topology.error_recovery import ErrorRecovery
from msgc.topology.graph import Graph
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of


def link(topology: Topology) -> Outcome[Links]:
    """Work out what edges become in AWS, and what can't be delivered as the file says.

    The order is that of dependence: rules and topic subscriptions decide who sends to a queue,
    filters decide which attributes publishers send, and both decide what a handler gets.
    """
    diagnostics: list[Diagnostic] = []
    topology = with_sound_filters(topology, diagnostics)
    return Outcome(_linked(topology, diagnostics), tuple(diagnostics))


def link_recovered(topology: Topology, read: Topology, recovery: ErrorRecovery) -> Outcome[Links]:
    """Do the same for a file with errors, and tell only what holds however they are mended.

    `topology` has the sound parts of the file, `read` all that could be read: filters are judged
    wherever their messages are known, on edges to something broken too.
    """
    filters: list[Diagnostic] = []
    with_sound_filters(read, filters)
    found: list[Diagnostic] = []
    topology = with_sound_filters(topology, found)
    said = len(found)
    links = _linked(topology, found)
    edges = recovery.certain_about_edges(topology, found[said:])
    return Outcome(links, (*recovery.certain_about_filters(filters), *edges))


def _linked(topology: Topology, diagnostics: list[Diagnostic]) -> Links:
    graph = Graph(topology)
    edges = edges_of(topology)
    rules = event_rules(edges.of_buses)
    traffic = {topic: Traffic.of(topic, graph) for topic in topology.topics.values()}
    subscribed = sns_subscriptions(edges.of_topics, traffic, diagnostics)
    scheduled = scheduled_sends(edges.scheduled, diagnostics)
    arrivals = Arrivals(
        graph,
        traffic,
        (*subscribed.subscriptions, *rules, *scheduled, *edges.streamed, *edges.piped),
        topology.replacements.heirs,
    )
    mappings = event_source_mappings(edges.polled, arrivals, diagnostics)
    streamed = stream_mappings(edges.streamed, diagnostics)
    piped = pipes(edges.piped, arrivals.at, diagnostics)
    long_polls = tuple(
        LongPoll(edge=each.edge, queue=each.queue, consumer=each.consumer) for each in edges.worked
    )
    polls: tuple[EventSourceMapping | LongPoll, ...] = (*mappings, *long_polls)
    received = triggers(topology.consumers.values(), graph, arrivals, polls)
    diagnostics += http_parameters(rules, piped)
    diagnostics += indistinguishable(received)
    diagnostics += mixed_discriminators(topology, graph)
    if any(edge.send is not None for edge in topology.subscriptions.values()):
        from msgc.sending.check import checked_sends  # noqa: PLC0415  # 2 ms, and few edges send

        diagnostics += checked_sends(topology)
    if not any(found.is_error for found in diagnostics):  # an edge without its filter takes all
        diagnostics += overlapping_edges(topology)
    return Links(
        topology=topology,
        sns_subscriptions=subscribed.subscriptions,
        event_rules=rules,
        scheduled_sends=scheduled,
        event_source_mappings=mappings,
        stream_mappings=streamed,
        long_polls=long_polls,
        pipes=piped,
        attributes=attributes(topology, subscribed.needs, diagnostics),
        triggers=received,
        addresses=_addresses(topology),
        worked_by=_worked_by(long_polls),
    )


def _worked_by(polls: tuple[LongPoll, ...]) -> dict[Publisher, tuple[Queue, ...]]:
    found: dict[Publisher, tuple[Queue, ...]] = {}
    for poll in polls:
        found[poll.consumer] = (*found.get(poll.consumer, ()), poll.queue)
    return found


def _addresses(topology: Topology) -> dict[Place, Address]:
    service, root = topology.built_as, topology.root_of_parameters
    found: dict[Place, Address] = {}
    for place in topology.places:
        kind, name = kind_of(place), place.built_as
        found[place] = Address(
            place=place,
            variable=names.environment_variable(service, kind, name),
            parameter=names.parameter(service, kind, name, root=root)
            if _has_parameter(place)
            else None,
        )
    return found


def _has_parameter(place: Place) -> bool:
    """Whether a place gets a parameter: it is the stack's own, and not for dead letters."""
    own = place.is_declared and place.imported is None and not place.is_default
    return own and place.discovery
