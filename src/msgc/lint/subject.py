"""What the rules look at: the topology, its links and its graph, made once for all of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgc.filtering.acceptance import Acceptance
from msgc.links.model import EventSourceMapping, Links
from msgc.lint.limits import Exceeded, exceeded
from msgc.source import Span
from msgc.stack import Stack, plan
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.model import Topology
from msgc.tree import at

if TYPE_CHECKING:
    from msgc.links.forwarding import Forwarding


class Subject:
    """A topology and what follows from it, with the questions that several rules ask."""

    def __init__(
        self, topology: Topology, links: Links, *, resource_limit: int | None = None
    ) -> None:
        """Index the edges; `resource_limit` is how many resources the stack may have."""
        self.topology = topology
        self.links = links
        self.graph = Graph(topology)
        self.acceptance = Acceptance()
        self.resource_limit = resource_limit
        self.edges: tuple[Subscription, ...] = tuple(topology.subscriptions.values())
        self.places: tuple[Place, ...] = (
            *topology.queues.values(),
            *topology.topics.values(),
            *topology.buses.values(),
        )
        self.publishers = topology.publishers
        self._polls: dict[Queue | Consumer, list[EventSourceMapping]] = {}
        for poll in links.event_source_mappings:
            self._polls.setdefault(poll.queue, []).append(poll)
            self._polls.setdefault(poll.consumer, []).append(poll)

    @cached_property
    def stack(self) -> Stack:
        """What the stack will have."""
        return plan(self.topology, self.links)

    @cached_property
    def exceeded(self) -> tuple[Exceeded, ...]:
        """The limits of AWS that the stack is over."""
        return tuple(exceeded(self.stack))

    @cached_property
    def forwarding(self) -> Forwarding:
        """The rules from bus to bus."""
        from msgc.links.forwarding import Forwarding  # noqa: PLC0415  # few files have such rules

        return Forwarding(self.topology, self.links.event_rules, self.acceptance)

    def place(self, *path: str) -> Span:
        """Return the place of a setting of the whole file (`place("source")`)."""
        return at(self.topology.root, path).span

    @property
    def declared_queues(self) -> tuple[Queue, ...]:
        """The queues that the file declares, without those that msgc derives."""
        return tuple(q for q in self.topology.queues.values() if q.kind == "declared")

    @property
    def fifo_places(self) -> tuple[Queue | Topic, ...]:
        """Queues and topics that are first in, first out."""
        return tuple(p for p in self.places if not isinstance(p, Bus) and p.fifo)

    def polls(self, end: Queue | Consumer) -> list[EventSourceMapping]:
        """Return the polls of a queue, or by a consumer."""
        return self._polls.get(end, [])

    def is_fed(self, place: Place) -> bool:
        """Whether an edge or a publisher of this file brings messages here."""
        return bool(self.graph.subscriptions_to(place) or self.graph.publishers_to(place))

    def catches_failures(self, queue: Queue) -> bool:
        """Whether a queue is there for what others could not process or deliver."""
        graph = self.graph
        return bool(
            graph.poisoned_from(queue)
            or graph.undelivered_from(queue)
            or graph.failed_calls_from(queue)
        )
