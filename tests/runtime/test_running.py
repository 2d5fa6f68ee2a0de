"""Nothing is acknowledged that hasn't run: every kind of thing that can be called."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any
from unittest.mock import AsyncMock, MagicMock, Mock

import pytest

from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler, MixedHandler, SnsHandler
from msgc.runtime.handling.running import checked
from msgc.runtime.testing.events import eventbridge_event, sns_event, sqs_event
from tests.runtime.messages import Placed, read

HANDLED: list[str] = []
CURRENT: ContextVar[str] = ContextVar("CURRENT", default="nothing")


@pytest.fixture(autouse=True)
def handled() -> list[str]:
    HANDLED.clear()
    return HANDLED


def _order(order_id: str) -> Placed:
    return Placed(order_id=order_id)


def _sqs(function: Any, **options: Any) -> SqsHandler[Any, Any]:
    return SqsHandler(function, read, consumer="billing", **options)


def plain(message: Any, _: MessageContext) -> None:
    HANDLED.append(message.order_id)


async def coroutine(message: Any, _: MessageContext) -> None:
    await asyncio.sleep(0)
    if message.order_id == "bad":
        raise LookupError(message.order_id)
    HANDLED.append(message.order_id)


def generator(message: Any, _: MessageContext) -> Iterator[None]:
    HANDLED.append(message.order_id)
    yield


async def async_generator(message: Any, _: MessageContext) -> AsyncIterator[None]:
    HANDLED.append(message.order_id)
    yield


class Callables:
    """Every way to write a function that isn't `def`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def method(self, message: Any, context: MessageContext) -> Any:
        return self.function(message, context)

    async def awaited_method(self, message: Any, context: MessageContext) -> None:
        await self.function(message, context)

    def generator_method(self, message: Any, context: MessageContext) -> Iterator[None]:
        yield self.function(message, context)


class AsyncCall:
    async def __call__(self, message: Any, context: MessageContext) -> None:
        await coroutine(message, context)


class GeneratorCall:
    def __call__(self, message: Any, context: MessageContext) -> Iterator[None]:
        yield from generator(message, context)


def hidden(function: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator whose author thought of plain functions only."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


async def of_a_coroutine(message: Any, context: MessageContext) -> Any:
    return coroutine(message, context)


class Later:
    """An awaitable that is no coroutine."""

    def __init__(self, order_id: str) -> None:
        self.order_id = order_id

    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        HANDLED.append(self.order_id)


@pytest.mark.parametrize(
    "function",
    [
        plain,
        coroutine,
        partial(coroutine),
        partial(partial(plain)),
        Callables(plain).method,
        Callables(coroutine).method,
        Callables(coroutine).awaited_method,
        AsyncCall(),
        partial(AsyncCall()),
        hidden(plain),
        hidden(coroutine),
        hidden(hidden(coroutine)),
        of_a_coroutine,
        staticmethod(coroutine),
        lambda message, _: coroutine(message, MessageContext()),
        lambda message, _: Later(message.order_id),
        lambda message, _: {"handled": HANDLED.append(message.order_id)},  # type: ignore[func-returns-value]  # as it is
    ],
)
def test_what_runs(function: Any, handled: list[str]) -> None:
    event = sqs_event(_order("a"), _order("b"))
    assert _sqs(function)(event) == {"batchItemFailures": []}
    assert handled == ["a", "b"]
    SnsHandler(function, read, consumer="billing")(sns_event(_order("c")))
    EventBridgeHandler(function, read, consumer="billing")(eventbridge_event(_order("d")))
    assert handled == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "function",
    [
        generator,
        async_generator,
        partial(generator),
        partial(partial(async_generator)),
        Callables(plain).generator_method,
        partial(Callables(plain).generator_method),
        GeneratorCall(),
        staticmethod(generator),
        lambda message, _: (yield message),
    ],
)
@pytest.mark.parametrize("kind", [SqsHandler, SnsHandler, EventBridgeHandler])
def test_a_generator_function_is_refused_when_it_is_decorated(function: Any, kind: Any) -> None:
    with pytest.raises(TypeError, match="is a generator function: calling it runs nothing"):
        kind(function, read, consumer="billing")


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (Callables, "`Callables` is a class"),
        (None, "`NoneType` is no function"),
        ("handle", "`str` is no function"),
        (classmethod(plain), "`plain` is no function"),
        (_sqs(plain), "`plain` is the handler of `billing` already"),
        (MixedHandler(sqs=_sqs(plain)), "`plain` is the handler of `billing` already"),
    ],
)
def test_what_is_no_function_is_refused_when_it_is_decorated(function: Any, reason: str) -> None:
    with pytest.raises(TypeError, match=reason):
        _sqs(function)


