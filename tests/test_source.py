from __future__ import annotations

import pytest

from msgc.source import Source, Span


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_one(end: str) -> None:
    source = Source("a.yaml", f"one{end}two{end}")
    start = source.text.index("wo")
    assert source.position(start) == (2, 2)
    assert [source.line(number) for number in (1, 2, 3)] == ["one", "two", ""]
    assert repr(Span(source, start, start + 2)) == "a.yaml:2:2"
    assert [source.position(source.text.index(word)) for word in ("one", "two")] == [(1, 1), (2, 1)]
    assert [source.bounds(number) for number in (1, 2, 3)] == [
        (0, 3),
        (3 + len(end), 6 + len(end)),
        (len(source.text), len(source.text)),
    ]


def test_empty_lines_and_a_file_that_ends_without_a_break() -> None:
    source = Source("a.yaml", "\n\na")
    assert [source.line(number) for number in (1, 2, 3)] == ["", "", "a"]
    assert source.position(3) == (3, 2)  # the end of the file has a place, too
    assert Source("empty.yaml", "").position(0) == (1, 1)
