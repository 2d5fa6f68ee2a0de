"""`Resolved`: a topology whose names are linked and whose defaults are still open."""

from __future__ import annotations

from collections.abc import Callable

from msgc.diagnostics import Diagnostic
from msgc.record import OPEN, Record
from msgc.topology.ends import Queue
from msgc.topology.model import Topology


class ImplicitQueue(Record):
    """A queue that a file may name without declaring it: it is made if something needs it."""

    queue: Queue
    of: Queue | None
    """Whose dead-letter queue it is; None: it is for what edges can't deliver."""
    asked_for: bool = False
    """Whether the file has settings for it."""
    after: int = OPEN
    """Receives after which a message goes there."""


class QueueName(Record):
    """A place where the file names a queue that it doesn't declare."""

    name: str
    unknown: Callable[[dict[str, Queue]], Diagnostic]
    """Makes what is wrong with it, given all queues, if there is none of that name."""


class Resolved(Record):
    """A topology in which what the file doesn't say is `OPEN`."""

    topology: Topology
    implicit_queues: dict[str, ImplicitQueue]
    """By their names."""
    queue_names: tuple[QueueName, ...]
