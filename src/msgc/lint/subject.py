"""`Subject`: what rules look at, the topology with its links and graph, made once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Mapping_
from functools import cached_property

from msgc.filtering.acceptance import Acceptance
from msgc.links.forwarding import Forwarding
from msgc.links.mechanisms import EventRule, EventSourceMapping, SnsSubscription
from msgc.links.model import Links
from msgc.lint.limits.stack_limits import Measured, measured
from msgc.lint.stack_names import stack_key
from msgc.source import Span
from msgc.stack import Stack, plan
from msgc.stack.model import Watched
from msgc.stack.placement.parts import parts
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, End, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.model import Topology
from msgc.tree import Mapping, Node, Scalar, Sequence, at

Deployed = Callable[[], Mapping_[str, str]]
"""Returns the stack of everything that is deployed, by logical ids."""


def nothing_deployed() -> dict[str, str]:
    """Return that nothing is deployed yet, or that nobody knows."""
    return {}


class Subject:
    """A topology and what follows from it, with the questions that several rules ask."""

    def __init__(
        self,
        topology: Topology,
        links: Links,
        *,
        resource_limit: int | None = None,
        is_whole: bool = True,
        deployed: Deployed = nothing_deployed,
    ) -> None:
        """Index the edges; `resource_limit` is how many resources the stack may have.

        `is_whole` is false of the sound parts of a file with errors.
        """
        self.is_whole = is_whole
        self.deployed = deployed
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
        self._subscriptions_to: dict[End, list[SnsSubscription]] = {}
        for subscription in links.sns_subscriptions:
            self._subscriptions_to.setdefault(subscription.target, []).append(subscription)
        self._scheduled = frozenset(made.target for made in links.scheduled_sends)
        self._rules_to: dict[End, list[EventRule]] = {}
        for rule in links.event_rules:
            self._rules_to.setdefault(rule.target, []).append(rule)

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of the file, but for those of schemas, examples, filters and tests."""
        found: set[str] = set()
        for key, node in self.topology.root.items():
            if key.text not in _NO_WORDS:
                found.add(key.text)
                _collect(node, found)
        return frozenset(found)

    @cached_property
    def stack(self) -> Stack:
        """What the stack will have."""
        return plan(self.topology, self.links)

    @cached_property
    def parts(self) -> tuple[Stack, ...]:
        """What each of its CloudFormation stacks will have: most services have one."""
        return parts(self.stack)

    @cached_property
    def measured(self) -> tuple[Measured, ...]:
        """The limits of AWS that the stack is over, or near."""
        return tuple(measured(self.stack, of_one_stack=self.resource_limit is not None))

    @property
    def exceeded(self) -> tuple[Measured, ...]:
        """The limits of AWS that the stack is over."""
        return tuple(each for each in self.measured if each.is_over)

    @cached_property
    def forwarding(self) -> Forwarding:
        """The rules from bus to bus."""
        return Forwarding(self.topology, self.links.event_rules, self.acceptance)

    @property
    def settled(self) -> tuple[Declared, ...]:
        """What the file may say settings of that AWS has for all sorts of resources."""
        return (*self.places, *self.topology.consumers.values(), *self.edges)

    @cached_property
    def watched(self) -> tuple[Watched, ...]:
        """The alarms of the stack, each with what asks for it; to be asked if it has any."""
        from msgc.stack.resources.alarms import watched  # noqa: PLC0415  # few services have any

        return tuple(watched(self.stack))

    @property
    def told(self) -> Iterator[tuple[Span, Topic]]:
        """The topics that alarms tell, each with where the file says so."""
        for each in self.watched if self.topology.notified else ():
            if each.notify is not None and each.notified_at is not None:
                yield each.notified_at, each.notify

    def stack_key(self, name: str) -> Span:
        """Return where the file names a stack; that of the service, for what no stack names."""
        return stack_key(self.topology, name)

    def place(self, *path: str) -> Span:
        """Return the place of a setting of the whole file (`place("source")`)."""
        return at(self.topology.root, path).span

    @property
    def declared_queues(self) -> tuple[Queue, ...]:
        """The queues that the file declares and the stack makes, without derived ones."""
        queues = self.topology.queues.values()
        return tuple(q for q in queues if q.is_declared and q.imported is None)

    @property
    def fifo_places(self) -> tuple[Queue | Topic, ...]:
        """Queues and topics that are first in, first out."""
        queues, topics = self.topology.queues.values(), self.topology.topics.values()
        return (*(each for each in queues if each.fifo), *(each for each in topics if each.fifo))

    def polls(self, end: Queue | Consumer) -> list[EventSourceMapping]:
        """Return the polls of a queue, or by a consumer."""
        return self._polls.get(end, [])

    def follows(self, consumer: Consumer) -> bool:
        """Whether a consumer reads a stream."""
        return any(made.consumer is consumer for made in self.links.stream_mappings)

    def is_read(self, queue: Queue) -> bool:
        """Whether something of this file takes messages out of a queue."""
        return bool(self.graph.subscriptions_from(queue) or self.graph.readers_of(queue))

    def topic_edges_to(self, end: End) -> Iterator[tuple[Topic, Subscription]]:
        """Yield the edges by which topics deliver to an end."""
        for made in self._subscriptions_to.get(end, ()):
            for edge in made.edges:
                yield made.topic, edge

    def event_rules_to(self, end: End) -> list[EventRule]:
        """Return the rules by which buses deliver to an end."""
        return self._rules_to.get(end, [])

    def is_invoked(self, consumer: Consumer) -> bool:
        """Whether a topic, a bus or a schedule invokes a consumer's function, not a poll."""
        pushed = consumer in self._subscriptions_to or consumer in self._rules_to
        return pushed or consumer in self._scheduled

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
            or any(bus.dead_letter is queue for bus in self.topology.buses.values())
        )


_NO_WORDS = frozenset({
    "version", "service", "tests", "schema", "examples", "filter", "pattern", "send", "description",
})  # fmt: skip
"""Of the first two every file has one; below the others stand no words of the language."""


def _collect(node: Node, found: set[str]) -> None:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key.text in _NO_WORDS and key.text != "service":
                continue
            found.add(key.text)
            if not isinstance(value, Scalar):
                _collect(value, found)
    elif isinstance(node, Sequence):
        for item in node.items:
            _collect(item, found)
