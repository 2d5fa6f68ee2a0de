"""What comes to a thing and what leaves it: edges, publishers, readers, dead letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.describe.model import Candidate, Row
from msgc.describe.wording import MECHANISMS, carried, listed, outsider, vertex
from msgc.routing.wording import edge_name, reference
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Producer, Publication, Publisher, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_consumer

_FORMERLY = "published here before it moved, and may until its old code is gone"
_FORMER = "is where it published before it moved, and may until its old code is gone"
_READS = "takes messages out by its own code (`reads`)"


def incoming(candidate: Candidate, topology: Topology, graph: Graph) -> Iterator[Row]:
    """Yield what brings messages, or reads them for a consumer."""
    thing = candidate.thing
    match thing:
        case Queue():
            yield from _into_place(thing, topology, graph)
            yield from _failures(thing, topology, graph)
        case Topic() | Bus():
            yield from _into_place(thing, topology, graph)
        case Consumer():
            yield from map(_from, graph.subscriptions_to(thing))
            asking = (edge for edge in graph.asking if edge.asks is thing)
            yield from (
                Row(name=edge_name(edge), text=f"asks it about {carried(edge)}") for edge in asking
            )
        case Producer():
            yield from _reads(thing)
        case Message():
            yield from _made(thing, topology)
        case Subscription():
            yield Row(name=vertex(thing.origin), text=_taken(thing))
        case _:
            assert_never(thing)


def outgoing(candidate: Candidate, topology: Topology, graph: Graph) -> Iterator[Row]:
    """Yield where messages go from there."""
    thing = candidate.thing
    match thing:
        case Queue():
            yield from _out_of_place(thing, graph)
            for reader in graph.readers_of(thing):
                yield Row(name=_publisher(reader), text=_READS)
            yield from _poison(thing)
            yield from _taken_over(thing, topology)
        case Topic() | Bus():
            yield from _out_of_place(thing, graph)
            yield from _taken_over(thing, topology)
        case Consumer():
            yield from map(_publishes, thing.publishes)
            yield from _until_now(thing, topology)
            yield from _reads(thing)
            if thing.on_failure is not None:
                text = "what it fails to handle when it is invoked asynchronously"
                yield Row(name=reference(thing.on_failure), text=text)
        case Producer():
            yield from map(_publishes, thing.publishes)
            yield from _until_now(thing, topology)
        case Message():
            yield from _taken_by(thing, topology)
        case Subscription():
            yield from (Row(name=vertex(e.target), text=_delivers(e)) for e in candidate.edges)
            if thing.dead_letter is not None:
                text = "dead-letter queue: what can't be delivered"
                yield Row(name=reference(thing.dead_letter), text=text)
        case _:
            assert_never(thing)


def _made(message: Message, topology: Topology) -> Iterator[Row]:
    """Yield who publishes a message, and what makes one of others."""
    for publisher in topology.publishers:
        for publication in publisher.publishes:
            if message in publication.messages:
                text = f"puts it on {reference(publication.target)}"
                yield Row(name=_publisher(publisher), text=text)
    for edge in topology.subscriptions.values():
        if message in edge.made or message in edge.answered:
            yield Row(name=edge_name(edge), text=f"makes it, for {vertex(edge.target)}")


def _taken_by(message: Message, topology: Topology) -> Iterator[Row]:
    for edge in topology.subscriptions.values():
        if message in edge.messages or edge.untyped:
            text = f"{vertex(edge.origin)} -> {vertex(edge.target)}"
            yield Row(name=edge_name(edge), text=text, why=_condition(edge))


def _poison(queue: Queue) -> Iterator[Row]:
    if queue.dead_letter is not None:
        yield Row(
            name=reference(queue.dead_letter.queue),
            text=f"dead-letter queue: what was received {queue.dead_letter.after} times"
            " without success",
        )


def _until_now(publisher: Publisher, topology: Topology) -> Iterator[Row]:
    """Yield where a publisher put its messages before it moved to a place that replaces that."""
    for publication in topology.replacements.publications.get(publisher, ()):
        yield Row(name=reference(publication.target), text=_FORMER)


def _taken_over(place: Place, topology: Topology) -> Iterator[Row]:
    heir = topology.replacements.heirs.get(place)
    if heir is not None:
        yield Row(name=reference(heir), text="takes over from it (`replaces`)")


def _into_place(place: Place, topology: Topology, graph: Graph) -> Iterator[Row]:
    replaced = topology.replacements.replaced_by(place)
    if replaced is not None:
        yield Row(name=reference(replaced), text="gives way to it (`replaces`)")
    for publisher, publications in topology.replacements.publications.items():
        if any(publication.target is place for publication in publications):
            yield Row(name=_publisher(publisher), text=_FORMERLY)
    for publisher in graph.publishers_to(place):
        for publication in publisher.publishes:
            if publication.target is place:
                text = f"publishes {listed(publication.messages, untyped=publication.untyped)}"
                yield Row(name=_publisher(publisher), text=text)
    for edge in graph.subscriptions_to(place):
        yield _from(edge)
    for who in place.allowed.publish:
        yield Row(name=outsider(who), text="may publish here (`allow`)")
    if place.others_publish:
        yield Row(name="others", text="publish here too (`external`)")


def _failures(queue: Queue, topology: Topology, graph: Graph) -> Iterator[Row]:
    for poisoned in graph.poisoned_from(queue):
        assert poisoned.dead_letter is not None  # noqa: S101  # it is this queue
        after = poisoned.dead_letter.after
        yield Row(name=reference(poisoned), text=f"what was received {after} times without success")
    for edge in graph.undelivered_from(queue):
        yield Row(name=edge_name(edge), text="what it can't deliver")
    for consumer in graph.failed_calls_from(queue):
        yield Row(name=reference(consumer), text="asynchronous invocations that failed for good")
    for bus in topology.buses.values():
        if bus.dead_letter is queue and bus.is_made:
            yield Row(name=reference(bus), text="events that it can't process")


def _out_of_place(place: Place, graph: Graph) -> Iterator[Row]:
    for edge in graph.subscriptions_from(place):
        to = vertex(edge.target)
        name = to if as_consumer(edge.target) is not None else f"{edge_name(edge)} -> {to}"
        yield Row(name=name, text=_taken(edge))
    for who in place.allowed.subscribe:
        yield Row(name=outsider(who), text="may subscribe (`allow`)")
    if place.others_subscribe:
        yield Row(name="others", text="read from here too (`external`)")


def _from(edge: Subscription) -> Row:
    name = f"{edge_name(edge)} <- {vertex(edge.origin)}" if edge.has_name else vertex(edge.origin)
    return Row(name=name, text=_taken(edge))


def _taken(edge: Subscription) -> str:
    what = carried(edge)
    return f"{MECHANISMS[edge.way]}{': ' if what else ''}{what}"


def _delivers(edge: Subscription) -> str:
    return f"gets {listed(edge.delivered, untyped=edge.delivers_untyped)}"


def _condition(edge: Subscription) -> str:
    return "as its filter decides" if edge.filter or edge.pattern is not None else ""


def _publisher(publisher: Publisher) -> str:
    return f"{publisher.word}/{publisher.name}"


def _publishes(publication: Publication) -> Row:
    text = f"publishes {listed(publication.messages, untyped=publication.untyped)}"
    return Row(name=reference(publication.target), text=text)


def _reads(publisher: Publisher) -> Iterator[Row]:
    for queue in publisher.reads:
        yield Row(name=reference(queue), text=_READS)
