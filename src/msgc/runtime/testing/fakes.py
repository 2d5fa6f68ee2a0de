"""Publishers into memory: only the AWS call is another, all checks are the real ones.

What they were given goes on to handlers through the compiled filters, in real envelopes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ..codec import codec
from . import events
from .answers import ANSWERS, AnswerError
from .delivered import Delivered, invoke, size_of
from .fake_aws import FakeAws, content
from .routes import Parcel, Path, arrive

if TYPE_CHECKING:
    from ..protocols import LambdaContext, Message

__all__ = ["Delivered", "Fake", "FakeAws"]

M = TypeVar("M", bound="Message")


class Fake:
    """What fakes add to the publisher that they are."""

    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {}
    """The ways from here to each consumer, by its name."""
    aws: FakeAws
    answers: Mapping[str, Callable[..., Any]] = {}
    """Who answers the pipes on the way, by whom these ask."""

    @staticmethod
    def _pause(seconds: float) -> None:
        """Try again at once."""

    def of(self, cls: type[M]) -> list[M]:
        """Return the messages of a type that were published, read back from the wire."""
        return [
            codec.decode(cls, value)
            for type_, value in map(content, self.aws.parcels)
            if type_ == cls.__type__
        ]

    def fail_next(
        self, code: str = "", *, times: int = 1, retryable: bool = False
    ) -> None:
        """Make the next messages fail.

        `publish_many`, and a bus, try again what is retryable; `publish` to a topic or a
        queue doesn't, since botocore has done so already.
        """
        default = "ThrottlingException" if retryable else "InvalidParameterValue"
        self.aws.failures.extend([(code or default, retryable)] * times)

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
        self, handler: Callable[..., Any], context: LambdaContext | None = None
    ) -> Delivered:
        """Bring everything that was published to a handler, as far as filters let it.

        It is invoked as Lambda would: with events of the consumer's batch size, and `context` or a
        `FakeLambdaContext`. What a decorator such as Powertools' made of the handler does as well.
        Failures are counted alike, whether the handler raises or reports them to a queue; nothing
        is raised here, and nothing comes again by itself. Raises `LookupError` if nothing leads
        from here to the consumer, or if a pipe on the way asks somebody who answers only where
        `answered_by` says it.
        """
        consumer = getattr(handler, "consumer", None)
        if consumer is None:
            message = (
                "not made by a consumer's `handler` decorator, or by one around it"
            )
            raise TypeError(message)
        if consumer not in self.paths:
            message = f"nothing leads from {type(self).__name__} to `{consumer}`"
            raise LookupError(message)
        handled = failed = filtered_out = 0
        errors: list[Exception] = []
        for path in self.paths[consumer]:
            before = len(errors)
            parcels = self.arrived(path, self.aws.parcels, errors)
            unanswered = len(errors) - before
            failed += unanswered
            filtered_out += len(self.aws.parcels) - len(parcels) - unanswered
            for event in path[-1].invoke(parcels):
                given = context or events.FakeLambdaContext(consumer)
                failures = invoke(handler, event, given, errors)
                failed += failures
                handled += size_of(event) - failures
        return Delivered(handled, failed, filtered_out, errors)

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
                    found.append(arrived)
        finally:
            ANSWERS.reset(answering)
        return found

    def clear(self) -> None:
        """Forget what was published, and what should fail."""
        self.aws.parcels.clear()
        self.aws.failures.clear()
