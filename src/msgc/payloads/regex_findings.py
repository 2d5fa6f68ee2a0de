"""Regular expressions in schemas: as Python has them, or what to write instead."""

from __future__ import annotations

from msgc.payloads.codes import BAD_PATTERN, RUNAWAY_PATTERN, SLOW_PATTERN
from msgc.payloads.reading import Reading
from msgc.payloads.regex import NotForPython, Slow, slow_part, to_python
from msgc.source import Span

_QUOTED = 60
"""Characters of a pattern that a message repeats."""


def checked(reading: Reading, text: str, span: Span, longest: int | None) -> str | None:
    """Return a pattern as Python has it; None after an error."""
    try:
        pattern = to_python(text)
    except NotForPython as error:
        reading.say(BAD_PATTERN, span, f"this pattern can't be checked: {error}")
        return None
    slow = slow_part(text, longest)
    if slow is None:
        return pattern
    message, remedy = _told(slow, _short(text[slow.start : slow.end]))
    code = RUNAWAY_PATTERN if slow.is_hopeless() else SLOW_PATTERN
    reading.say(code, span, message, help=remedy)
    return None if slow.is_hopeless() else pattern


def _told(slow: Slow, part: str) -> tuple[str, str]:
    """Return what is wrong with a part of a pattern, and what to write instead."""
    match slow.why:
        case "too large":
            message = f"`{part}` is too large to tell how long it takes"
            remedy = "write an `enum` for a list of words, and smaller counts"
        case "empty":
            message = f"`{part}` counts what can take nothing, in too many ways"
            remedy = "let what is counted take a character, and make the count begin with 0"
        case "shared":
            message = (
                f"the repetitions of `{part}` take the same characters: the time grows with the"
                f" length to the power of {slow.power}"
            )
            remedy = "write a `maxLength`, or let each exclude what comes after it: `[^=]*=`"
        case "twice":
            how = "exponentially with the length"
            if slow.power is not None:
                how = f"with the length to the power of {slow.power}"
            message = (
                f"`{part}` can read `{_short(slow.text)}` in several ways: the time on a text that"
                f" doesn't fit grows {how}"
            )
            remedy = (
                "leave one way: put what separates before each further one, as in"
                " `\\w+( \\w+)*`, not `(\\w+ ?)*`; keep the options of `|` apart"
            )
    return message, remedy


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."
