r"""Text of a user's, made fit for a terminal and for the log of a CI system.

What moves a cursor, colours, hides or turns text around is written as an escape: `\x1b`, `\u202e`.
So is what a CI system takes for a command when it stands in a log: GitHub's `::error::` at the
start of a line, and `##[group]`, `##vso[...]` and `##teamcity[...]` of others anywhere in one.
"""

from __future__ import annotations

import re

_FORMATTING = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
"""Control characters (Cc), those that format (Cf: bidi, zero width, tags), line and paragraph
separators, and halves of characters. Joiners (U+200C, U+200D) stay: scripts and emoji need them."""

# Compiled when they are first used: a clean file needs none of them.
_IN_A_LINE = f"[\x00-\x1f{_FORMATTING}]"
_IN_LINES = f"[\x00-\x08\x0b-\x1f{_FORMATTING}]"
_COMMAND = r"##(?=\w*\[)"
_COMMAND_AT_START = r"(?m)^([^\S\n]*)::(?=[^\s:])"
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    """Return text as it can stand within a line; a line break is an escape as well."""
    if text.isprintable() and "##" not in text:
        return text
    return re.sub(_COMMAND, r"#\\x23", re.sub(_IN_A_LINE, _escape, text))


def visible_lines(text: str) -> str:
    """Return lines as they can be printed; line feeds and tabs stay."""
    text = re.sub(_COMMAND, r"#\\x23", re.sub(_IN_LINES, _escape, text))
    return re.sub(_COMMAND_AT_START, r"\1:\\x3a", text) if "::" in text else text


def visible_json(text: str, *, ascii_only: bool = False) -> str:
    """Return JSON that means the same and can be printed."""
    escaped = re.sub(r"[^\x00-\x7f]" if ascii_only else _IN_LINES, _json_escape, text)
    return re.sub(_COMMAND, r"\\u0023#", escaped.replace("\x7f", r"\u007f"))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in _SHORT:
        return _SHORT[match[0]]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
