"""Everything that can be called of a generated package, with one right call of each."""

from __future__ import annotations

from pathlib import Path

BAZAAR = Path(__file__).parent / "bazaar.yaml"
"""A service with places and consumers of every kind."""

HEAD = '''\
"""Right calls, and wrong ones, each of which has to be an error."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, assert_type

from bazaar_messaging import *
from bazaar_messaging.consumers import (
    both, clock, counting, guard, hauler, inbox, lines, press, rating, shipping,
)
from bazaar_messaging.testing import *


class Wrong:
    """Fits nowhere."""


WRONG = Wrong()
SOLD = Sold(stall="s", receipt="r")
OPENED = Opened(stall="s")
CONTEXT = MessageContext()
FAILED = Failed(SOLD, "c", "r")
RECEIVED = next(iter(ReceiptsReceiver().receive()))


class Store:
    def begin(self, key: str) -> bool:
        return key == ""

    def done(self, key: str) -> None: ...

    def abandon(self, key: str) -> None: ...


STORE = Store()


def of_sold(message: Sold, context: MessageContext) -> None: ...
def of_opened(message: Opened, context: MessageContext) -> None: ...
def of_any(message: object, context: MessageContext) -> None: ...
def of_tick(message: Tick, context: MessageContext) -> None: ...
def of_rated(message: Rated, context: MessageContext) -> None: ...
def rate(message: Sold, context: MessageContext) -> Rated:
    return Rated(stars=5)


def of_wrong(message: Wrong, context: MessageContext) -> None: ...
def with_wrong(message: object, context: Wrong) -> None: ...
def alone(message: object) -> None: ...
def generating(message: object, context: MessageContext) -> Generator[None, None, None]:
    yield


@contextmanager
def hook(message: Any, context: MessageContext) -> Generator[None, None, None]:
    yield


@contextmanager
def publishing_hook(call: Publishing) -> Generator[None, None, None]:
    yield


def measure(metric: str, value: float, queue: str) -> None: ...


'''

HANDLERS = {
    "inbox": "of_any", "lines": "of_sold", "hauler": "of_opened", "press": "of_any",
    "guard": "of_any", "both": "of_any", "clock": "of_tick", "counting": "of_sold",
    "rating": "rate", "shipping": "of_rated",
}  # fmt: skip
"""A function for each consumer."""

