"""The undelivered queues: dead letters of edges and functions that name no queue for them."""

from __future__ import annotations

from typing import Literal, assert_never

from msgc.derive.derivation import Derivation
from msgc.diagnostics import Label
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Origin, Outside, Queue, Topic
from msgc.topology.origins import Schedule, Stream
from msgc.topology.placement import undelivered as name_of_undelivered
from msgc.topology.settings import Key


def undelivered(derivation: Derivation) -> None:
    """Let every edge and function that has no dead letter use the undelivered queue.

    It is made when the first of them needs it.
    """
    queues = _Undelivered(derivation)
    invoked = {edge.target for edge in derivation.edges if not edge.way.reader}
    for consumer in derivation.consumers.values():
        if consumer.on_failure is OPEN and consumer not in invoked:
            why = "nothing invokes its function asynchronously"
            derivation.settle(consumer, "on_failure", None, why)
        elif consumer.on_failure is OPEN:
            stack = derivation.stack_of(consumer)
            queue = queues.get(consumer.key, ordered=False, stack=stack)
            why = "a topic or a bus invokes its function asynchronously"
            derivation.settle(consumer, "on_failure", queue, why)
    for bus in derivation.buses.values():
        if bus.dead_letter is OPEN:
            queue = queues.get(bus.key, ordered=False, stack=derivation.stack_of(bus))
            why = "it keeps what can't be encrypted or decrypted"
            derivation.settle(bus, "dead_letter", queue, why)
    for edge in derivation.edges:
        if edge.dead_letter is OPEN:
            _settle(derivation, queues, edge)
    for queue in derivation.queues.values():
        if queue.encryption is OPEN:
            why = "what can't be delivered is encrypted as it was before"
            derivation.settle(queue, "encryption", _key_of(derivation, queue), why)


def _key_of(derivation: Derivation, queue: Queue) -> Key | None:
    """Return the key of what comes into an undelivered queue.

    Of several, it is the stack's own, or else the first by name. In place of another stack's it
    is one of its own stack.
    """
    if not derivation.keys:
        return None
    failing = {c for c in derivation.consumers.values() if c.on_failure is queue}
    places = [bus for bus in derivation.buses.values() if bus.dead_letter is queue]
    caught = [e for e in derivation.edges if e.dead_letter is queue or e.target in failing]
    keys = (*(place.encryption for place in places), *(_encryption(e.origin) for e in caught))
    found = [key for key in keys if key is not None]
    key = min(found, key=lambda key: (not key.is_made, key.name), default=None)
    return None if key is None else derivation.key_in(derivation.stack_of(queue), key)


def _encryption(origin: Origin) -> Key | None:
    match origin:
        case Queue() | Topic() | Bus():
            return origin.encryption
        case Stream() | Schedule():
            return None
        case _:
            assert_never(origin)


def _settle(derivation: Derivation, queues: _Undelivered, edge: Subscription) -> None:
    """Settle the dead letter of an edge that names none: as its bus has it, or the shared one."""
    own, stack = _of_origin(edge.origin), derivation.stack_of(edge)
    if own is None or (own and own.kind == "undelivered" and derivation.stack_of(own) != stack):
        queue = queues.get(edge.key, ordered=_is_ordered(edge), stack=stack)
        derivation.settle(edge, "dead_letter", queue, "nothing is lost in silence")
    else:
        why = f"the bus `{edge.origin.name}` says so"
        derivation.settle(edge, "dead_letter", own or None, why)


def _of_origin(place: Origin) -> Queue | Literal[False] | None:
    """Return what a bus says of its rules' dead letters; False: they are lost."""
    match place:
        case Bus(dead_letter=own):
            return own
        case Queue() | Topic() | Stream() | Schedule():
            return None
        case _:
            assert_never(place)


def _is_ordered(edge: Subscription) -> bool:
    """Whether an edge keeps an order, which its dead letters have to keep too.

    https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
    """
    match edge.target:
        case Queue() | Topic() | Bus() as place:
            return edge.origin.fifo is not None and place.fifo is not None
        case Consumer() | Outside():
            return False
        case _:
            assert_never(edge.target)


class _Undelivered:
    """The two undelivered queues of each stack, standard and FIFO, each made on demand."""

    def __init__(self, derivation: Derivation) -> None:
        self._derivation = derivation
        self._reported: set[str] = set()

    def get(self, place: Span, *, ordered: bool, stack: str) -> Queue:
        """Return the queue; `place` is where the file has what needs it.

        A declared queue of that name is meant if nothing is sent to it. One with a purpose of its
        own has to be named to be used.
        """
        queues = self._derivation.queues
        name = name_of_undelivered(stack) + ("-fifo" if ordered else "")
        made = self._derivation.implicit_queues[name].queue
        found = queues.setdefault(made.name, made)
        if found is made or self._is_for_dead_letters(found, ordered=ordered):
            return found
        if made.name not in self._reported:
            self._reported.add(made.name)
            self._derivation.report(
                codes.DUPLICATE_NAME,
                found.key,
                f"`{made.name}` is also the queue that msgc makes for what can't be delivered",
                "rename it, or say where it is meant: "
                f"`dead_letter: {{queue: {made.name}}}` (or `on_failure`)",
                Label(span=place, message="this would use it"),
            )
        return found

    def _is_for_dead_letters(self, queue: Queue, *, ordered: bool) -> bool:
        """Whether a declared queue gets nothing but what couldn't be delivered."""
        if queue.messages or queue.others_publish or (queue.fifo is not None) != ordered:
            return False
        return all(edge.target is not queue for edge in self._derivation.edges)
