"""What people see."""

from __future__ import annotations

import re

import pytest

from msgc.diagnostics import Code, Diagnostic, Label
from msgc.report.text import text_report
from msgc.report.width import shown, width
from msgc.source import Source, Span

ERROR = Code(id="MSG301", name="unknown-name", severity="error", explain=str)
WARNING = Code(id="MSG401", name="queue-without-dlq", severity="warning", explain=str)
NOTE = Code(id="MSG701", name="unused-message", severity="info", explain=str)


def span(source: Source, text: str, occurrence: int = 1) -> Span:
    start = -1
    for _ in range(occurrence):
        start = source.text.index(text, start + 1)
    return Span(source, start, start + len(text))


def test_nothing_to_say() -> None:
    assert text_report(()) == ""


def test_a_finding_with_a_label_and_help() -> None:
    source = Source(
        "a/messaging.yaml", "queues:\n  receipts: {}\n\nconsumers:\n  x: {queue: recipts}\n"
    )
    finding = ERROR.at(
        span(source, "recipts"),
        "there is no queue `recipts`",
        help="did you mean `receipts`?",
        labels=(Label(span=span(source, "receipts"), message="declared here"),),
    )
    assert text_report((finding,)).splitlines() == [
        "a/messaging.yaml:5:14: error[MSG301] unknown-name",
        "  |",
        "2 |   receipts: {}",
        "  |   -------- declared here",
        "5 |   x: {queue: recipts}",
        "  |              ^^^^^^^ there is no queue `recipts`",
        "  = help: did you mean `receipts`?",
        "",
        "1 error",
    ]


def test_a_label_in_another_file() -> None:
    source, other = Source("messaging.yaml", "a: 1"), Source("schemas/a.json", '\n\n{"type": 1}')
    finding = ERROR.at(
        span(source, "1"), "x", labels=(Label(span=span(other, '"type"'), message="y"),)
    )
    assert text_report((finding,)).splitlines() == [
        "messaging.yaml:1:4: error[MSG301] unknown-name",
        "  |",
        "1 | a: 1",
        "  |    ^ x",
        "  :: schemas/a.json:3:2",
        '3 | {"type": 1}',
        "  |  ------ y",
        "",
        "1 error",
    ]


def test_order_and_summary() -> None:
    one, two = Source("a.yaml", "x y z"), Source("b.yaml", "x")
    findings = (
        ERROR.at(span(two, "x"), "5"),
        NOTE.at(span(one, "z"), "4"),
        WARNING.at(span(one, "y"), "3"),
        ERROR.at(span(one, "y"), "2"),
        WARNING.at(span(one, "x"), "1"),
    )
    text = text_report(findings)
    assert re.findall(r"[\^] (\d)", text) == ["1", "2", "3", "4", "5"]
    assert text.splitlines()[-1] == "2 errors, 2 warnings, 1 note in 2 files"


@pytest.mark.parametrize(
    ("line", "marked", "shown_line", "under"),
    [
        ("a: b", "b", "a: b", "   ^"),
        ("\ta: b", "b", "    a: b", "       ^"),
        ("über: z", "z", "über: z", "      ^"),
        ("u\u0308ber: z", "z", "u\u0308ber: z", "      ^"),
        ("注文: b", "b", "注文: b", "      ^"),
        ("😀: b", "b", "😀: b", "    ^"),
        ("a: 注文 c", "注文", "a: 注文 c", "   ^^^^"),
        ("a: x\x1b[31m", "[31m", "a: x\\x1b[31m", "        ^^^^"),
        ("a: \u202ex y", "y", "a: \\u202ex y", "           ^"),
        ("a: ##vso[x] y", "y", "a: #\\x23vso[x] y", "               ^"),
        ("a: b   ", "b", "a: b", "   ^"),
        ("a:", "", "a:", "^"),
    ],
)
def test_the_mark_stands_under_what_it_means(
    line: str, marked: str, shown_line: str, under: str
) -> None:
    source = Source("a.yaml", f"first: 1\r\n{line}\r\nlast: 1\r\n")
    place = span(source, marked, 1) if marked else Span(source, 10, 10)
    if place.start < 10:
        place = span(source, marked, 2)
    lines = text_report((ERROR.at(place, "x"),)).splitlines()
    assert lines[2] == f"2 | {shown_line}"
    assert lines[3] == f"  | {under} x"
    assert width(shown(line)) == width(line)


def test_a_place_of_several_lines_is_marked_on_its_first() -> None:
    source = Source("a.yaml", "a:\n  b: 1\n  c: 2\n")
    lines = text_report((ERROR.at(Span(source, 5, 16), "x"),)).splitlines()
    assert lines[2:4] == ["2 |   b: 1", "  |   ^^^^ x"]


def test_a_place_at_the_end_of_the_file() -> None:
    source = Source("a.yaml", "a: 1\n")
    lines = text_report((ERROR.at(Span(source, 5, 6), "x"),)).splitlines()
    assert lines[0].startswith("a.yaml:2:1:")
    assert lines[2:4] == ["2 |", "  | ^ x"]


def test_a_very_long_line_is_cut() -> None:
    source = Source("a.yaml", "a" * 1000 + "HERE" + "b" * 1000)
    lines = text_report((ERROR.at(span(source, "HERE"), "x"),)).splitlines()
    assert len(lines[2]) < 120
    assert lines[2].index("HERE") == lines[3].index("^^^^")


def test_no_file_no_line() -> None:
    finding = ERROR.at(Span(Source("gone.yaml", ""), 0, 0), "there is no file", help="look")
    assert text_report((finding,)).splitlines() == [
        "gone.yaml:1:1: error[MSG301] unknown-name",
        "  = there is no file",
        "  = help: look",
        "",
        "1 error",
    ]


def test_colours_change_nothing_but_colours() -> None:
    source = Source("a.yaml", "a: b\nc: d\n")
    finding: Diagnostic = ERROR.at(
        span(source, "d"), "x", help="h", labels=(Label(span=span(source, "b"), message="y"),)
    )
    coloured = text_report((finding,), color=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text_report((finding,))


@pytest.mark.parametrize(
    ("length", "is_cut"), [(1999, False), (2000, False), (2001, True), (9000, True)]
)
def test_a_long_message_is_cut_in_its_middle(length: int, *, is_cut: bool) -> None:
    said = "".join(chr(ord("a") + i % 26) for i in range(length))
    line = text_report((ERROR.at(Span(Source("a.yaml", "a: 1"), 0, 1), said),)).splitlines()[3]
    shown_ = f"{said[:1000]} ... {said[-1000:]}" if is_cut else said
    assert line == f"  | ^ {shown_}"
