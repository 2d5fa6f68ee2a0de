"""Publishers into memory: only the AWS call is another, all checks are the real ones.

What they were given goes on to handlers through the compiled filters, in real envelopes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from ..codec.objects import whole_of
from ..handling.idempotency import IN_MEMORY
from . import events
from .answers import ANSWERS, AnswerError
from .arriving import deduplicated, mixed
from .delivered import Delivered, Ends, deliver, redeliver
from .fake_aws import FakeAws, content, decoded
from .parcels import Parcel
from .routes import Path, arrive

if TYPE_CHECKING:
    from types import UnionType

    from ..protocols import LambdaContext, Message

__all__ = ["Delivered", "Fake", "FakeAws"]

M = TypeVar("M", bound="Message")


class Fake:
    """What fakes add to the publisher that they are."""

    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {}
    """The ways from here to each consumer, by its name."""
    fifo: ClassVar[bool]
    """As of the publisher that it is."""
    per_group: ClassVar[bool] = False
    """Of FIFO places: whether a deduplication id is one only within its group."""
    aws: FakeAws
    """What stands in for AWS, and has what it was sent."""
    answers: Mapping[str, Callable[..., Any]] = {}
    """Who answers the pipes on the way, by whom these ask."""

    @staticmethod
    def _pause(seconds: float) -> None:
        """Try again at once."""

    @overload
    def of(self, cls: type[M]) -> list[M]: ...
    @overload
    def of(self, cls: UnionType) -> list[Any]: ...
    def of(self, cls: Any) -> list[Any]:
        """Return the messages of a type that were published, read back from the wire."""
        return _read(cls, self._opened(self.aws.parcels))

    @overload
    def dead_letters_of(self, cls: type[M]) -> list[M]: ...
    @overload
    def dead_letters_of(self, cls: UnionType) -> list[Any]: ...
    def dead_letters_of(self, cls: Any) -> list[Any]:
        """Return the published messages of a type that ended in a dead-letter queue."""
        dead = [parcel.origin or parcel for parcel in self.aws.dead]
        return _read(cls, self._opened(dead))

    def _opened(self, parcels: Iterable[Parcel]) -> Iterable[Parcel]:
        """Return parcels with their payloads."""
        return parcels

    def fail_next(
        self,
        code: str = "",
        *,
        times: int = 1,
        retryable: bool = False,
        whole_call: bool = False,
    ) -> None:
        """Make the next messages fail, or the next calls as a whole.

        `publish_many`, and a bus, try again what is retryable; `publish` to a topic or a
        queue doesn't, since botocore has done so already. It has with a `whole_call`, too: after
        one that is throttled, say, nothing more is sent.
        """
        if whole_call:
            if retryable:
                message = "a whole call isn't tried again: botocore has done so already"
                raise ValueError(message)
            self.aws.failing_calls.extend([code or "ThrottlingException"] * times)
            return
        default = "ThrottlingException" if retryable else "InvalidParameterValue"
        self.aws.failures.extend([(code or default, retryable)] * times)

    def wait(self, seconds: float) -> None:
        """Let time pass: FIFO remembers deduplication ids for five minutes."""
        self.aws.now += seconds

    def answered_by(self, answering: Callable[..., Any], *, asked: str = "") -> None:
        """Let the handler of a consumer answer the pipes that ask this consumer (`enrich`).

        It is really called, about each payload that comes by. For `enrich: provided` a function
        stands in that returns an answer about a payload, as JSON has it, or None: then nothing goes
        on. `asked` is the argument with which the real one is handed over.
        """
        name = asked or getattr(answering, "consumer", None)
        if name is None:
            message = "not made by a consumer's `handler` decorator: say who is `asked`"
            raise TypeError(message)
        self.answers = {**self.answers, name: answering}

    def deliver_to(
        self,
        handler: Callable[..., Any],
        context: LambdaContext | None = None,
        *,
        duplicates: int = 0,
        shuffle: int | None = None,
        redrive: bool = False,
    ) -> Delivered:
        """Bring everything that was published to a handler, as far as filters let it.

        It is invoked as Lambda would: with events of the consumer's batch size, and `context` or a
        `FakeLambdaContext`. What a decorator such as Powertools' made of the handler does as well.
        Failures are counted alike, whether the handler raises or reports them to a queue; nothing
        is raised here, and nothing comes again by itself. Each message comes `duplicates` times
        more, and all of them in an order that the number `shuffle` decides, where AWS may do so:
        not from FIFO queues, which deliver what has one deduplication id once in five minutes.
        With `redrive`, what fails out of a queue comes again as often as its dead-letter queue
        says, and then ends there: `dead_letters_of` returns it. What the handler raises `DeadLetter`
        for is there at once. A consumer with `idempotency` remembers in the fake's memory what it
        has handled: no table is asked, unless a test has put a store into its `ONCE`.
        Raises `LookupError` if nothing leads from here to the consumer, or if a pipe on the way
        asks somebody who answers only where `answered_by` says it.
        """
        consumer, paths = self._ways_to(
            handler,
            repeats=bool(duplicates) or shuffle is not None,
            redrive=redrive,
        )
        published = self.aws.parcels
        if self.fifo:
            published = deduplicated(
                published, per_group=self.per_group, by_content=True
            )
        handled = failed = filtered_out = dropped = dead = 0
        errors: list[Exception] = []
        for path in paths:
            ends = Ends()
            parcels = self.arrived(path, published, ends.errors)
            unanswered = len(ends.errors)
            filtered_out += len(published) - len(parcels) - unanswered
            dropped += len(self.aws.parcels) - len(published) + len(parcels)
            if path[-1].fifo:
                parcels = deduplicated(
                    parcels, per_group=path[-1].per_group, by_content=False
                )
            dropped -= len(parcels)
            if not path[-1].fifo:
                parcels = mixed(parcels, duplicates, shuffle)
            given = context or events.FakeLambdaContext(consumer)
            remembering = IN_MEMORY.set(self.aws.claims)
            try:
                left = _delivered(handler, path, parcels, given, ends, redrive=redrive)
            finally:
                IN_MEMORY.reset(remembering)
            errors += ends.errors
            self.aws.dead += ends.dead
            dead += len(ends.dead)
            failed += len(ends.dead) + left + unanswered
            handled += len(parcels) - len(ends.dead) - left
        return Delivered(
            handled,
            failed,
            filtered_out,
            errors,
            deduplicated=dropped,
            dead_lettered=dead,
        )

    def _ways_to(
        self, handler: Callable[..., Any], *, repeats: bool, redrive: bool
    ) -> tuple[str, Sequence[Path]]:
        """Return the consumer of a handler, and how messages come to it."""
        consumer = getattr(handler, "consumer", None)
        if consumer is None:
            message = (
                "not made by a consumer's `handler` decorator, or by one around it"
            )
            raise TypeError(message)
        if consumer not in self.paths:
            message = f"nothing leads from {type(self).__name__} to `{consumer}`"
            raise LookupError(message)
        paths = self.paths[consumer]
        if repeats and all(path[-1].fifo for path in paths):
            message = (
                f"`{consumer}` reads a FIFO queue: in order, and each message once"
            )
            raise ValueError(message)
        if redrive and not any(path[-1].max_receives for path in paths):
            message = f"`{consumer}` reads no queue that has a dead-letter queue"
            raise ValueError(message)
        return consumer, paths

    def arrived(
        self, path: Path, parcels: Iterable[Parcel], errors: list[Exception]
    ) -> list[Parcel]:
        """Return what comes to the end of a path, and collect why somebody didn't answer."""
        found: list[Parcel] = []
        answering = ANSWERS.set(self.answers)
        try:
            for parcel in parcels:
                try:
                    arrived = arrive(path, parcel)
                except AnswerError as error:
                    errors.append(error.reason)
                    continue
                if arrived is not None:
                    arrived.sent, arrived.origin = parcel.sent, parcel
                    found.append(arrived)
        finally:
            ANSWERS.reset(answering)
        return found

    def clear(self) -> None:
        """Forget what was published, handled and given up, and what should fail."""
        self.aws.claims.clear()
        self.aws.parcels.clear()
        self.aws.dead.clear()
        self.aws.failures.clear()
        self.aws.failing_calls.clear()


def _delivered(
    handler: Callable[..., Any],
    path: Path,
    parcels: list[Parcel],
    context: LambdaContext,
    ends: Ends,
    *,
    redrive: bool,
) -> int:
    """Deliver once, or until all is handled or dead; return how many messages would come again."""
    if redrive and path[-1].max_receives:
        redeliver(handler, path, parcels, context, ends)
        return 0
    return len(deliver(handler, path, parcels, context, ends))


def _read(cls: Any, parcels: Iterable[Parcel]) -> list[Any]:
    whole = whole_of(cls)
    found = (
        decoded(whole, value)
        for type_, value in map(content, parcels)
        if type_ == whole.__type__
    )
    return [message for message in found if isinstance(message, cls)]
