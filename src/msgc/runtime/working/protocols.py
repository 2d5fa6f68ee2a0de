"""What a worker needs of boto3's client, and what it is told: imported by type checkers alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, TypedDict

Metric: TypeAlias = Literal[
    "received", "succeeded", "failed", "held_back", "expired", "deleted", "extended",
    "released", "seconds", "errors",
]  # fmt: skip
"""What is counted of messages; `seconds` is how long a handler took, `errors` are calls of AWS."""

Measure: TypeAlias = Callable[[Metric, float, str], object]
"""Called with what is measured, how much, and the name of the queue; by several threads."""


class WorkerOptions(TypedDict, total=False):
    """How a worker does its work."""

    concurrency: int
    """How many messages are handled at a time: what `batch` says of the function, or 10."""
    batch: int
    """How many messages are received in a call: 10, or fewer where handling takes long."""
    wait: int
    """Seconds that a call waits for messages: 20, and no longer than the deadline."""
    visibility: int
    """Seconds that a message stays invisible when the process is gone: the queue's own timeout."""
    deadline: float
    """Seconds in which what runs may finish when the worker is to stop: 25."""
    measure: Measure
    """Is told what happens to messages, for metrics."""
    health_file: str | Path
    """A file whose time is now, as long as the worker does its work."""
    queue_urls: Sequence[str]
    """The URLs of the queues, where no environment variable has them."""


class WorkerSqsClient(Protocol):
    """What is needed of `boto3.client("sqs")` to receive messages."""

    def get_queue_attributes(self, *args: Any, **kwargs: Any) -> Any:
        """Return settings of a queue."""
        ...

    def receive_message(self, *args: Any, **kwargs: Any) -> Any:
        """Receive messages."""
        ...

    def change_message_visibility_batch(self, *args: Any, **kwargs: Any) -> Any:
        """Say for how long messages are invisible."""
        ...

    def delete_message_batch(self, *args: Any, **kwargs: Any) -> Any:
        """Delete messages."""
        ...
