"""ECMAScript's regular expressions, as far as Python has them."""

from __future__ import annotations

import re
import warnings

# One token: an escape, a class, the start of a group, or a character.
_TOKEN = re.compile(r"\\(?:u\{[0-9A-Fa-f]+\}|c[A-Za-z]|.)|\(\?<(?![=!])|.", re.DOTALL)
_DIGIT = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_SPACE = r"\s"


class NotForPython(ValueError):  # noqa: N818  # it says what it is
    """A pattern that Python's `re` can't be given."""


def to_python(pattern: str) -> str:
    r"""Return the pattern as `re` takes it: `$` is `\Z`, `\d` and `\w` are ASCII.

    Raises `NotForPython` with the reason.
    """
    out: list[str] = []
    in_class = False
    for token in _TOKEN.findall(pattern):
        if token == "[" and in_class:
            out.append(r"\[")
        elif token in "[]" and token:
            in_class = token == "["
            out.append(token)
        else:
            out.append(_translate(token, in_class=in_class))
    text = "".join(out)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(text)
    except (re.error, FutureWarning, DeprecationWarning, OverflowError, RecursionError) as error:
        reason = str(error).partition(" at position")[0]
        raise NotForPython(reason) from error
    return text


def _translate(token: str, *, in_class: bool) -> str:
    if token == "$" and not in_class:
        return r"\Z"
    if token == "(?<":
        return token if in_class else "(?P<"
    if token in _DIGIT:
        return _DIGIT[token] if in_class else f"[{_DIGIT[token]}]"
    if token in (r"\D", r"\W"):
        if in_class:
            message = f"`{token}` inside brackets"
            raise NotForPython(message)
        return f"[^{_DIGIT[token.lower()]}]"
    if token.startswith(r"\u{"):
        return f"\\U{int(token[3:-1], 16):08x}"
    if token.startswith(r"\c"):
        return f"\\x{ord(token[2]) % 32:02x}"
    if token == r"\/":
        return "/"
    if token in (r"\p", r"\P"):
        message = "Unicode classes (`\\p{...}`)"
        raise NotForPython(message)
    if token == r"\A" or token == r"\Z":
        message = f"`{token}`, which is no anchor in ECMAScript"
        raise NotForPython(message)
    return str(token)
