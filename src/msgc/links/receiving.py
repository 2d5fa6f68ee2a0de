"""Find out what is in the queues that code reads by itself, in a loop of its own."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.filtering.traffic import Traffic
from msgc.links.ambiguity import first_clash
from msgc.links.arrivals import Arrivals
from msgc.links.edges import edges_of
from msgc.links.model import Arrival, Links
from msgc.topology.ends import Queue
from msgc.topology.graph import Graph
from msgc.topology.model import Topology


def received(topology: Topology) -> tuple[Queue, ...]:
    """Return the queues that code with stubs reads, and those that somebody outside does.

    These are the stack's own: an imported queue has to be in somebody's `reads`.
    """
    found = [
        queue
        for queue in topology.queues.values()
        if queue.others_subscribe and queue.is_declared and queue.imported is None
    ]
    readers = [publisher for publisher in topology.publishers if publisher.stubs]
    found += [queue for publisher in readers for queue in publisher.reads]
    return tuple(dict.fromkeys(found))


def arrivals_in(links: Links, queues: Iterable[Queue]) -> dict[Queue, tuple[Arrival, ...]]:
    """Return what arrives in queues; nothing where its types can't be told apart."""
    topology = links.topology
    graph, edges = Graph(topology), edges_of(topology)
    arrivals = Arrivals(
        graph,
        {topic: Traffic.of(topic, graph) for topic in topology.topics.values()},
        (
            *links.sns_subscriptions,
            *links.event_rules,
            *links.scheduled_sends,
            *edges.streamed,
            *edges.piped,
        ),
        topology.replacements.heirs,
    )
    found = {queue: arrivals.at(queue) for queue in queues}
    return {
        queue: () if first_clash("sqs", there) is not None else there
        for queue, there in found.items()
    }
