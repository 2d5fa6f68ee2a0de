"""Visibility timeouts: how long a received message stays hidden from others."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.ends import Consumer, Origin
from msgc.topology.narrowing import as_consumer

DEFAULT = 30
"""Seconds; SQS's own default."""
_TIMEOUT = 30
"""Seconds that a function counts as having if its timeout isn't known."""
_TRIES = 6


def visibility(derivation: Derivation) -> None:
    """Set the visibility timeout to six times the function's timeout, plus the batch window.

    A batch that is throttled can then be tried again before its messages show up anew:
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html.
    """
    polled: dict[Origin, list[Consumer]] = {}
    for edge in derivation.edges:
        if (consumer := edge.poller) is not None and consumer.worker is None:
            polled.setdefault(edge.origin, []).append(consumer)
    asked = _asked_by_pipes(derivation)
    for queue in derivation.queues.values():
        if queue.visibility is not OPEN:
            continue
        value, why = asked.get(queue, (DEFAULT, "SQS's own default"))
        for poller in polled.get(queue, ()):
            timeout, window = poller.function.timeout or _TIMEOUT, poller.batch_window
            hidden = _TRIES * timeout + window
            if hidden > value:
                more = f" + {window} s" if window else ""
                value, why = hidden, f"{_TRIES} * {timeout} s{more}, from consumer `{poller.name}`"
        derivation.settle(queue, "visibility", value, why)


def _asked_by_pipes(derivation: Derivation) -> dict[Origin, tuple[int, str]]:
    """Return six times what the functions of a pipe may take, for each queue that feeds one.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
    """
    found: dict[Origin, tuple[int, str]] = {}
    for edge in derivation.edges:
        if edge.enrich is not None:
            consumer = as_consumer(edge.target)
            asked = edge.asks
            timeout = _TIMEOUT if asked is None else asked.function.timeout or _TIMEOUT
            if consumer is not None:
                timeout += consumer.function.timeout or _TIMEOUT
            why = f"{_TRIES} * {timeout} s, from pipe `{edge.name}`"
            found[edge.origin] = max(found.get(edge.origin, (0, "")), (_TRIES * timeout, why))
    return found
