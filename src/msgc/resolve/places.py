"""Queues, topics and buses, with the dead-letter queues that come with them."""

from __future__ import annotations

from typing import Literal

from msgc.diagnostics import Label
from msgc.resolve import codes, values
from msgc.resolve.scope import Scope
from msgc.source import Span
from msgc.topology import names
from msgc.topology.model import (
    Bus,
    ByArn,
    ByParameter,
    DeadLetter,
    Fifo,
    GivenFunction,
    MadeFunction,
    Message,
    Queue,
    Topic,
)
from msgc.tree import Mapping, Node, Scalar

DAY = 86_400
MIB = 1024 * 1024

UNDELIVERED = "undelivered"
UNDELIVERED_FIFO = "undelivered-fifo"


class Poller:
    """What a queue needs to know of the consumer that polls it."""

    __slots__ = ("batch_window", "function")

    def __init__(self, function: MadeFunction | GivenFunction, batch_window: int) -> None:
        self.function = function
        self.batch_window = batch_window

    @property
    def visibility(self) -> int:
        """Six times the function's timeout plus the batch window, in seconds.

        So that a batch that is throttled can be tried again before its messages show up anew:
        https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html. A function whose
        timeout isn't known counts as one of 30 seconds.
        """
        return max(30, 6 * (self.function.timeout or 30) + self.batch_window)


def resolve_queues(scope: Scope, pollers: dict[str, Poller]) -> None:
    """Add every queue to the scope, each with its own dead-letter queue behind it."""
    declared = {key.text: (key, node) for key, node in scope.declarations("queues")}
    derived: dict[str, Queue] = {}
    for key, node in declared.values():
        queue = _derived_dead_letter_queue(scope, key, node, pollers.get(f"{key.text}-dlq"))
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
    linked = _Linked(scope, declared, derived, pollers)
    for key, _ in declared.values():
        scope.queues[key.text] = linked.queue(key.text)
        if (own := derived.get(f"{key.text}-dlq")) is not None:
            scope.queues.setdefault(own.name, own)


class _Linked:
    """Declared queues, each made after the one it names as its dead-letter queue."""

    def __init__(
        self,
        scope: Scope,
        declared: dict[str, tuple[Scalar, Mapping]],
        derived: dict[str, Queue],
        pollers: dict[str, Poller],
    ) -> None:
        self._scope = scope
        self._declared = declared
        self._derived = derived
        self._pollers = pollers
        self._made: dict[str, Queue] = {}

    def queue(self, name: str, chain: tuple[str, ...] = ()) -> Queue:
        """Return a declared queue; `chain` are the queues that wait for it as a dead letter."""
        if name not in self._made:
            key, node = self._declared[name]
            dead_letter = self._dead_letter(name, node, (*chain, name))
            self._made[name] = _queue(self._scope, key, node, self._pollers.get(name), dead_letter)
        return self._made[name]

    def _dead_letter(self, name: str, node: Mapping, chain: tuple[str, ...]) -> DeadLetter | None:
        settings = values.mapping(node.get("dead_letter"))
        after = values.integer(settings.get("after")) if settings else None
        after = (5 if name in self._pollers else 3) if after is None else after
        target = settings.get("queue") if settings else None
        if target is None:
            own = self._derived.get(f"{name}-dlq")
            return DeadLetter(queue=own, after=after) if own else None
        named = values.text(target)
        if named in chain:
            self._scope.report(
                codes.DEAD_LETTER_CYCLE,
                target.span,
                f"`{named}` can't be a dead-letter queue of `{name}`: its own messages end here",
                "name a queue at which this chain ends",
                Label(span=self._declared[chain[0]][0].span, message="the chain begins here"),
            )
            return None
        if named in self._declared:
            return DeadLetter(queue=self.queue(named, chain), after=after)
        if named in self._derived:
            return DeadLetter(queue=self._derived[named], after=after)
        self._scope.link("queue", target, {**dict.fromkeys(self._declared), **self._derived})
        return None


def _derived_dead_letter_queue(
    scope: Scope, key: Scalar, node: Mapping, poller: Poller | None
) -> Queue | None:
    """Return the dead-letter queue that comes with a queue, unless it is switched off or named."""
    written = node.get("dead_letter")
    settings = values.mapping(written)
    if values.boolean(written) is False or (settings and settings.get("queue") is not None):
        return None
    name, fifo = f"{key.text}-dlq", _fifo(node)
    own = values.text(node.get("name"))
    return _made_queue(
        scope,
        name,
        key=key.span,
        node=node if written is None else written,
        description=f"Messages that {key.text} could not process.",
        kind="dead-letter",
        fifo=fifo,
        physical_name=f"{own.removesuffix('.fifo')}-dlq{'.fifo' if fifo else ''}" if own else None,
        retention=values.duration(settings.get("retention")) if settings else None,
        max_size=values.size(node.get("max_size")),
        visibility=_visibility(poller),
    )


def _visibility(poller: Poller | None) -> int:
    return poller.visibility if poller else 30


