"""What a worker is told about how to do its work, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import AddressError

if TYPE_CHECKING:
    from ..handling.workers import WorkerHandler
    from .protocols import Measure, WorkerOptions

_RANGES = {
    "concurrency": (1, 1000),
    "batch": (1, 10),
    "wait": (1, 20),
    "visibility": (2, 43_200),
    "deadline": (0, 43_200),
}
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html"""


class Pace:
    """How messages are received: so many at a time, for so long, with what isn't said filled in."""

    def __init__(
        self, who: str, options: Mapping[str, Any], others: frozenset[str], wanted: int
    ) -> None:
        _check(who, options, others)
        self.concurrency: int = options.get("concurrency") or wanted
        self.batch: int = options.get("batch", 10)
        self.visibility: int | None = options.get("visibility")
        self.deadline: float = options.get("deadline", 25.0)
        # A call that waits can't be ended; what it brings has to be given back in time.
        self.wait: int = min(options.get("wait", 20), max(1, int(self.deadline)))
        self.measure: Measure | None = options.get("measure")


class Settings(Pace):
    """The options of a worker, with what stands for those that aren't given."""

    def __init__(
        self,
        handler: WorkerHandler[Any, Any],
        variables: Sequence[str],
        options: WorkerOptions,
    ) -> None:
        others = frozenset({"measure", "health_file", "queue_urls"})
        super().__init__("a worker", dict(options), others, _wanted(handler))
        file = options.get("health_file")
        self.health_file = None if file is None else Path(file)
        self._variables = variables
        self._urls = options.get("queue_urls")

    def urls(self, consumer: str) -> list[str]:
        """Return the URLs of the queues; raises `AddressError` if nobody said one."""
        if self._urls:
            return list(dict.fromkeys(self._urls))
        missing = [name for name in self._variables if not os.environ.get(name)]
        if missing:
            message = (
                f"`{consumer}` has no queue to receive from: the environment variable "
                f"{' and '.join(missing)} is not set; the stack has it in "
                f'`environment_for("{consumer}")`'
            )
            raise AddressError(message)
        return list(dict.fromkeys(os.environ[name] for name in self._variables))


def _check(who: str, options: Mapping[str, Any], others: frozenset[str]) -> None:
    for name, value in options.items():
        if name in _RANGES:
            least, most = _RANGES[name]
            if isinstance(value, bool) or not isinstance(value, int | float):
                text = f"`{name}` is a number, not {value!r}"
                raise TypeError(text)
            if not least <= value <= most:
                text = f"`{name}` is from {least} to {most}, not {value}"
                raise ValueError(text)
        elif name not in others:
            text = f"{who} has no option `{name}`"
            raise TypeError(text)


def _wanted(handler: WorkerHandler[Any, Any]) -> int:
    """Return how many messages `batch` says that the function handles at a time, or 10."""
    wanted = handler.batch
    if wanted is None:
        return 10
    if wanted.raise_if_all_failed:
        text = (
            f"`{handler.__name__}` has `raise_if_all_failed`, which is about invocations "
            "of Lambda: a worker has `measure`"
        )
        raise TypeError(text)
    return wanted.concurrency
