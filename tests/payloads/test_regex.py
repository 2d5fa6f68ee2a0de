"""ECMAScript's patterns, as Python takes them."""

from __future__ import annotations

import re

import pytest

from msgc.payloads.regex import NotForPython, to_python

MATCHES = {
    r"^a$": (["a"], ["a\n", "ab"]),
    r"^\d+$": (["12"], ["٣", "1a"]),
    r"^[\d\w]$": (["1", "_"], ["é"]),
    r"^\D\W$": (["a-", "éé"], ["1-", "ab"]),
    r"^[$]$": (["$"], ["a"]),
    r"[^[]": (["a"], ["["]),
    r"^(?<year>\d{4})-\k<year>$": (["2026-2026"], ["2026-2027"]),
    r"^(?=.*x)(?!y)a": (["ax"], ["ab"]),
    r"^(?<=a)?b$": (["b"], ["c"]),
    r"^\u0041\u{1F600}$": (["A\U0001f600"], ["A"]),
    r"^\/a\/$": (["/a/"], ["a"]),
    r"^\cJ$": (["\n"], ["J"]),
    r"^[\b]$": (["\b"], ["b"]),
    r"a{,2}b": (["a{,2}b"], ["aab"]),
}


@pytest.mark.parametrize("pattern", MATCHES)
def test_translation(pattern: str) -> None:
    good, bad = MATCHES[pattern]
    search = re.compile(to_python(pattern)).search
    assert [text for text in good if not search(text)] == []
    assert [text for text in bad if search(text)] == []


@pytest.mark.parametrize(
    "pattern", [r"\p{L}", "(", "[a", r"(?<=a*)b", r"a++" + "+", r"[\D]", r"\Aa", "(?x)a(?i)", "*"]
)
def test_what_python_can_not_take(pattern: str) -> None:
    with pytest.raises(NotForPython):
        to_python(pattern)
