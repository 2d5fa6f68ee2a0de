"""Who answers, in tests, the pipes that ask a function about each payload."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from . import events

ANSWERS: ContextVar[Mapping[str, Callable[..., Any]]] = ContextVar("ANSWERS")
"""By a consumer's name, or the argument of a function that is handed over, what answers for it."""


class AnswerError(Exception):
    """A function that was asked has failed: all that it was asked about would come again."""

    def __init__(self, asked: str, reason: Exception) -> None:
        super().__init__(asked, reason)
        self.asked = asked
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.asked}: {self.reason!r}"


def answer(asked: str, payload: Any) -> Any:
    """Return what is answered about a payload; None if nothing is, and nothing goes on.

    Raises `LookupError` if the test doesn't say who answers, `AnswerError` for what a function
    raised.
    """
    found = ANSWERS.get({}).get(asked)
    if found is None:
        message = f"a pipe asks `{asked}`: say before who answers, with `answered_by`"
        raise LookupError(message)
    try:
        if not is_handler(found):
            return found(payload)
        answers = found([payload], events.FakeLambdaContext(asked))
    except Exception as error:
        raise AnswerError(asked, error) from error
    return answers[0] if answers else None


def is_handler(answering: Callable[..., Any]) -> bool:
    """Whether it is a consumer's handler, or something around one, such as Powertools' Logger."""
    return getattr(answering, "consumer", None) is not None
