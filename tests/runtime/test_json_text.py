"""JSON as text: what two programs could read differently is refused, and never quoted."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.runtime import json_text
from msgc.runtime.json_text import UnclearText, parse, write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "a": 1}', "two properties of one name"),
        ('{"a": [{"b": 1, "b": 2}]}', "two properties of one name"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        (f'{{"secret": {"9" * 5000}}}', "more digits than programs read"),
        ('{"any": [{"secret": 1e400}]}', "greater than programs read"),
        ('{"secret": -2.5E+308}', "greater than programs read"),
        ('{"secret":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        (b'{"secret": "\xe9"}', "it isn't UTF-8"),
        ('{"secret": 1', "no JSON"),
        ("", "no JSON"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(UnclearText, match=said) as refused:
        parse(text)
    assert "secret" not in str(refused.value)


def test_what_sqs_refuses_is_escaped() -> None:
    assert write({"a": "é"}) == '{"a":"é"}'
    assert write({"a": "\uffff é"}) == '{"a":"\\uffff \\u00e9"}'
    assert parse(write({"a": "\uffff é"})) == {"a": "\uffff é"}


TEXTS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('ab":\\ ', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(st.tuples(st.sampled_from(["a", "b", 'a"', ":", " :"]), inner), max_size=3)
    ),
)


def _written(value: Any, draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    """JSON text of a value; a list of pairs is an object, which may have a name twice."""
    space = draw(st.sampled_from(["", " ", "\n", "\t \r"]))
    if isinstance(value, list) and value and all(isinstance(each, tuple) for each in value):
        pairs = [f"{json.dumps(k)}{space}:{space}{_written(v, draw)}" for k, v in value]
        return "{" + f"{space},".join(pairs) + space + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(each, draw) for each in value) + space + "]"
    return json.dumps(value)


@given(st.data())
def test_a_name_that_is_there_twice_is_found_in_any_text(data: st.DataObject) -> None:
    text = _written(data.draw(TEXTS), data.draw)
    twice = False

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        twice = twice or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    value = json.loads(text, object_pairs_hook=once)
    if twice:
        with pytest.raises(json_text.UnclearText, match="two properties of one name"):
            json_text.parse(text)
    else:
        assert json_text.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}', '{"a" :1,"a" :2}', '{"a":1,"a":2,"b":":x"}', '{"a" :1,"a":"\\":"}',
        '{"a":{"b":1,"b":1}}', '[{"a":1},{"a":1,"a":1}]', '{"a":1,"\\u0061":2}',
        '{"a"\n:1,"a"\t:":"}',
    ],
)  # fmt: skip
def test_no_spelling_hides_a_name(text: str) -> None:
    with pytest.raises(json_text.UnclearText, match="two properties of one name"):
        json_text.parse(text)
    with pytest.raises(json_text.UnclearText, match="two properties of one name"):
        json_text.parse(text.encode())


def test_threads_do_not_count_for_each_other() -> None:
    good = json.dumps([{"a": i, "b": {"c": ":"}} for i in range(50)])
    bad = good[:-1] + ',{"a":1,"a":2}]'

    def read(number: int) -> bool:
        try:
            json_text.parse(bad if number % 2 else good)
        except json_text.UnclearText:
            return number % 2 == 1
        return number % 2 == 0

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(400)))