CALLS: dict[str, tuple[str, str]] = {
    # Messages and their parts
    "Sold": ("Sold(stall='s', receipt='r', price=1.5, sort='cloth', buyer=None)", "Sold"),
    "SoldBuyer": ("SoldBuyer(name='n')", "SoldBuyer"),
    "Opened": ("Opened(stall='s')", "Opened"),
    "Rated": ("Rated(stars=5)", "Rated"),
    "Tick": ("Tick(at=datetime.now(UTC))", "Tick"),
    "Message.from_json": ("Sold.from_json(b'{}')", "Sold"),
    "Message.from_dict": ("Sold.from_dict({})", "Sold"),
    "Message.example": ("Sold.example(0)", "Sold"),
    "Message.to_json": ("SOLD.to_json()", "str"),
    "Message.to_dict": ("SOLD.to_dict()", "dict[str, Any]"),
    # Publishers
    "NewsTopic": ("NewsTopic(arn='a', client=None)", "NewsTopic"),
    "LedgerTopic": ("LedgerTopic()", "LedgerTopic"),
    "ReceiptsQueue": ("ReceiptsQueue(url='u', client=None)", "ReceiptsQueue"),
    "RateableQueue": ("RateableQueue()", "RateableQueue"),
    "LettersQueue": ("LettersQueue()", "LettersQueue"),
    "EventsBus": ("EventsBus(arn='a', client=None)", "EventsBus"),
    "Stall": (
        """Stall(news_topic=None, ledger_topic=None, receipts_queue=None, letters_queue=None,
        rateable_queue=None, events_bus=None)""",
        "Stall",
    ),
    "Hauler": ("Hauler(receipts_queue=ReceiptsQueue())", "Hauler"),
    "TopicPublisher.from_parameters": ("NewsTopic.from_parameters()", "NewsTopic"),
    "TopicPublisher.publish": ("NewsTopic().publish(SOLD)", "MessageId"),
    "TopicPublisher.publish_many": ("NewsTopic().publish_many([SOLD])", "list[MessageId]"),
    "TopicPublisher.publish_async": ("NewsTopic().publish_async(SOLD)", ""),
    "TopicPublisher.publish_many_async": ("NewsTopic().publish_many_async([SOLD])", ""),
    "QueuePublisher.from_parameters": ("ReceiptsQueue.from_parameters()", "ReceiptsQueue"),
    "QueuePublisher.publish": ("ReceiptsQueue().publish(SOLD)", "MessageId"),
    "QueuePublisher.publish_many": ("ReceiptsQueue().publish_many([SOLD])", "list[MessageId]"),
    "QueuePublisher.publish_async": ("ReceiptsQueue().publish_async(SOLD)", ""),
    "QueuePublisher.publish_many_async": ("ReceiptsQueue().publish_many_async([SOLD])", ""),
    "BusPublisher.from_parameters": ("EventsBus.from_parameters()", "EventsBus"),
    "BusPublisher.publish": ("EventsBus().publish(SOLD)", "MessageId"),
    "BusPublisher.publish_many": ("EventsBus().publish_many([SOLD])", "list[MessageId]"),
    "BusPublisher.publish_async": ("EventsBus().publish_async(SOLD)", ""),
    "BusPublisher.publish_many_async": ("EventsBus().publish_many_async([SOLD])", ""),
    "MessageId": ("MessageId('m')", "MessageId"),
    # Receivers
    "ReceiptsReceiver": ("ReceiptsReceiver(url='u')", "ReceiptsReceiver"),
    "LettersReceiver": ("LettersReceiver(url='u')", "LettersReceiver"),
    "Receiver.from_parameters": ("ReceiptsReceiver.from_parameters()", "ReceiptsReceiver"),
    "Receiver.receive": ("ReceiptsReceiver().receive(until_empty=True)", ""),
    "Receiving.stop": ("ReceiptsReceiver().receive().stop()", "None"),
    "Received.done": ("RECEIVED.done()", "None"),
    "Received.fail": ("RECEIVED.fail(ValueError())", "None"),
    "Received.give_back": ("RECEIVED.give_back()", "None"),
    # Around publishing and handling
    "around_publishing": ("around_publishing(publishing_hook)", ""),
    "no_more_around_publishing": ("no_more_around_publishing(publishing_hook)", "None"),
    "around_handlers": ("around_handlers(hook)", ""),
    "no_more_around_handlers": ("no_more_around_handlers(hook)", "None"),
    "around": ("around(hook)(of_sold)", ""),
    "batch": ("batch(concurrency=8, raise_if_all_failed=True)(of_sold)", ""),
    "idempotent": ("idempotent(STORE)(of_sold)", ""),
    "MessageContext": ("MessageContext(message_id='m', receive_count=2)", "MessageContext"),
    "UntypedMessage": ("UntypedMessage(type='t', source='s', body={})", "UntypedMessage"),
    # Errors
    "AddressError": ("AddressError('why')", "AddressError"),
    "MessagingError": ("MessagingError('why')", "MessagingError"),
    "RefusedError": ("RefusedError('why')", "RefusedError"),
    "NotCarriedError": ("NotCarriedError('why')", "NotCarriedError"),
    "UnreadableError": ("UnreadableError('why')", "UnreadableError"),
    "MessageError.at": ("RefusedError('why').at(1)", "None"),
    "InvalidPayload": ("InvalidPayload('Sold', ())", "InvalidPayload"),
    "PublishError": ("PublishError([FAILED], 1)", "PublishError"),
    "Failed": ("Failed(SOLD, 'c', 'r', index=1, retryable=True)", "Failed[Sold]"),
    "BatchFailedError": ("BatchFailedError('c', [ValueError()])", "BatchFailedError"),
    "InProgressError": ("InProgressError('k')", "InProgressError"),
    "Retry": ("Retry('why', after=timedelta(minutes=1))", "Retry"),
    "DeadLetter": ("DeadLetter('why')", "DeadLetter"),
    # Handlers
    **{
        f"{name}.handler": (f"{name}.handler({function})", "")
        for name, function in HANDLERS.items()
    },
    "hauler.worker": ("hauler.worker(hauler.handler(of_opened))", ""),
    "SqsHandler.__call__": ("lines.handler(of_sold)({}, None)", ""),
    "SqsHandler.record": ("lines.handler(of_sold).record({}, None)", "None"),
    "WorkerHandler.received": ("hauler.handler(of_opened).received({}, queue_url='u')", ""),
    "SnsHandler.__call__": ("press.handler(of_any)({}, None)", "None"),
    "SnsHandler.record": ("press.handler(of_any).record({}, None)", "None"),
    "EventBridgeHandler.__call__": ("guard.handler(of_any)({}, None)", "None"),
    "EventBridgeHandler.record": ("guard.handler(of_any).record({}, None)", "None"),
    "MixedHandler.__call__": ("both.handler(of_any)({}, None)", ""),
    "MixedHandler.record": ("both.handler(of_any).record({}, None)", "None"),
    "DirectHandler.__call__": ("clock.handler(of_tick)({}, None)", "None"),
    "DirectHandler.record": ("clock.handler(of_tick).record({}, None)", "None"),
    "StreamHandler.__call__": ("counting.handler(of_sold)({}, None)", ""),
    "StreamHandler.record": ("counting.handler(of_sold).record({}, None)", "None"),
    "AnswerHandler.__call__": ("rating.handler(rate)([{}], None)", ""),
    "AnswerHandler.record": ("rating.handler(rate).record({}, None)", "dict[str, Any]"),
    "PipeHandler.__call__": ("shipping.handler(of_rated)([{}], None)", "None"),
    "PipeHandler.record": ("shipping.handler(of_rated).record({}, None)", "None"),
    "Worker.run": ("hauler.worker(hauler.handler(of_opened)).run()", "bool"),
    "Worker.stop": ("hauler.worker(hauler.handler(of_opened)).stop()", "None"),
    # Tests
    **{
        name: (f"{name}()", name)
        for name in (
            "FakeNewsTopic", "FakeLedgerTopic", "FakeReceiptsQueue", "FakeRateableQueue",
            "FakeLettersQueue", "FakeEventsBus", "FakeNightlySchedule",
        )
    },
    "Fake.of": ("FakeNewsTopic().of(Sold)", "list[Sold]"),
    "Fake.dead_letters_of": ("FakeNewsTopic().dead_letters_of(Sold)", "list[Sold]"),
    "Fake.fail_next": ("FakeNewsTopic().fail_next('c', times=2)", "None"),
    "Fake.wait": ("FakeNewsTopic().wait(300)", "None"),
    "Fake.answered_by": ("FakeRateableQueue().answered_by(rating.handler(rate))", "None"),
    "Fake.deliver_to": ("FakeNewsTopic().deliver_to(inbox.handler(of_any))", "Delivered"),
    "Fake.clear": ("FakeNewsTopic().clear()", "None"),
    "FakeSchedule.of": ("FakeNightlySchedule().of(Tick)", "list[Tick]"),
    "FakeSchedule.fire": ("FakeNightlySchedule().fire('2026-01-01T00:00:00Z')", "None"),
    "Delivered.raise_errors": (
        "FakeNewsTopic().deliver_to(inbox.handler(of_any)).raise_errors()", "Delivered",
    ),
    "FakeLambdaContext": ("FakeLambdaContext('f', remaining=1)", "FakeLambdaContext"),
    "FakeLambdaContext.get_remaining_time_in_millis": (
        "FakeLambdaContext().get_remaining_time_in_millis()", "int",
    ),
    "InMemoryStore": ("InMemoryStore(expires=60)", "InMemoryStore"),
    "InMemoryStore.begin": ("InMemoryStore().begin('k')", "bool"),
    "InMemoryStore.clear": ("InMemoryStore().clear()", "None"),
    "InMemoryStore.done": ("InMemoryStore().done('k')", "None"),
    "InMemoryStore.abandon": ("InMemoryStore().abandon('k')", "None"),
    "Contract": ("Contract({})", "Contract"),
    "ContractError": ("ContractError([])", "ContractError"),
    "Delivered": ("Delivered(1, 2, 3, [])", "Delivered"),
    "contract": ("contract(FakeNewsTopic(), others=[Sold])", "Contract"),
    "sqs_event": ("sqs_event(SOLD, queue='q', group='g')", ""),
    "sns_event": ("sns_event(SOLD, topic='t')", ""),
    "eventbridge_event": ("eventbridge_event(SOLD)", ""),
}  # fmt: skip
"""By its name a right call, and what it returns; the empty text: something with a long name."""

OF_THE_RUNTIME = {
    "Fake.arrived", "LettersReceiver.read", "MessageContext.wrapped", "ReceiptsReceiver.read",
    "Receiver.is_ordered", "Receiver.opened", "Receiving.end", "Receiving.failed",
    "Receiving.given_back", "Receiving.goes_on_after", "Receiving.succeeded",
    "SqsHandler.awaited", "SqsHandler.is_ordered", "SqsHandler.one_by_one",
    "SqsHandler.record_awaited", "UntypedMessage.of",
}  # fmt: skip
"""What modules of the runtime call of each other, and nobody else."""
NO_CALLS = {
    "Closed", "Idempotency", "Idempotency.abandon", "Idempotency.begin", "Idempotency.done",
    "Publishing", "Received", "Sort", "UNSET", "Unset",
}  # fmt: skip
"""A deprecated message, a protocol, what hooks get, an alias, and what stands for nothing."""