@contextmanager
def managed(message: Any, _: MessageContext) -> Iterator[None]:
    HANDLED.append(message.order_id)
    yield


@asynccontextmanager
async def managed_awaited(message: Any, _: MessageContext) -> AsyncIterator[None]:
    HANDLED.append(message.order_id)
    yield


async def of_a_generator(message: Any, context: MessageContext) -> Any:
    return generator(message, context)


@pytest.mark.parametrize(
    ("function", "returned"),
    [
        (hidden(generator), "generator"),
        (hidden(async_generator), "async_generator"),
        (of_a_generator, "generator"),
        (lambda *given: map(HANDLED.append, [given]), "map"),
        (lambda *given: filter(HANDLED.remove, [given]), "filter"),
        (lambda message, context: lambda: plain(message, context), "function"),
        (partial(partial, plain), "partial"),
        (lambda message, _: Callables(message).method, "method"),
        (managed, "_GeneratorContextManager"),
        (managed_awaited, "_AsyncGeneratorContextManager"),
    ],
)
def test_what_turns_out_not_to_have_run_fails(
    function: Any, returned: str, handled: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    event = sqs_event(_order("a"))
    assert len(_sqs(function)(event)["batchItemFailures"]) == 1
    assert f"hasn't run: it returned a {returned}" in caplog.text
    with pytest.raises(TypeError, match="hasn't run"):
        EventBridgeHandler(function, read, consumer="billing")(eventbridge_event(_order("b")))
    assert handled == []


@pytest.mark.parametrize("mock", [Mock(), MagicMock(), AsyncMock(return_value=None)])
def test_a_mock_has_run(mock: Any) -> None:
    assert _sqs(mock)(sqs_event(_order("a"))) == {"batchItemFailures": []}
    assert mock.call_count == 1


def once(*, data_keyword_argument: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """As `idempotent_function` of aws-lambda-powertools, which wants an argument by name."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            assert not args
            assert kwargs[data_keyword_argument].order_id == "a"
            return function(**kwargs)

        return wrapper

    return decorate


def test_a_decorator_that_wants_arguments_by_name_gets_them(handled: list[str]) -> None:
    @once(data_keyword_argument="order")
    def handle(order: Any, where: MessageContext) -> None:
        HANDLED.append(f"{order.order_id} {where.consumer}")

    assert _sqs(handle)(sqs_event(_order("a"))) == {"batchItemFailures": []}
    assert handled == ["a billing"]
    assert _sqs(once(data_keyword_argument="message")(plain)).fn.__name__ == "plain"


def test_a_coroutine_that_fails_fails_alone(
    handled: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    event = sqs_event(_order("a"), _order("bad"), _order("c"))
    (failed,) = _sqs(coroutine)(event)["batchItemFailures"]
    assert failed["itemIdentifier"] == event["Records"][1]["messageId"]
    assert handled == ["a", "c"]
    assert "LookupError" in caplog.text


def test_coroutines_of_a_group_keep_its_order(handled: list[str]) -> None:
    event = sqs_event(*[_order(each) for each in ("a", "bad", "c")], group="g")
    assert len(_sqs(coroutine, fifo=True)(event)["batchItemFailures"]) == 2
    assert handled == ["a"]


def test_one_loop_for_all_messages_of_a_thread() -> None:
    loops: list[Any] = []

    async def handle(_message: Any, _: MessageContext) -> None:
        loops.append(asyncio.get_running_loop())

    handler = _sqs(handle)
    handler(sqs_event(_order("a"), _order("b")))
    handler(sqs_event(_order("c")))
    assert len(loops) == 3
    assert len(set(map(id, loops))) == 1
    thread = threading.Thread(target=handler, args=(sqs_event(_order("d")),))
    thread.start()
    thread.join()
    assert loops[3] is not loops[0]
    assert loops[3].is_closed()
    assert not loops[0].is_closed()


FORKED = """
import os
from msgc.runtime.testing.events import sqs_event
from tests.runtime.messages import Placed
from tests.runtime.test_running import HANDLED, _sqs, coroutine

handler = _sqs(coroutine)
handler(sqs_event(Placed(order_id="a")))
child = os.fork()
handler(sqs_event(Placed(order_id="b" if child == 0 else "c")))
print(*HANDLED, flush=True)
if child == 0:
    os._exit(0)  # as multiprocessing does: what was inherited isn't taken apart
assert os.waitpid(child, 0)[1] == 0
handler(sqs_event(Placed(order_id="d")))
print(*HANDLED)
"""


def test_a_child_process_has_a_loop_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", FORKED],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == ["a b", "a c", "a c d"]


def test_a_coroutine_sees_the_context_variables_of_its_caller() -> None:
    seen: list[str] = []

    async def handle(_message: Any, _: MessageContext) -> None:
        seen.append(CURRENT.get())

    for value in ("one", "two"):
        token = CURRENT.set(value)
        _sqs(handle)(sqs_event(_order("a")))
        CURRENT.reset(token)
    assert seen == ["one", "two"]


def test_a_cancelled_coroutine_fails_alone(handled: list[str]) -> None:
    async def handle(message: Any, _: MessageContext) -> None:
        if message.order_id == "bad":
            raise asyncio.CancelledError
        HANDLED.append(message.order_id)

    event = sqs_event(_order("bad"), _order("b"))
    assert len(_sqs(handle)(event)["batchItemFailures"]) == 1
    assert handled == ["b"]
    with pytest.raises(RuntimeError, match="`handle` was cancelled"):
        _sqs(handle).record(event["Records"][0])


def test_inside_a_running_loop_a_coroutine_fails_and_says_what_to_do() -> None:
    handler = _sqs(coroutine)

    async def test() -> None:
        with pytest.raises(RuntimeError, match=r"asyncio\.to_thread"):
            handler.record(sqs_event(_order("a"))["Records"][0])
        await asyncio.to_thread(handler, sqs_event(_order("b")))

    asyncio.run(test())
    assert HANDLED == ["b"]


def test_a_future_of_a_thread_pool_is_waited_for() -> None:
    started = threading.Event()

    def work(order_id: str) -> None:
        started.wait(5)
        if order_id == "bad":
            raise LookupError(order_id)
        HANDLED.append(order_id)

    with ThreadPoolExecutor(2) as pool:

        def handle(message: Any, _: MessageContext) -> Any:
            threading.Timer(0.05, started.set).start()
            return pool.submit(work, message.order_id)

        event = sqs_event(_order("a"), _order("bad"))
        assert len(_sqs(handle)(event)["batchItemFailures"]) == 1
        assert HANDLED == ["a"]


def test_a_handler_is_called_what_its_function_is() -> None:
    handler = _sqs(coroutine)
    assert handler.__name__ == "coroutine"
    assert vars(handler)["__qualname__"] == "coroutine"
    assert handler.__module__ == __name__
    assert _sqs(partial(plain)).__name__ == "plain"
    assert _sqs(AsyncCall()).__name__ == "AsyncCall"
    assert MixedHandler(sqs=handler).__name__ == "coroutine"
    assert handler.fn is coroutine


def one(message: Any) -> None:
    """Takes no context."""


def three(message: Any, context: MessageContext, more: int) -> None:
    """Takes more than it gets."""


def named(message: Any, context: MessageContext, *, more: int) -> None:
    """Takes what nobody names."""


class One:
    def __call__(self, message: Any) -> None:
        """Take no context."""

    def method(self, message: Any) -> None:
        """Take no context."""


@pytest.mark.parametrize(
    "function",
    [
        one,
        three,
        named,
        One(),
        One().method,
        partial(three, 1, MessageContext()),
        partial(One(), 1),
    ],
)
def test_a_function_of_something_else_is_refused(function: Any) -> None:
    with pytest.raises(TypeError, match="is no function of a message and its context"):
        checked(function)


@pytest.mark.parametrize(
    "function",
    [
        print,
        partial(three, 1),
        partial(three, more=1),
        partial(named, more=1),
        lambda *_: None,
        lambda message, context=None, more=1: None,  # noqa: ARG005
        Mock(),
    ],
)
def test_what_can_be_called_with_two_arguments_is_taken(function: Any) -> None:
    assert checked(function) is function