def _made_queue(  # noqa: PLR0913  # a queue has that many settings
    scope: Scope,
    name: str,
    *,
    key: Span,
    node: Node,
    description: str,
    kind: Literal["dead-letter", "undelivered"],
    fifo: Fifo | None,
    physical_name: str | None = None,
    retention: int | None = None,
    max_size: int | None = None,
    visibility: int = 30,
) -> Queue:
    return Queue(
        name=name,
        key=key,
        node=node,
        description=description,
        physical_name=physical_name
        or names.physical(
            scope.service,
            name.removesuffix("-fifo") if kind == "undelivered" else name,
            fifo=fifo is not None,
        ),
        fifo=fifo,
        messages=(),
        kind=kind,
        visibility=visibility,
        retention=_or(retention, 14 * DAY),
        delay=0,
        max_size=_or(max_size, MIB),
        wait=20,
        dead_letter=None,
        external=True,
    )


def _queue(
    scope: Scope,
    key: Scalar,
    node: Mapping,
    poller: Poller | None,
    dead_letter: DeadLetter | None,
) -> Queue:
    fifo, messages = _fifo(node), _messages(scope, node)
    visibility = values.duration(node.get("visibility"))
    delay = values.duration(node.get("delay"))
    wait = values.duration(node.get("wait"))
    return Queue(
        name=key.text,
        key=key.span,
        node=node,
        description=values.text(node.get("description")) or "",
        physical_name=_physical(scope, key, node, fifo),
        fifo=fifo,
        messages=messages,
        visibility=_or(visibility, _visibility(poller)),
        retention=_or(values.duration(node.get("retention")), 4 * DAY),
        delay=_or(delay, 0),
        max_size=_or(values.size(node.get("max_size")), MIB),
        wait=_or(wait, 20),
        dead_letter=dead_letter,
        external=values.boolean(node.get("external")) or False,
        content_deduplication=_hashes(fifo, messages),
    )


def undelivered(scope: Scope, *, fifo: bool) -> Queue:
    """Return the queue for what an edge could not deliver, made when the first edge needs it."""
    name = UNDELIVERED_FIFO if fifo else UNDELIVERED
    if name not in scope.queues:
        service = scope.root.get("service") or scope.root
        scope.queues[name] = _made_queue(
            scope,
            name,
            key=service.span,
            node=service,
            description="What subscriptions and asynchronous invocations could not deliver.",
            kind="undelivered",
            fifo=Fifo() if fifo else None,
        )
    return scope.queues[name]


def resolve_topics(scope: Scope) -> None:
    """Add every topic to the scope."""
    for key, node in scope.declarations("topics"):
        fifo, messages = _fifo(node), _messages(scope, node)
        scope.topics[key.text] = Topic(
            name=key.text,
            key=key.span,
            node=node,
            description=values.text(node.get("description")) or "",
            physical_name=_physical(scope, key, node, fifo),
            fifo=fifo,
            messages=messages,
            imported=_imported(node),
            display_name=values.text(node.get("display_name")),
            max_size=_or(values.size(node.get("max_size")), 256 * 1024),
            tracing=values.boolean(node.get("tracing")) or False,
            content_deduplication=_hashes(fifo, messages),
        )


def resolve_buses(scope: Scope) -> None:
    """Add every bus to the scope, and the account's `default` bus, which nobody has to declare."""
    for key, node in scope.declarations("buses"):
        default = key.text == "default"
        archive = values.mapping(node.get("archive"))
        archived = archive is not None or values.boolean(node.get("archive")) is True
        retention = values.duration(archive.get("retention")) if archive else None
        scope.buses[key.text] = Bus(
            name=key.text,
            key=key.span,
            node=node,
            description=values.text(node.get("description")) or "",
            physical_name="default" if default else _physical(scope, key, node, None),
            messages=_messages(scope, node),
            imported=_imported(node),
            is_default=default,
            archive_days=-(-(retention or 0) // DAY) if archived else None,
        )


def default_bus(scope: Scope, name: Node) -> Bus:
    """Return the account's `default` bus for an edge that names it without a declaration."""
    if "default" not in scope.buses:
        scope.buses["default"] = Bus(
            name="default",
            key=name.span,
            node=name,
            physical_name="default",
            messages=(),
            imported=None,
            is_default=True,
            archive_days=None,
        )
    return scope.buses["default"]


def _physical(scope: Scope, key: Scalar, node: Mapping, fifo: Fifo | None) -> str:
    own = values.text(node.get("name"))
    if own is None:
        return names.physical(scope.service, key.text, fifo=fifo is not None)
    return own if fifo is None or own.endswith(".fifo") else f"{own}.fifo"


def _imported(node: Mapping) -> ByArn | ByParameter | None:
    source = values.mapping(node.get("import"))
    if source is None:
        return None
    if (arn := values.text(source.get("arn"))) is not None:
        return ByArn(arn=arn)
    parameter = values.text(source.get("parameter"))
    return ByParameter(parameter=parameter) if parameter is not None else None


def _messages(scope: Scope, node: Mapping) -> tuple[Message, ...]:
    found: dict[str, Message] = {}
    for name in values.texts(node.get("messages")):
        message = scope.link("message", name, scope.messages)
        if message is not None:
            found[message.name] = message
    return tuple(found.values())


def _fifo(node: Mapping) -> Fifo | None:
    written = node.get("fifo")
    if isinstance(written, Mapping):
        return Fifo(per_group=values.text(written.get("throughput")) == "per-group")
    return Fifo() if values.boolean(written) else None


def _hashes(fifo: Fifo | None, messages: tuple[Message, ...]) -> bool:
    return fifo is not None and any(message.deduplicate_by is None for message in messages)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
