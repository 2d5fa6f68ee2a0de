"""`Received`: a message out of a queue, which is deleted when its `with` block has ended well."""

from __future__ import annotations

from asyncio import to_thread
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..handling.around import surrounded

if TYPE_CHECKING:
    from ..handling.incoming import Incoming, MessageContext
    from .receiving import Receiving

M = TypeVar("M")


class Received(Generic[M]):
    """A message that nobody else gets meanwhile.

    `with received as message:` deletes it if the block ends without an exception. If it raises, the
    message comes again, when `Retry(after=...)` says or when its time is over; `DeadLetter` moves
    it to the dead-letter queue.
    """

    def __init__(
        self, loop: Receiving[M], ticket: Any, message: M, incoming: Incoming
    ) -> None:
        self.message = message
        """The message itself."""
        self.context: MessageContext = incoming.context
        """Where it comes from and how it came."""
        self.ticket = ticket
        """What the loop knows it by."""
        self.is_begun = False
        """Whether its `with` block has begun."""
        self.is_finished = False
        """Whether it was deleted, or comes again."""
        self._loop = loop
        self._incoming = incoming
        self._around: AbstractContextManager[bool] | None = None

    def done(self) -> None:
        """Delete it: it was handled."""
        if not self.is_finished:
            self.is_finished = True
            self._loop.succeeded(self)

    def fail(self, error: Exception) -> None:
        """Let it come again, or do what the verdict says that the error is; it is logged."""
        if not self.is_finished:
            self.is_finished = True
            self._loop.failed(self, error)

    def give_back(self) -> None:
        """Let others have it at once, as if nothing had been done with it."""
        if not self.is_finished:
            self.is_finished = True
            self._loop.given_back(self)

    def __enter__(self) -> M:
        if self.is_begun or self.is_finished:
            message = "this message has been handled already, or is just now"
            raise RuntimeError(message)
        self.is_begun = True
        around = surrounded(self._loop.reader, self._incoming, self.message)
        try:
            around.__enter__()
        except Exception as error:
            self.fail(error)
            raise
        self._around = around
        return self.message

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        raised = self._left(error)
        self._settle(raised)
        return self._is_swallowed(error, raised)

    async def __aenter__(self) -> M:
        return self.__enter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        raised = self._left(error)
        if raised is None:
            self.done()
        else:
            await to_thread(self._settle, raised)  # which may call AWS
        return self._is_swallowed(error, raised)

    def _left(self, error: BaseException | None) -> BaseException | None:
        """Leave what is around the block; return what is raised in the end."""
        around, self._around = self._around, None
        if around is None:
            return error
        kind = None if error is None else type(error)
        trace = None if error is None else error.__traceback__
        try:
            is_swallowed = around.__exit__(kind, error, trace)
        except BaseException as raised:  # noqa: BLE001  # a hook may raise another
            return raised
        return None if is_swallowed else error

    def _settle(self, raised: BaseException | None) -> None:
        if raised is None:
            self.done()
        elif isinstance(raised, Exception):
            self.fail(raised)
        else:
            self.give_back()

    def _is_swallowed(
        self, error: BaseException | None, raised: BaseException | None
    ) -> bool:
        """Whether the loop goes on; raises what a hook has raised in place of the error."""
        if raised is None or self._loop.goes_on_after(raised):
            return True
        if raised is not error:
            raise raised
        return False
