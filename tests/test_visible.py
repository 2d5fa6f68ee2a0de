from __future__ import annotations

import json
import sys
import unicodedata

import pytest

from msgc.visible import visible, visible_json, visible_lines

KEPT = {"\u200c", "\u200d"}
"""Joiners: Persian, Hindi and families of emoji are written with them."""
HARMFUL = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}
    or unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI"}
    or unicodedata.name(char, "").startswith(("TAG ", "ZERO WIDTH ", "RIGHT-TO-LEFT MARK"))
]


def test_there_is_no_harmful_character_left() -> None:
    text = " ".join(char for char in HARMFUL if char not in KEPT)
    assert len(text) > 2000
    assert visible(text).isprintable()
    assert visible_lines(text).replace("\n", "").replace("\t", "").isprintable()
    shown = visible_json(json.dumps(text, ensure_ascii=False))
    assert shown.isprintable()
    assert json.loads(shown) == text


@pytest.mark.parametrize(
    "text",
    ["plain", "über 注文 😀", "👨\u200d👩\u200d👧", "क्\u200cष", "a\u00a0b", "#", "## title"],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text
    assert visible_lines(text) == text
    assert visible_json(f'"{text}"') == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("a\nb", r"a\nb", "a\nb"),
        ("a\r\nb", r"a\r\nb", "a\\r\nb"),
        ("a\tb", r"a\tb", "a\tb"),
        ("\x1b[2J\x07", r"\x1b[2J\x07", r"\x1b[2J\x07"),
        ("\u202ea\u2066", r"\u202ea\u2066", r"\u202ea\u2066"),
        ("\U000e0041", r"\U000e0041", r"\U000e0041"),
        ("\udcff", r"\udcff", r"\udcff"),
        ("::error::x", "::error::x", r":\x3aerror::x"),
        ("a\n  ::set-env name=A::x", r"a\n  ::set-env name=A::x", "a\n  :\\x3aset-env name=A::x"),
        ("a ##vso[task.setvariable]", r"a #\x23vso[task.setvariable]", None),
        ("##[group]x ##teamcity[y]", r"#\x23[group]x #\x23teamcity[y]", None),
        ("  :: other.yaml:1:2", "  :: other.yaml:1:2", None),
        ("std::string", "std::string", None),
    ],
)  # fmt: skip
def test_escapes(text: str, line: str, lines: str | None) -> None:
    assert visible(text) == line
    assert visible_lines(text) == (line if lines is None else lines)


def test_json_is_the_same_value() -> None:
    value = {"a\u202e": ["\x7f", "##vso[x]", "##[y]", "\U000e0041", "\x1b", "é"]}
    text = visible_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert "##" not in text
    assert "é" in text
    ascii_ = visible_json(json.dumps(value, ensure_ascii=False), ascii_only=True)
    assert ascii_.isascii()
    assert json.loads(ascii_) == value


@pytest.mark.parametrize("char", ["\uffff", "\U00010000", "\U0001f600", "\U0010ffff"])
def test_what_ascii_has_not_is_written_as_json_has_it(char: str) -> None:
    text = visible_json(f'"{char}"', ascii_only=True)
    assert text == json.dumps(char)
