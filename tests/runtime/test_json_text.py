"""JSON as text: what two programs could read differently is refused, and never quoted."""

from __future__ import annotations

import pytest

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
