"""The signals by which a process is told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Generator[None, None, None]:
    """Call something at the first SIGTERM or SIGINT; the second one ends the process.

    Only the main thread gets signals: in another one nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def caught(_number: int, _frame: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        stop()

    before = {number: signal.signal(number, caught) for number in _SIGNALS}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in before.items():
                signal.signal(number, handler)
