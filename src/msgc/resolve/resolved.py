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


NameCheck = Callable[[dict[str, Queue]], Diagnostic | None]
"""Says what is wrong with a name in the file, given all queues, the derived ones too."""


class Resolved(Record):
    """A topology in which what the file doesn't say is `OPEN`."""

    topology: Topology
    implicit_queues: dict[str, ImplicitQueue]
    """By their names."""
    name_checks: tuple[NameCheck, ...]
