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
