"""What the rules look at: the topology, its delivery and its graph, made once for all of them."""

from __future__ import annotations

from functools import cached_property

from msgc.delivery.forwards import Forwards
from msgc.delivery.plan import Delivery, Poll
from msgc.delivery.takings import Takings
from msgc.lint.limits import Exceeded, exceeded
from msgc.source import Span
from msgc.stack import Stack, plan
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.model import Topology
from msgc.tree import at


class Subject:
    """A topology and what follows from it, with the questions that several rules ask."""

    def __init__(
        self, topology: Topology, delivery: Delivery, *, resource_limit: int | None = None
    ) -> None:
        """Index the edges; `resource_limit` is how many resources the stack may have."""
        self.topology = topology
        self.delivery = delivery
        self.graph = Graph(topology)
        self.takings = Takings()
        self.resource_limit = resource_limit
        self.edges: tuple[Subscription, ...] = tuple(topology.subscriptions.values())
        self.places: tuple[Place, ...] = (
            *topology.queues.values(),
            *topology.topics.values(),
            *topology.buses.values(),
        )
        self.publishers = topology.publishers
        self._polls: dict[Queue | Consumer, list[Poll]] = {}
        for poll in delivery.polls:
            self._polls.setdefault(poll.queue, []).append(poll)
            self._polls.setdefault(poll.consumer, []).append(poll)

    @cached_property
    def stack(self) -> Stack:
        """What the stack will have."""
        return plan(self.topology, self.delivery)

    @cached_property
    def exceeded(self) -> tuple[Exceeded, ...]:
        """The limits of AWS that the stack is over."""
        return tuple(exceeded(self.stack))

    @cached_property
    def forwards(self) -> Forwards:
        """The rules from bus to bus."""
        return Forwards(self.topology, self.takings)

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

    def polls(self, end: Queue | Consumer) -> list[Poll]:
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
