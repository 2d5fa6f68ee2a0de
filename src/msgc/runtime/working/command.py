"""`python -m <package>.consumers.<name> module:handler`: a worker as a program."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from threading import Timer
from typing import Any, NoReturn

from ..errors import AddressError
from ..handling.workers import WorkerHandler
from .worker import Worker

_OPTIONS: tuple[tuple[str, type, str], ...] = (
    ("concurrency", int, "messages that are handled at a time (default: 10)"),
    ("batch", int, "messages that are received in a call (default: 10)"),
    ("wait", int, "seconds that a call waits for messages (default: 20)"),
    ("visibility", int, "seconds that a message is invisible (default: the queue's)"),
    ("deadline", float, "seconds in which what runs may finish (default: 25)"),
    ("health-file", str, "a file whose time is now as long as the worker works"),
)

_LAST_SECONDS = 3.0
"""For what is done at the exit of a process, whose threads were cut off."""


def main(
    worker: Callable[..., Worker],
    consumer: str,
    arguments: Sequence[str] | None = None,
) -> NoReturn:
    """Run a worker as the command line says, and exit: 1 if work was cut off, 2 without any."""
    given = _parsed(consumer, arguments)
    options = {
        name: value
        for name, value in vars(given).items()
        if value is not None and name != "handler"
    }
    handler = _found(given.handler, consumer)
    if not logging.root.handlers:
        logging.basicConfig(level=logging.INFO)
    try:
        made = worker(handler, **options)
    except (AddressError, TypeError, ValueError) as error:
        _refuse(str(error))
    try:
        finished = made.run()
    except AddressError as error:
        _refuse(str(error))
    if not finished:
        _exit_soon()
    sys.exit(0 if finished else 1)


def _parsed(consumer: str, arguments: Sequence[str] | None) -> Namespace:
    spec = sys.modules["__main__"].__spec__
    parser = ArgumentParser(
        prog=f"python -m {spec.name}" if spec else None,
        description=f"Receive messages and let the handler of `{consumer}` handle them.",
    )
    parser.add_argument(
        "handler", metavar="MODULE:HANDLER", help="the handler, in a module on the path"
    )
    for name, kind, about in _OPTIONS:
        parser.add_argument(f"--{name}", type=kind, help=about)
    return parser.parse_args(arguments)


def _found(where: str, consumer: str) -> WorkerHandler[Any, Any]:
    """Return the handler that an argument names, or say what is wrong with it."""
    module, colon, name = where.partition(":")
    if not (module and colon and name):
        _refuse(f"`{where}` names no handler: write MODULE:HANDLER")
    try:
        found: Any = import_module(module)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if module != missing and not module.startswith(f"{missing}."):
            raise
        _refuse(f"there is no module `{missing}` on Python's path")
    for part in name.split("."):
        if not hasattr(found, part):
            _refuse(f"there is no `{name}` in the module `{module}`")
        found = getattr(found, part)
    if not issubclass(type(found), WorkerHandler):
        _refuse(
            f"`{where}` is no handler of `{consumer}`: decorate it with its `handler`"
        )
    handler: WorkerHandler[Any, Any] = found
    if handler.consumer != consumer:
        _refuse(
            f"`{where}` is the handler of `{handler.consumer}`, not of `{consumer}`"
        )
    return handler


def _exit_soon() -> None:
    """Exit although a thread that was cut off goes on: others have its message by now."""
    exits = Timer(_LAST_SECONDS, os._exit, (1,))
    exits.daemon = True
    exits.start()


def _refuse(problem: str) -> NoReturn:
    sys.stderr.write(f"error: {problem}\n")
    sys.exit(2)
