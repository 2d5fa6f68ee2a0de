"""Queues, with the dead-letter queues that come with them."""

from __future__ import annotations

from typing import Literal

from msgc.diagnostics import Label
from msgc.resolve import codes, values
from msgc.resolve.places import carried_messages, external, fifo, hashes_bodies, physical_name
from msgc.resolve.scope import Scope
from msgc.source import Span
from msgc.topology import names
from msgc.topology.ends import DeadLetter, Queue
from msgc.topology.units import DAY, DEFAULT_QUEUE_SIZE, DEFAULT_RETENTION
from msgc.topology.values import Fifo
from msgc.tree import Mapping, Node, Scalar

VISIBILITY = 30
"""Seconds; SQS's own default."""

UNDELIVERED = "undelivered"
UNDELIVERED_FIFO = "undelivered-fifo"


def resolve_queues(scope: Scope) -> None:
    """Add every queue to the scope, each with its own dead-letter queue behind it.

    A queue that others name as their dead-letter queue gets none of its own, unless it asks, and
    keeps messages for the same 14 days.
    """
    declared = {key.text: (key, node) for key, node in scope.declarations("queues")}
    derived: dict[str, Queue] = {}
    ends = _named_as_dead_letter(scope)
    for key, node in declared.values():
        if key.text in ends and node.get("dead_letter") is None:
            continue
        queue = _derived_dead_letter_queue(scope, key, node)
        if queue is not None:
            derived[queue.name] = queue
            if queue.name in declared:
                scope.report(
                    codes.DUPLICATE_NAME,
                    declared[queue.name][0].span,
                    f"`{queue.name}` is also the dead-letter queue that `{key.text}` gets",
                    f"rename it, or use it: `{key.text}: {{dead_letter: {{queue: {queue.name}}}}}`",
                    Label(span=key.span, message="this queue"),
                )
    linked = _Linked(scope, declared, derived, ends)
    for key, _ in declared.values():
        scope.queues[key.text] = linked.queue(key.text)
        if (own := derived.get(f"{key.text}-dlq")) is not None:
            scope.queues.setdefault(own.name, own)


def _named_as_dead_letter(scope: Scope) -> set[str]:
    """Return the names that stand behind `dead_letter` and `on_failure` anywhere in the file."""
    found: set[str | None] = set()
    for section in ("queues", "subscriptions", "consumers"):
        for _, node in scope.declarations(section):
            function = values.mapping(node.get("function"))
            for written in (node.get("dead_letter"), function and function.get("on_failure")):
                named = values.mapping(written)
                found.add(values.text(named.get("queue")) if named else None)
    return {name for name in found if name is not None}


class _Linked:
    """Declared queues, each made after the one it names as its dead-letter queue."""

    def __init__(
        self,
        scope: Scope,
        declared: dict[str, tuple[Scalar, Mapping]],
        derived: dict[str, Queue],
        ends: set[str],
    ) -> None:
        self._scope = scope
        self._declared = declared
        self._derived = derived
        self._ends = ends
        self._made: dict[str, Queue] = {}
        self._known = {**dict.fromkeys(declared), **derived}

    def queue(self, name: str) -> Queue:
        """Return a declared queue, and make the chain of its dead-letter queues, the last first."""
        chain: dict[str, None] = {}
        at: str | None = name
        while at in self._declared and at not in self._made and at not in chain:
            chain[at] = None
            settings = values.mapping(self._declared[at][1].get("dead_letter"))
            at = values.text(settings.get("queue")) if settings else None
        for waiting in reversed(list(chain)):
            key, node = self._declared[waiting]
            dead_letter = self._dead_letter(waiting, node, name)
            self._made[waiting] = _queue(
                self._scope, key, node, dead_letter, ends=waiting in self._ends
            )
        return self._made[name]

    def _dead_letter(self, name: str, node: Mapping, first: str) -> DeadLetter | None:
        """Return where a queue's messages end; `first` is where the chain begins."""
        settings = values.mapping(node.get("dead_letter"))
        after = values.integer(settings.get("after")) if settings else None
        after = values.given(after, 5 if name in self._scope.polled else 3)
        target = settings.get("queue") if settings else None
        if target is None:
            own = self._derived.get(f"{name}-dlq")
            return DeadLetter(queue=own, after=after) if own else None
        named = values.text(target)
        if named in self._made:
            return DeadLetter(queue=self._made[named], after=after)
        if named in self._declared:  # and waits for this one
            self._scope.report(
                codes.DEAD_LETTER_CYCLE,
                target.span,
                f"`{named}` can't be a dead-letter queue of `{name}`: its own messages end here",
                "name a queue at which this chain ends",
                Label(span=self._declared[first][0].span, message="the chain begins here"),
            )
            return None
        if named in self._derived:
            return DeadLetter(queue=self._derived[named], after=after)
        self._scope.link("queue", target, self._known)
        return None


