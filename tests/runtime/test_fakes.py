"""Fakes hand on what was published: the same way to each kind of place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

import pytest

from msgc.runtime.codec import codec
from msgc.runtime.errors import AddressError
from msgc.runtime.handling.dynamodb import DynamoDbStore
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.idempotency import Once
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.memory import InMemoryStore
from msgc.runtime.handling.pushed import EventBridgeHandler, SnsHandler
from msgc.runtime.handling.verdicts import DeadLetter, Retry
from msgc.runtime.publishing import aws
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.publishing.fields import FieldWire
from msgc.runtime.testing.events import FakeLambdaContext, sqs_event
from msgc.runtime.testing.fakes import Delivered
from msgc.runtime.testing.routes import Path, Piped, Polled, Ruled, Subscribed
from tests.runtime.messages import (
    Cancelled,
    FakeLinesQueue,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    Placed,
    orders,
    read,
)


class Topic(FakeOrdersTopic):
    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
        "billing": ((Subscribed("orders", policy={"message_type": ["OrderPlaced"]}),),)
    }


class Queue(FakeOrdersQueue):
    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
        "billing": ((Polled("orders", batch_size=2),),)
    }


class Lines(FakeLinesQueue):
    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {"billing": ((Polled("lines.fifo"),),)}


class Bus(FakeShopBus):
    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
        "billing": ((Ruled({"detail-type": ["OrderPlaced"]}),),)
    }


class Invoices:
    """Keeps what it handles; fails on orders whose id is in `failing`."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.ids: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, message: Any, context: MessageContext) -> None:
        self.contexts.append(context.lambda_context)
        if message.order_id in self.failing:
            raise LookupError(message.order_id)
        self.ids.append(message.order_id)


def _topic(function: Any) -> Any:
    return SnsHandler(function, read, consumer="billing")


def _bus(function: Any) -> Any:
    return EventBridgeHandler(function, read, consumer="billing")


def _queue(function: Any, **options: Any) -> Any:
    return SqsHandler(function, read, consumer="billing", **options)


def _whole_batch(function: Any) -> Any:
    return _queue(function, partial_failures=False)


KINDS = pytest.mark.parametrize(
    ("fake", "handler"), [(Topic, _topic), (Queue, _queue), (Bus, _bus)]
)


@KINDS
def test_failures_are_counted_alike(fake: Any, handler: Callable[[Any], Any]) -> None:
    place, invoices = fake(), Invoices("o-1", "o-2")
    place.publish_many(orders(5))
    delivered = place.deliver_to(handler(invoices))
    assert (delivered.handled, delivered.failed, delivered.filtered_out) == (3, 2, 0)
    assert [str(error) for error in delivered.errors] == ["o-1", "o-2"]
    assert invoices.ids == ["o-0", "o-3", "o-4"]
    with pytest.raises(ExceptionGroup, match="2 messages failed") as caught:
        delivered.raise_errors()
    assert list(caught.value.exceptions) == delivered.errors


@KINDS
def test_a_single_error_is_raised_as_it_is(fake: Any, handler: Callable[[Any], Any]) -> None:
    place = fake()
    place.publish_many(orders(3))
    with pytest.raises(LookupError, match="o-1"):
        place.deliver_to(handler(Invoices("o-1"))).raise_errors()
    delivered = place.deliver_to(handler(Invoices()))
    assert delivered.raise_errors() is delivered
    assert delivered.errors == []
    assert repr(delivered) == (
        "Delivered(handled=3, failed=0, filtered_out=0, deduplicated=0, dead_lettered=0, errors=[])"
    )


@KINDS
def test_a_test_that_gives_up_gives_up(fake: Any, handler: Callable[[Any], Any]) -> None:
    def handle(_message: Any, _: MessageContext) -> None:
        pytest.fail("told to")

    place = fake()
    place.publish_many(orders(1))
    with pytest.raises(pytest.fail.Exception, match="told to"):
        place.deliver_to(handler(handle))


def test_a_delivery_collects_its_own_errors_only() -> None:
    queue, handler = Queue(), _queue(Invoices("o-0"))
    queue.publish_many(orders(1))
    first, second = queue.deliver_to(handler), queue.deliver_to(handler)
    assert len(handler(sqs_event(*orders(1)))["batchItemFailures"]) == 1
    assert (len(first.errors), len(second.errors)) == (1, 1)


def test_a_batch_without_partial_failures_fails_as_a_whole() -> None:
    queue = Queue()
    queue.publish_many(orders(5))
    delivered = queue.deliver_to(_whole_batch(Invoices("o-1")))
    assert (delivered.handled, delivered.failed, len(delivered.errors)) == (3, 2, 1)


