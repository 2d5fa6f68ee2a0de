"""What a worker needs of boto3's client, and what it is told: imported by type checkers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, TypedDict

from ..handling.protocols import Named

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


class ReceiveOptions(TypedDict, total=False):
    """How messages are received in a loop of one's own."""

    until_empty: bool
    """Whether the loop ends when nothing is there any more; else it goes on until it is stopped."""
    go_on: bool
    """Whether it goes on after a message that failed, which is logged; else the error is raised."""
    unreadable: Callable[[Mapping[str, Any], Exception], object]
    """Is given the record of a message that can't be read, and why; then that is deleted. What it
    raises is the message's failure. Without it, such a message is logged, and comes again."""
    signals: bool
    """Whether SIGTERM and SIGINT end the loop after the message at hand, in the main thread:
    True, unless the program has an end of its own, as a server has."""
    concurrency: int
    """How many messages may be unfinished at a time, for threads and tasks: 1."""
    batch: int
    """How many messages are received in a call: 10, or fewer where handling takes long."""
    wait: int
    """Seconds that a call waits for messages: 20, and no longer than the deadline."""
    visibility: int
    """Seconds that a message stays invisible when the process is gone: the queue's own timeout."""
    deadline: float
    """Seconds in which what threads and tasks have begun may finish when the loop ends: 25."""
    measure: Measure
    """Is told what happens to messages, for metrics."""


class Reads(Named, Protocol):
    """Who reads a queue."""

    def is_ordered(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is of a FIFO queue."""
        ...


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