def _derived_dead_letter_queue(scope: Scope, key: Scalar, node: Mapping) -> Queue | None:
    """Return the dead-letter queue that comes with a queue, unless it is switched off or named."""
    written = node.get("dead_letter")
    settings = values.mapping(written)
    if values.boolean(written) is False or (settings and settings.get("queue") is not None):
        return None
    name, ordered = f"{key.text}-dlq", fifo(node)
    own = values.text(node.get("name"))
    return _made_queue(
        scope,
        name,
        key=key.span,
        node=node if written is None else written,
        description=f"Messages that {key.text} could not process.",
        kind="dead-letter",
        ordered=ordered,
        own_name=f"{own.removesuffix('.fifo')}-dlq{'.fifo' if ordered else ''}" if own else None,
        retention=values.duration(settings.get("retention")) if settings else None,
        max_size=values.size(node.get("max_size")),
    )


def _made_queue(  # noqa: PLR0913  # a queue has that many settings
    scope: Scope,
    name: str,
    *,
    key: Span,
    node: Node,
    description: str,
    kind: Literal["dead-letter", "undelivered"],
    ordered: Fifo | None,
    own_name: str | None = None,
    retention: int | None = None,
    max_size: int | None = None,
) -> Queue:
    return Queue(
        name=name,
        key=key,
        node=node,
        description=description,
        physical_name=own_name
        or names.physical(
            scope.service,
            name.removesuffix("-fifo") if kind == "undelivered" else name,
            fifo=ordered is not None,
        ),
        fifo=ordered,
        messages=(),
        kind=kind,
        visibility=scope.polled.get(name, VISIBILITY),
        retention=values.given(retention, 14 * DAY),
        delay=0,
        max_size=values.given(max_size, DEFAULT_QUEUE_SIZE),
        wait=20,
        dead_letter=None,
        others_publish=False,
        others_subscribe=True,
    )


def _queue(
    scope: Scope,
    key: Scalar,
    node: Mapping,
    dead_letter: DeadLetter | None,
    *,
    ends: bool,
) -> Queue:
    ordered, messages = fifo(node), carried_messages(scope, node)
    visibility = values.duration(node.get("visibility"))
    delay = values.duration(node.get("delay"))
    wait = values.duration(node.get("wait"))
    return Queue(
        name=key.text,
        key=key.span,
        node=node,
        description=values.prose(node.get("description")) or "",
        physical_name=physical_name(scope, key, node, ordered),
        fifo=ordered,
        messages=messages,
        visibility=values.given(visibility, scope.polled.get(key.text, VISIBILITY)),
        retention=values.given(
            values.duration(node.get("retention")), 14 * DAY if ends else DEFAULT_RETENTION
        ),
        delay=values.given(delay, 0),
        max_size=values.given(values.size(node.get("max_size")), DEFAULT_QUEUE_SIZE),
        wait=values.given(wait, 20),
        dead_letter=dead_letter,
        others_publish=external(node, "publish"),
        others_subscribe=external(node, "subscribe"),
        content_deduplication=hashes_bodies(ordered, messages),
    )


def undelivered(scope: Scope, place: Span, *, ordered: bool) -> Queue:
    """Return the queue for what an edge could not deliver, made when the first edge needs it.

    `place` is where the file has what needs it. A declared queue of that name is one with a
    purpose of its own: it has to be named to be used.
    """
    name = UNDELIVERED_FIFO if ordered else UNDELIVERED
    declared = scope.queues.get(name)
    if declared is not None and declared.kind != "undelivered" and name not in scope.clashes:
        scope.clashes.add(name)
        scope.report(
            codes.DUPLICATE_NAME,
            declared.key,
            f"`{name}` is also the queue that msgc makes for what can't be delivered",
            f"rename it, or say where it is meant: `dead_letter: {{queue: {name}}}` (or"
            " `on_failure`)",
            Label(span=place, message="this would use it"),
        )
    if name not in scope.queues:
        service = scope.root.get("service") or scope.root
        scope.queues[name] = _made_queue(
            scope,
            name,
            key=service.span,
            node=service,
            description="What subscriptions and asynchronous invocations could not deliver.",
            kind="undelivered",
            ordered=Fifo() if ordered else None,
        )
    return scope.queues[name]