def test_what_is_held_back_in_its_group_has_failed() -> None:
    queue, invoices = Lines(), Invoices("o-1")
    queue.publish_many(orders(3, note="g"))
    delivered = queue.deliver_to(_queue(invoices, fifo=True))
    assert (delivered.handled, delivered.failed, len(delivered.errors)) == (1, 2, 1)
    assert invoices.ids == ["o-0"]


def test_failures_that_nobody_explains_are_failures() -> None:
    def handler(event: Any, _: Any) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in event["Records"]]}

    handler.consumer = "billing"  # type: ignore[attr-defined]  # as a decorator would
    queue = Queue()
    queue.publish_many(orders(2))
    delivered = queue.deliver_to(handler)
    assert (delivered.failed, delivered.errors) == (2, [])
    with pytest.raises(AssertionError, match="2 messages failed"):
        delivered.raise_errors()
    with pytest.raises(AssertionError):
        Delivered(0, 1, 0, []).raise_errors()


@KINDS
def test_a_handler_gets_a_lambda_context(fake: Any, handler: Callable[[Any], Any]) -> None:
    place, invoices = fake(), Invoices()
    place.publish_many(orders(1))
    place.deliver_to(handler(invoices))
    mine = FakeLambdaContext("billing-live", remaining=1_500)
    place.deliver_to(handler(invoices), mine)
    place.deliver_to(handler(invoices), context=mine)
    assert invoices.contexts[1:] == [mine, mine]
    made = invoices.contexts[0]
    assert made.function_name == "billing"
    assert made.invoked_function_arn == "arn:aws:lambda:eu-west-1:111122223333:function:billing"
    assert made.log_group_name == "/aws/lambda/billing"
    assert made.get_remaining_time_in_millis() == 30_000
    assert mine.get_remaining_time_in_millis() == 1_500
    assert made.aws_request_id != mine.aws_request_id


def test_what_is_filtered_out_fails_nothing() -> None:
    for place, handler in ((Topic(), _topic), (Bus(), _bus)):
        place.publish_many([Placed(order_id="a"), Cancelled(order_id="b")])
        delivered = place.deliver_to(handler(Invoices("b")))
        assert (delivered.handled, delivered.failed, delivered.filtered_out) == (1, 0, 1)


@KINDS
def test_a_decorated_handler_is_still_the_consumers(
    fake: Any, handler: Callable[[Any], Any]
) -> None:
    made = handler(Invoices())

    @wraps(made)
    def decorated(event: Any, context: Any) -> Any:
        assert context.function_name == "billing"
        return made(event, context)

    place = fake()
    place.publish_many(orders(2))
    assert place.deliver_to(decorated).handled == 2


def test_what_is_no_handler_of_a_consumer() -> None:
    with pytest.raises(TypeError, match="not made by a consumer's `handler` decorator"):
        Topic().deliver_to(lambda _event, _context: None)
    stranger = SnsHandler(Invoices(), read, consumer="fraud")
    with pytest.raises(LookupError, match="nothing leads from Topic to `fraud`"):
        Topic().deliver_to(stranger)


def _ids(place: Any, **options: Any) -> tuple[Delivered, list[str]]:
    invoices = Invoices()
    return place.deliver_to(_queue(invoices), **options), invoices.ids


def test_fifo_delivers_a_deduplication_id_once_in_five_minutes() -> None:
    queue = Lines()
    first, second = orders(2, note="g")
    for _ in range(2):
        queue.publish_many([first, second, first])
    delivered, ids = _ids(queue)
    assert ids == ["o-0", "o-1"]
    assert (delivered.handled, delivered.deduplicated, delivered.filtered_out) == (2, 4, 0)
    assert len(queue.of(Placed)) == 6  # AWS took them all
    queue.wait(299)
    queue.publish(first)
    assert _ids(queue)[1] == ["o-0", "o-1"]
    queue.wait(1)
    queue.publish(first)  # the one after 299 seconds didn't begin another five minutes
    assert _ids(queue)[1] == ["o-0", "o-1", "o-0"]


def test_fifo_takes_the_body_for_what_has_no_deduplication_id() -> None:
    class Content(FakeLinesQueue):
        carries: ClassVar[Any] = {"Placed": FieldWire(group_by=("note",))}
        paths = Lines.paths

    queue = Content()
    queue.publish_many([*orders(2, note="g"), *orders(2, note="g"), *orders(1, note="h")])
    assert sorted(_ids(queue)[1]) == ["o-0", "o-0", "o-1"]


