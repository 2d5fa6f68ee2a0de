"""Dead-letter queues: each queue gets one, unless it catches the failures of others itself."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.diagnostics import Label
from msgc.record import OPEN, settle
from msgc.resolve import codes
from msgc.topology.ends import DeadLetter, Queue

_POLLED, _READ_BY_OTHERS = 5, 3
"""Receives; AWS advises at least 5 for what Lambda polls, as a throttled batch counts as received:
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html."""


def dead_letters(derivation: Derivation) -> None:
    """Add a dead-letter queue behind every queue that gets one of its own.

    A queue that others name as their dead-letter queue gets none, unless it asks.
    """
    readers = {
        edge.origin: "a function polls it" if edge.poller else "a pipe reads it"
        for edge in derivation.edges
        if edge.way.reader and not (edge.poller and edge.poller.worker)
    }
    own = {each.of: each for each in derivation.implicit_queues.values() if each.of is not None}
    queues: dict[str, Queue] = {}
    for queue in derivation.queues.values():
        queues[queue.name] = queue
        implicit = own.get(queue)
        if implicit is None:
            continue
        if queue in derivation.named_for_failures and not implicit.asked_for:
            why = "it is there for what others could not process"
            derivation.settle(queue, "dead_letter", None, why)
            continue
        made = implicit.queue
        dead_letter = DeadLetter(queue=made, after=implicit.after)
        derivation.settle(queue, "dead_letter", dead_letter, "every queue has one")
        if made.name in derivation.queues:
            _report_name(derivation, queue, derivation.queues[made.name])
        else:
            queues[made.name] = made
    for queue in queues.values():
        if queue.dead_letter is not None and queue.dead_letter.after is OPEN:
            settle(queue.dead_letter, after=_POLLED if queue in readers else _READ_BY_OTHERS)
            why = readers.get(queue, "no function polls it")
            derivation.reasons[queue, "dead_letter.after"] = why
    derivation.queues = queues


def _report_name(derivation: Derivation, queue: Queue, declared: Queue) -> None:
    name = declared.name
    derivation.report(
        codes.DUPLICATE_NAME,
        declared.key,
        f"`{name}` is also the dead-letter queue that `{queue.name}` gets",
        f"rename it, or use it: `{queue.name}: {{dead_letter: {{queue: {name}}}}}`",
        Label(span=queue.key, message="this queue"),
    )
