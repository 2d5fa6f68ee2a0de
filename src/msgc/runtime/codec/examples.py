"""Examples of messages, for tests: the package has them in `testing`."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any


def example_of(cls: Any, number: int) -> Any:
    """Return an example of a message, as JSON has it; `LookupError` if there is none."""
    whole = getattr(cls, "__whole__", cls)
    package = cls.__module__.rpartition(".messages.")[0]
    examples: dict[str, list[Any]] = {}
    # A function has nothing of `testing` either.
    with suppress(ModuleNotFoundError):
        examples = import_module(f"{package}.testing.examples").EXAMPLES
    found = examples.get(whole.__name__, [])
    if whole is not cls:  # which is one of several that the message may be
        found = [value for value in found if isinstance(whole.from_dict(value), cls)]
    if not 0 <= number < len(found):
        some = {0: "no example", 1: "one example"}.get(
            len(found), f"{len(found)} examples"
        )
        message = f"no example {number}: messaging.yaml has {some} of `{cls.__name__}`"
        raise LookupError(message)
    return found[number]