def test_an_id_may_be_one_in_its_group_alone() -> None:
    class PerGroup(Lines):
        per_group = True
        paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
            "billing": ((Polled("lines.fifo", per_group=True),),)
        }

    for fake, ids in ((Lines, ["o-0"]), (PerGroup, ["o-0", "o-0"])):
        queue = fake()
        queue.publish_many([*orders(1, note="g"), *orders(1, note="h")])
        assert _ids(queue)[1] == ids


def test_a_fifo_queue_behind_a_pipe_deduplicates_too() -> None:
    class Piping(FakeOrdersQueue):
        paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
            "billing": (
                (
                    Piped("orders", group="all", deduplication="$.body.note"),
                    Polled("lines.fifo"),
                ),
            )
        }

    queue, invoices = Piping(), Invoices()
    queue.publish_many(orders(3, note="same"))
    handler = SqsHandler(
        invoices, lambda incoming: codec.decode(Placed, incoming.body), consumer="billing"
    )
    delivered = queue.deliver_to(handler)
    assert (invoices.ids, delivered.deduplicated, delivered.filtered_out) == (["o-0"], 2, 0)


@KINDS
def test_standard_places_bring_duplicates(fake: Any, handler: Callable[[Any], Any]) -> None:
    place, invoices = fake(), Invoices()
    place.publish_many(orders(2))
    delivered = place.deliver_to(handler(invoices), duplicates=2)
    assert sorted(invoices.ids) == ["o-0"] * 3 + ["o-1"] * 3
    assert (delivered.handled, delivered.deduplicated) == (6, 0)


@KINDS
def test_standard_places_mix_the_order_up(fake: Any, handler: Callable[[Any], Any]) -> None:
    place = fake()
    place.publish_many(orders(20))
    found: list[list[str]] = []
    for seed in (1, 1, 2):
        invoices = Invoices()
        place.deliver_to(handler(invoices), shuffle=seed)
        found.append(invoices.ids)
    assert found[0] == found[1] != found[2]
    assert sorted(found[0]) == sorted(found[2]) == sorted(f"o-{i}" for i in range(20))
    assert found[0] != sorted(found[0])


def test_a_duplicate_that_fails_fails_alone() -> None:
    class Once(Invoices):
        def __call__(self, message: Any, context: MessageContext) -> None:
            super().__call__(message, context)
            self.failing = (message.order_id,)

    queue = Queue()
    queue.publish_many(orders(1))
    delivered = queue.deliver_to(_queue(Once()), duplicates=1)
    assert (delivered.handled, delivered.failed) == (1, 1)


@pytest.mark.parametrize("options", [{"duplicates": 1}, {"shuffle": 0}])
def test_fifo_queues_keep_order_and_bring_nothing_twice(options: Any) -> None:
    with pytest.raises(ValueError, match="`billing` reads a FIFO queue"):
        Lines().deliver_to(_queue(Invoices()), **options)


@pytest.mark.parametrize("fake", [Topic, Queue, Bus])
def test_calls_fail_as_a_whole(fake: Any) -> None:
    place = fake()
    place.fail_next(whole_call=True)
    with pytest.raises(PublishError, match="ThrottlingException") as caught:
        place.publish_many(orders(25))
    codes = Counter(failed.code for failed in caught.value.failed)
    assert codes == {"ThrottlingException": 10, "NotSent": 15}
    assert place.of(Placed) == []
    place.publish_many(orders(25))
    assert len(place.of(Placed)) == 25
    place.fail_next("InternalError", whole_call=True, times=2)
    for _ in range(2):
        with pytest.raises(PublishError, match="InternalError"):
            place.publish(orders(1)[0])
    place.fail_next(whole_call=True)
    place.clear()
    place.publish(orders(1)[0])
    with pytest.raises(ValueError, match="botocore has done so already"):
        place.fail_next(whole_call=True, retryable=True)


class Draining(FakeOrdersTopic):
    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
        "billing": (
            (Subscribed("orders", raw=True), Polled("billing", batch_size=2, max_receives=3)),
        )
    }


def test_what_fails_too_often_is_a_dead_letter() -> None:
    topic, invoices = Draining(), Invoices("o-1")
    topic.publish_many(orders(3))
    delivered = topic.deliver_to(_queue(invoices), redrive=True)
    assert (delivered.handled, delivered.failed, delivered.dead_lettered) == (2, 1, 1)
    assert [str(error) for error in delivered.errors] == ["o-1"] * 3
    assert invoices.ids == ["o-0", "o-2"]
    assert [each.order_id for each in topic.dead_letters_of(Placed)] == ["o-1"]
    assert topic.dead_letters_of(Cancelled) == []
    assert topic.deliver_to(_queue(Invoices("o-1"))).dead_lettered == 0  # nothing comes again
    topic.clear()
    assert topic.dead_letters_of(Placed) == []


