"""Regular expressions in schemas: as the runtime has them, or what to write instead."""

from __future__ import annotations

from msgc.payloads.codes import BAD_PATTERN, LARGE_PATTERN, RUNAWAY_PATTERN
from msgc.payloads.context import Context
from msgc.payloads.regex import NotForPython, Runaway, TooLarge, to_runtime
from msgc.source import Span

_QUOTED = 60
"""Characters of a pattern that a message repeats."""


def checked(context: Context, text: str, span: Span, longest: int | None) -> str | None:
    """Return a pattern as the runtime has it; None after an error."""
    try:
        return to_runtime(text, longest)
    except Runaway as found:
        message = (
            f"`{_short(found.part)}` can read one text in many ways, and beside the reference"
            f" `{found.reference}` they can only be tried one after the other"
        )
        remedy = "write what the group takes instead of the reference"
        if found.longest:
            remedy += f", or, beside `pattern`, a `maxLength` of at most {found.longest}"
        context.say(RUNAWAY_PATTERN, span, message, help=remedy)
    except TooLarge:
        message = f"this pattern is too large: `{_short(text)}`"
        remedy = (
            "write smaller counts (`maxLength` bounds a text), and an `enum` for a list of words"
        )
        context.say(LARGE_PATTERN, span, message, help=remedy)
    except NotForPython as error:
        context.say(BAD_PATTERN, span, f"this pattern can't be checked: {error}")
    return None


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."
