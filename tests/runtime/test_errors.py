"""Errors say which message, and whether to try again; and they cross processes."""

from __future__ import annotations

import copy
import pickle
import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from msgc import runtime
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload, Violation
from msgc.runtime.errors import (
    AddressError,
    MessageError,
    MessagingError,
    NotCarriedError,
    RefusedError,
    UnreadableError,
)
from msgc.runtime.handling.batches import BatchFailedError
from msgc.runtime.handling.idempotency import InProgressError
from msgc.runtime.handling.verdicts import DeadLetter, Retry, Verdict
from msgc.runtime.json_text import UnclearText
from msgc.runtime.publishing.failures import Failed, Failure, PublishError
from msgc.runtime.testing.answers import AnswerError
from msgc.runtime.testing.contracts import Breach, ContractError, WasRead
from msgc.runtime.testing.fake_aws import FakeFailure
from tests.runtime.messages import (
    Cancelled,
    FakeLinesQueue,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    Placed,
    orders,
)


def invalid() -> InvalidPayload:
    with pytest.raises(InvalidPayload) as caught:
        codec.decode(Placed, {"order_id": 1, "total": "x"})
    return caught.value


def unpublished() -> PublishError:
    failed = Failed(Placed(order_id="o"), "Throttled", "slow", index=3, retryable=True)
    return PublishError([failed, Failed(Cancelled(order_id="p"), "X", "y", index=5)], 4)


def refused() -> RefusedError:
    error = RefusedError("too large")
    error.at(7)
    return error


MADE: dict[type[Exception], Callable[[], Exception]] = {
    MessagingError: lambda: MessagingError("text"),
    MessageError: lambda: MessageError("text"),
    AddressError: lambda: AddressError("text"),
    RefusedError: refused,
    NotCarriedError: lambda: NotCarriedError("text"),
    UnreadableError: lambda: UnreadableError("text"),
    PublishError: unpublished,
    InvalidPayload: invalid,
    Verdict: lambda: Verdict("text"),
    Retry: lambda: Retry("no ship yet", after=1.5),
    DeadLetter: lambda: DeadLetter("no such order"),
    InProgressError: lambda: InProgressError("shop/billing#OrderPlaced#o-1"),
    BatchFailedError: lambda: BatchFailedError("billing", [LookupError("o-1"), KeyError("o")]),
    UnclearText: lambda: UnclearText("text"),
    FakeFailure: lambda: FakeFailure("Throttled"),
    AnswerError: lambda: AnswerError("pricing", LookupError("o-1")),
    ContractError: lambda: ContractError([Breach("Placed", "example 0", "FakeTopic", "b", "no")]),
    WasRead: WasRead,
}