def test_what_comes_again_says_how_often_it_came() -> None:
    counts: list[int] = []

    def handle(_: Any, context: MessageContext) -> None:
        counts.append(int(context.record["attributes"]["ApproximateReceiveCount"]))
        if counts[-1] < 3:
            raise LookupError

    topic = Draining()
    topic.publish_many(orders(1))
    delivered = topic.deliver_to(_queue(handle), redrive=True)
    assert counts == [1, 2, 3]
    assert (delivered.handled, delivered.failed, delivered.dead_lettered) == (1, 0, 0)
    assert len(delivered.errors) == 2


def test_a_fifo_group_waits_for_what_comes_again() -> None:
    class Ordered(Lines):
        paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {
            "billing": ((Polled("lines.fifo", max_receives=2),),)
        }

    class Unlucky(Invoices):
        def __call__(self, message: Any, context: MessageContext) -> None:
            try:
                super().__call__(message, context)
            finally:
                self.failing = ()

    queue, invoices = Ordered(), Unlucky("o-0")
    queue.publish_many(orders(3, note="g"))
    delivered = queue.deliver_to(_queue(invoices, fifo=True), redrive=True)
    assert invoices.ids == ["o-0", "o-1", "o-2"]
    assert (delivered.handled, delivered.dead_lettered) == (3, 0)


@KINDS
def test_no_dead_letters_without_their_queue(fake: Any, handler: Callable[[Any], Any]) -> None:
    with pytest.raises(ValueError, match="reads no queue that has a dead-letter queue"):
        fake().deliver_to(handler(Invoices()), redrive=True)


def _giving_up(_message: Any, context: MessageContext) -> None:
    raise DeadLetter(context.message_id)


def _again(_message: Any, _: MessageContext) -> None:
    raise Retry(after=30)


@pytest.fixture
def no_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    def client(*_: Any) -> Any:
        pytest.fail("AWS is called")

    monkeypatch.setattr(aws, "client", client)


@pytest.mark.usefixtures("no_aws")
@pytest.mark.parametrize("redrive", [False, True])
def test_what_a_handler_gives_up_is_a_dead_letter_at_once(*, redrive: bool) -> None:
    topic = Draining()
    topic.publish_many(orders(3))
    delivered = topic.deliver_to(_queue(_giving_up), redrive=redrive)
    assert (delivered.handled, delivered.failed, delivered.dead_lettered) == (0, 3, 3)
    assert [type(error) for error in delivered.errors] == [DeadLetter] * 3
    assert [each.order_id for each in topic.dead_letters_of(Placed)] == ["o-0", "o-1", "o-2"]


@pytest.mark.usefixtures("no_aws")
def test_what_comes_again_later_is_hidden_from_nobody() -> None:
    topic = Draining()
    topic.publish_many(orders(1))
    delivered = topic.deliver_to(_queue(_again), redrive=True)
    assert (delivered.failed, delivered.dead_lettered, len(delivered.errors)) == (1, 1, 3)


@pytest.mark.usefixtures("no_aws")
def test_nothing_is_given_up_without_a_dead_letter_queue(
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue = Queue()
    queue.publish(orders(1)[0])
    delivered = queue.deliver_to(_queue(_giving_up))
    assert (delivered.failed, delivered.dead_lettered) == (1, 0)
    assert "can't be moved to the dead-letter queue" in caplog.text


@pytest.mark.usefixtures("no_aws")
@KINDS
def test_what_a_consumer_remembers_is_in_memory(fake: Any, handler: Callable[[Any], Any]) -> None:
    once = Once(DynamoDbStore(variable="NO_TABLE"))
    place, invoices = fake(), Invoices("o-1")
    made = handler(invoices)
    made.once = once
    place.publish_many(orders(3))
    assert place.deliver_to(made, duplicates=1).failed == 2
    assert sorted(invoices.ids) == ["o-0", "o-2"]
    invoices.failing = ()
    assert place.deliver_to(made).failed == 0
    assert sorted(invoices.ids) == ["o-0", "o-1", "o-2"]
    place.clear()
    place.publish_many(orders(1))
    place.deliver_to(made)
    assert len(invoices.ids) == 4
    with pytest.raises(AddressError, match="NO_TABLE"):
        once.store.begin("o-1")


def test_a_store_that_a_test_chose_is_asked() -> None:
    once, mine = Once(DynamoDbStore(variable="NO_TABLE")), InMemoryStore()
    once.store = mine
    topic = Topic()
    made = _topic(Invoices())
    made.once = once
    topic.publish_many(orders(1))
    topic.deliver_to(made).raise_errors()
    assert len(mine.keys) == 1
