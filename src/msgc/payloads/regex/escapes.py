r"""What a backslash means: `\d`, `\u0041`, `\p{L}`, `\.`."""

from __future__ import annotations

import re

from msgc.payloads.regex.characters import LAST, SETS, Ranges, complement
from msgc.payloads.regex.nodes import NotForPython
from msgc.runtime.codec.patterns.categories import CATEGORIES

_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_NUMBER = re.compile(
    r"x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,9})\}"
    r"|u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})"
    r"|c([A-Za-z])|0(?![0-9])"
)
_PROPERTY = re.compile(r"[pP]\{\^?([A-Za-z_]+)(?:=(\w+))?\}")
_ELSEWHERE = {
    "G": "it is Perl's: leave it out",
    "a": "write `\\x07`",
    "e": "write `\\x1b`",
    "h": "write `[ \\t]`",
    "R": "write `(\\r\\n|\\n)`",
    "Q": "write a backslash before each special character",
    "N": "write `\\u{...}`",
    "U": "write `\\u{...}`",
    "K": "it is Perl's: leave it out",
    "X": "write `[^]`",
    "k": "write `\\k<name>`, with a group `(?<name>...)`",
    "c": "write `\\cA` to `\\cZ`",
    "x": "write two hexadecimal digits, `\\x41`",
    "u": "write four hexadecimal digits, `\\u0041`, or `\\u{1f600}`",
    "0": "octal numbers are no ECMAScript: write `\\x00`",
}
_LONG_NAMES = {
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
    "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M",
    "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
    "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl",
    "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc",
    "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe",
    "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
    "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk",
    "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl",
    "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf",
    "Surrogate": "Cs",
}  # fmt: skip
"""Unicode's names of its general categories, as ECMAScript takes them."""

_SETS: dict[str, Ranges] = {"Any": ((0, LAST),), "ASCII": ((0, 0x7F),)}


def read_set(text: str, at: int) -> tuple[Ranges, str, int] | None:
    r"""Read what stands for a set: its ranges, or a category's name, and where it ends.

    `at` is behind the backslash; None: the escape is something else.
    """
    letter = text[at : at + 1]
    if letter in SETS:
        return SETS[letter], "", at + 1
    if letter not in ("p", "P"):
        return None
    found = _PROPERTY.match(text, at)
    if found is None:
        message = f"`\\{letter}` takes a name, as in `\\{letter}{{L}}`"
        raise NotForPython(message)
    name, value = found[1], found[2]
    if value is not None and name in ("gc", "General_Category"):
        name, value = value, None
    elif value is None and name in _SETS:
        ranges = _SETS[name]
        return (complement(ranges) if letter == "P" else ranges), "", found.end()
    code = _LONG_NAMES.get(name, name)
    if value is not None or code not in CATEGORIES or "^" in found[0]:
        message = (
            f"`\\{found[0]}`: of Unicode's properties, only general categories are known"
            " (`\\p{L}`, `\\p{Lu}`, `\\p{Nd}`); write its characters as ranges"
        )
        raise NotForPython(message)
    return (), f"^{code}" if letter == "P" else code, found.end()


def read_character(text: str, at: int) -> tuple[int, int]:
    """Read what stands for one character: its code point, and where the escape ends."""
    letter = text[at : at + 1]
    if not letter:
        message = "it ends with a backslash"
        raise NotForPython(message)
    if letter in _CONTROLS:
        return _CONTROLS[letter], at + 1
    number = _NUMBER.match(text, at)
    if number is not None:
        return _code_point(number), number.end()
    if letter.isascii() and letter.isalnum():
        remedy = _ELSEWHERE.get(letter, f"write `{letter}`")
        message = f"`\\{letter}` is no escape of ECMAScript; {remedy}"
        raise NotForPython(message)
    return ord(letter), at + 1


def _code_point(number: re.Match[str]) -> int:
    two, braced, high, low, four, control = number.groups()
    if high is not None:
        return 0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00)
    if control is not None:
        return ord(control) % 32
    point = int(two or braced or four or "0", 16)
    if point > LAST:
        message = f"`\\{number[0]}` is beyond Unicode's last character"
        raise NotForPython(message)
    return point
