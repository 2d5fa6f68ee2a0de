"""Comments that silence rules: which rules, why, and on which line."""

from __future__ import annotations

from msgc.source import Source
from msgc.syntax import Ignore, yaml_tree
from msgc.syntax.ignores import ignores


def found(text: str) -> list[Ignore]:
    source = Source("messaging.yaml", text)
    root, problems = yaml_tree.build(source)
    assert root is not None
    assert not problems
    comments, complaints = ignores(source, root)
    assert not complaints
    return list(comments)


def test_at_the_end_of_a_line() -> None:
    (ignore,) = found("a: 1\nb: 2  # msgc: ignore[no-owner] nobody owns it\nc: 3\n")
    assert [rule.text for rule in ignore.rules] == ["no-owner"]
    assert ignore.reason == "nobody owns it"
    assert ignore.line == 2
    assert repr(ignore.span) == "messaging.yaml:2:7"
    assert repr(ignore.rules[0].span) == "messaging.yaml:2:22"


def test_above_a_line_with_more_comments_between() -> None:
    (ignore,) = found("a: 1\n  # msgc: ignore[x, MSG401]\n\n# and why\n\nb: 2\n")
    assert [rule.text for rule in ignore.rules] == ["x", "MSG401"]
    assert ignore.reason == ""
    assert ignore.line == 6


def test_with_windows_line_ends() -> None:
    (ignore,) = found("a: 1 # msgc: ignore[x] why\r\nb: 2\r\n")
    assert ignore.line == 1
    assert ignore.reason == "why"


def test_a_line_separator_is_no_line() -> None:
    (ignore,) = found('a: "x\u2028y"\nb: 2 # msgc: ignore[x]\n')
    assert ignore.line == 2


def test_not_inside_of_text() -> None:
    text = (
        'a: "b # msgc: ignore[x]"\n'
        "c: 'd # msgc: nonsense'\n"
        "e: |\n  # msgc: ignore[x]\n  f\n"
        "g: h#msgc:ignore[x]\n"
        '"k # msgc: ignore[x]": 1\n'
    )
    assert found(text) == []


def test_at_the_end_of_the_file() -> None:
    (ignore,) = found("a: 1\n# msgc: ignore[x]")
    assert ignore.line == 2