def test_every_error_of_the_runtime_is_looked_at() -> None:
    found = {
        value
        for module in pkgutil.walk_packages(runtime.__path__, "msgc.runtime.")
        for value in vars(import_module(module.name)).values()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert {each for each in found if each.__module__.startswith("msgc.")} == set(MADE)


def attributes(thing: Any) -> Any:
    """Everything that is known of an error, and of what it holds."""
    if isinstance(thing, list | tuple):
        return [attributes(each) for each in thing]
    if isinstance(thing, Breach | Failed | Violation):
        return [repr(thing), *(getattr(thing, name) for name in type(thing).__slots__)]
    if isinstance(thing, Exception):
        return [str(thing), *((name, attributes(vars(thing)[name])) for name in vars(thing))]
    return thing


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_crosses_processes(kind: type[Exception], protocol: int) -> None:
    error = MADE[kind]()
    there = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # our own
    assert type(there) is kind
    assert attributes(there) == attributes(error)
    assert attributes(copy.copy(error)) == attributes(error)


def test_what_a_publish_error_says() -> None:
    error = unpublished()
    assert str(error) == "Placed (message 3): Throttled: slow (the first of 2); 4 published"
    shown = repr(error.failed[0])
    assert shown == "Failed(Placed, 'Throttled', 'slow', index=3, retryable=True)"
    assert "order_id" not in repr(error), "payloads are often personal"


def test_one_base_for_what_is_raised() -> None:
    of_tests = {FakeFailure, AnswerError, ContractError, WasRead}
    named = set(MADE) - {UnclearText, *of_tests}  # never seen outside
    assert all(issubclass(each, MessagingError) for each in named)
    assert issubclass(NotCarriedError, TypeError)
    assert issubclass(RefusedError, ValueError)


@pytest.mark.parametrize("fake", [FakeOrdersTopic, FakeOrdersQueue, FakeShopBus])
def test_each_failed_message_has_its_index(fake: Any) -> None:
    publisher, many = fake(), orders(25)
    publisher.publish(many[0])
    publisher.fail_next("Odd", times=2)
    with pytest.raises(PublishError) as caught:
        publisher.publish_many(many)
    assert [failed.index for failed in caught.value.failed] == [0, 1]
    assert [failed.message for failed in caught.value.failed] == many[:2]
    assert not any(failed.retryable for failed in caught.value.failed)
    assert caught.value.published == 23


def test_what_was_not_sent_may_be_tried_again() -> None:
    """What stopped its group mayn't, being what AWS refused."""
    queue = FakeLinesQueue()
    queue.fail_next("InvalidParameterValue")
    with pytest.raises(PublishError) as caught:
        queue.publish_many(orders(3, note="g"))
    told = [(each.index, each.code, each.retryable) for each in caught.value.failed]
    assert told == [
        (0, "InvalidParameterValue", False),
        (1, "GroupStopped", True),
        (2, "GroupStopped", True),
    ]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (Placed(order_id="o", note=""), RefusedError),
        (Placed(order_id=1), InvalidPayload),  # type: ignore[arg-type]  # on purpose
        ("no message", NotCarriedError),
    ],
)
def test_what_is_refused_before_it_is_sent_has_its_index(wrong: Any, kind: Any) -> None:
    topic = FakeOrdersTopic()
    with pytest.raises(kind) as caught:
        topic.publish_many([*orders(3), wrong])
    assert caught.value.index == 3
    assert caught.value.__notes__ == ["message 3 given to publish_many; nothing has been sent"]
    assert topic.aws.parcels == []
    with pytest.raises(kind) as caught:
        topic.publish(wrong)
    assert caught.value.index is None


class ClientError(Exception):
    """As botocore's."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.response = {
            "Error": {"Code": code, "Message": "its words"},
            "ResponseMetadata": {"HTTPStatusCode": status},
        }


@pytest.mark.parametrize(
    ("code", "status", "retryable"),
    [
        ("AuthorizationError", 403, False),
        ("InvalidParameter", 400, False),
        ("Throttling", 400, True),
        ("ThrottlingException", 400, True),
        ("ThrottledException", 429, True),
        ("RequestThrottled", 403, True),
        ("KmsThrottled", 400, True),
        ("TooManyRequestsException", 429, True),
        ("RequestLimitExceeded", 400, True),
        ("SlowDown", 400, True),
        ("InternalError", 500, True),
        ("ServiceUnavailable", 503, True),
    ],
)
def test_what_aws_answers_says_whether_to_try_again(
    code: str, status: int, *, retryable: bool
) -> None:
    failure = Failure.of(ClientError(code, status))
    assert (failure.code, failure.reason, failure.retryable) == (code, "its words", retryable)


@pytest.mark.parametrize(
    ("error", "retryable", "taken"),
    [
        (ConnectionResetError("reset"), True, True),
        (TimeoutError("late"), True, True),
        (ConnectionRefusedError("refused"), True, False),
        (ValueError("a bug"), False, False),
    ],
)
def test_without_an_answer_nobody_knows(error: Exception, *, retryable: bool, taken: bool) -> None:
    failure = Failure.of(error)
    assert failure.code == type(error).__name__
    assert failure.retryable == retryable
    assert ("AWS may have taken it" in failure.reason) == taken
