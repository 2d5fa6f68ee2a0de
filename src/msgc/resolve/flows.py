"""Which messages take which edge: worked out along the graph, from producers to consumers."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.resolve import codes, values
from msgc.resolve.places import lists_all
from msgc.resolve.scope import Scope
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Message, Place, Queue


def resolve_flows(scope: Scope, edges: dict[str, Subscription]) -> dict[str, Subscription]:
    """Return the edges with the messages that take them; a message that can't is reported."""
    flows = _Flows(scope, edges)
    return {name: flows.filled(edge) for name, edge in edges.items()}


class _Flow:
    """What passes somewhere: known types, and whether there is anything else."""

    __slots__ = ("known", "messages", "untyped")

    def __init__(self) -> None:
        self.messages: dict[Message, None] = {}
        self.untyped = False
        self.known = True
        """Whether no mistake hides some of the types."""

    def add(self, other: _Flow) -> None:
        self.messages.update(other.messages)
        self.untyped = self.untyped or other.untyped
        self.known = self.known and other.known


class _Flows:
    """Follows edges backwards; a cycle adds nothing that its other members didn't bring."""

    def __init__(self, scope: Scope, edges: dict[str, Subscription]) -> None:
        self._scope = scope
        self._into: dict[object, list[Subscription]] = {}
        for edge in edges.values():
            self._into.setdefault(edge.target, []).append(edge)
        self._dead: dict[Queue, list[Queue]] = {}
        for queue in scope.queues.values():
            if queue.dead_letter is not None:
                self._dead.setdefault(queue.dead_letter.queue, []).append(queue)
        self._known: dict[Place, _Flow] = {}
        self._named: dict[Subscription, tuple[Message, ...] | None] = {}

    def filled(self, edge: Subscription) -> Subscription:
        flow = self._through(edge)
        return edge.replace(messages=tuple(flow.messages), untyped=flow.untyped)

    def _through(self, edge: Subscription) -> _Flow:
        flow = _Flow()
        named = self._narrowed(edge)
        if edge.untyped:
            flow.untyped = True
        elif named is not None:
            flow.messages = dict.fromkeys(named)
        elif edge.pattern is not None:
            flow.untyped = True  # a raw pattern says nothing of types unless `messages` does
        elif isinstance(edge.origin, Bus) and isinstance(edge.target, Bus):
            # What another bus forwarded to this one goes no further.
            flow.messages = dict.fromkeys(edge.origin.messages)
        else:
            flow.add(self._at(edge.origin))
        return flow

    def _at(self, place: Place) -> _Flow:
        if place in self._known:
            return self._known[place]
        self._known[place] = flow = _Flow()  # what a cycle sees of its own beginning
        flow.messages = dict.fromkeys(place.messages)
        flow.known = lists_all(self._scope, place)
        for edge in self._into.get(place, ()):
            flow.add(self._through(edge))
        if isinstance(place, Queue):
            if place.kind == "undelivered":
                flow.untyped = True
            for queue in self._dead.get(place, ()):
                flow.add(self._at(queue))
        return flow

    def _narrowed(self, edge: Subscription) -> tuple[Message, ...] | None:
        if edge not in self._named:
            self._named[edge] = self._read(edge)
        return self._named[edge]

    def _read(self, edge: Subscription) -> tuple[Message, ...] | None:
        written = values.mapping(edge.node)
        wanted = values.texts(written.get("messages")) if written else ()
        if not wanted or isinstance(edge.origin, Queue):
            return None
        carried = self._carried(edge.origin)
        found: dict[Message, None] = {}
        for name in wanted:
            message = self._scope.link("message", name, self._scope.messages)
            if message is None:
                continue
            if carried is None or message in carried or self._foreign(message, edge.origin):
                found[message] = None
                continue
            self._scope.report(
                codes.MESSAGE_NOT_HERE,
                name.span,
                f"`{edge.origin.name}` doesn't carry `{message.name}`",
                f"add it to the `messages` of `{edge.origin.name}`, or take it from here",
                Label(span=edge.origin.place("messages"), message="what it carries"),
            )
        return tuple(found)

    def _carried(self, place: Place) -> dict[Message, None] | None:
        """Return what a place carries; None when that isn't known here, so anything may be."""
        if isinstance(place, Bus) and place.is_default:
            return None
        flow = self._at(place)
        imported = not isinstance(place, Queue) and place.imported and not place.messages
        if flow.untyped or not flow.known or imported or place.others_publish:
            return None
        return flow.messages

    def _foreign(self, message: Message, place: Place) -> bool:
        """Whether somebody else may put this message on the bus: it has another source."""
        return isinstance(place, Bus) and self._scope.source not in message.sources
