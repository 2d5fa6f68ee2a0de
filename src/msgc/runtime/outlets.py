"""What publishes, for type checkers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from .publisher import MessageId

M_contra = TypeVar("M_contra", contravariant=True)


class Outlet(Protocol[M_contra]):
    """Whatever takes messages of some types: a publisher, or a narrower view of one."""

    def publish(self, message: M_contra) -> MessageId:
        """Publish one message."""
        ...

    def publish_many(
        self, messages: Iterable[M_contra], *, concurrency: int = 1
    ) -> list[MessageId]:
        """Publish several messages."""
        ...
