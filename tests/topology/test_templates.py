"""Templates: how placeholders are told, printed and filled in."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.runtime.testing.templates import fill
from msgc.topology.templates import is_constant, placeholders, render, template


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<$.detail.id>", "<$.detail.id>"),
        ("order <$.detail.id>!", '"order <$.detail.id>!"'),
        ("<<$.detail.id>", '"\\u003c$.detail.id>"'),
        ("<<aws.events.rule-arn>", '"\\u003caws.events.rule-arn>"'),
        ("<b>", '"\\u003cb>"'),
        ('say "hi"\n', '"say \\"hi\\"\\n"'),
        ({"a": [1, None, "<aws.events.x>"]}, '{"a": [1, null, <aws.events.x>]}'),
    ],
)  # fmt: skip
def test_templates_are_printed_as_json_with_placeholders(written: Any, printed: str) -> None:
    assert render(template(written), lambda p: f"<{p.written}>") == printed


def test_whole_placeholders_are_quoted_where_the_service_does_not() -> None:
    parsed = template({"at": "<aws.scheduler.scheduled-time>", "n": 1})
    printed = render(parsed, lambda p: f"<{p.written}>", quoted=True)
    assert printed == '{"at": "<aws.scheduler.scheduled-time>", "n": 1}'


def test_placeholders_are_found_in_order() -> None:
    parsed = template({"a": "<$.x> and <$.y.z>", "b": ["<aws.events.event.json>"]})
    assert [p.path for p in placeholders(parsed)] == [("x",), ("y", "z"), None]
    assert not is_constant(parsed)
    assert is_constant(template({"a": "<b>"}))


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("<$.detail.id>", 7),
        ("no. <$.detail.id>, <$.source>, <$.gone>", "no. 7, shop, "),
        ("<<$.detail.id>", "<$.detail.id>"),
        ({"a": "<$.gone>", "b": ["<$.source>", "<$.gone>"]}, {"b": ["shop"]}),
        ({"a": "<aws.events.rule-name>"}, {"a": "r"}),
        ("<$.detail>", {"id": 7}),
    ],
)
def test_templates_are_filled_in(written: Any, filled: Any) -> None:
    record = {"source": "shop", "detail": {"id": 7}}
    assert fill(written, record, {"aws.events.rule-name": "r"}) == filled
