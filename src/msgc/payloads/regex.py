"""ECMAScript's regular expressions, as far as Python has them."""

from __future__ import annotations

import re
import warnings

# One piece: an escape, the start of a named group, a brace that is none of ECMA's quantifiers
# and would be one of Python's, or a character.
_PIECE = re.compile(r"\\(?:u\{[0-9A-Fa-f]+\}|c[A-Za-z]|k<\w+>|.)|\(\?<(?![=!])|\{,|.", re.DOTALL)
_CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}


class NotForPython(ValueError):  # noqa: N818  # it says what it is
    """A pattern that Python's `re` can't be given."""


def to_python(pattern: str) -> str:
    r"""Return the pattern as `re` takes it: `$` is `\Z`, `\d` and `\w` are ASCII.

    Raises `NotForPython` with the reason.
    """
    out: list[str] = []
    in_class = False
    for piece in _PIECE.findall(pattern):
        if piece == "[" and in_class:
            out.append(r"\[")
        elif piece in ("[", "]"):
            in_class = piece == "["
            out.append(piece)
        else:
            out.append(_in_class(piece) if in_class else _outside(piece))
    text = "".join(out)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(text)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        reason = str(error).partition(" at position")[0]
        raise NotForPython(reason) from error
    return text


def _outside(piece: str) -> str:
    known = {"$": r"\Z", "{,": r"\{,", "(?<": "(?P<", r"\D": "[^0-9]", r"\W": "[^A-Za-z0-9_]"}
    if piece in _CLASSES:
        return f"[{_CLASSES[piece]}]"
    if piece.startswith(r"\k<"):
        return f"(?P={piece[3:-1]})"
    return known.get(piece) or _escape(piece)


def _in_class(piece: str) -> str:
    if piece in (r"\D", r"\W"):
        message = f"`{piece}` inside brackets"
        raise NotForPython(message)
    if piece == r"\b":
        return r"\x08"
    return _CLASSES.get(piece) or _escape(piece)


def _escape(piece: str) -> str:
    if piece.startswith(r"\u{"):
        return f"\\U{int(piece[3:-1], 16):08x}"
    if piece.startswith(r"\c"):
        return f"\\x{ord(piece[2]) % 32:02x}"
    if piece in (r"\p", r"\P"):
        message = "it has no Unicode classes (`\\p{...}`)"
        raise NotForPython(message)
    if piece in (r"\A", r"\Z"):
        message = f"`{piece}` is no anchor in ECMAScript"
        raise NotForPython(message)
    if len(piece) == 2 and piece[1] in "/-":
        return piece[1] if piece[1] == "/" else piece
    return piece
