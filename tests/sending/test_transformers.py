"""Input transformers: what a template becomes in EventBridge's own terms."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.sending.transformers import transformer
from msgc.topology.templates import Send, template


def _made(body: Any) -> tuple[Any, ...]:
    made = transformer(Send(message=None, body=template(body), written=body))
    return made.constant, made.part, made.paths, made.template


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ({"kind": "tick"}, ('{"kind": "tick"}', None, {}, "")),
        ("<$.detail>", (None, "$.detail", {}, "")),
        ("<aws.events.event.json>", (None, None, {}, "<aws.events.event.json>")),
        ({"a": "<$.detail.id>"}, (None, None, {"id": "$.detail.id"}, '{"a": <id>}')),
        (
            {"a": "<$.detail.id>", "b": "<$.id>", "c": "no. <$.detail.id>"},
            (
                None,
                None,
                {"id": "$.detail.id", "id_2": "$.id"},
                '{"a": <id>, "b": <id_2>, "c": "no. <id>"}',
            ),
        ),
        (
            ["<$.detail.a.b>", "<$.detail.a_b>", "<$.detail.aws/x>"],
            (
                None,
                None,
                {"a_b": "$.detail.a.b", "detail_a_b": "$.detail.a_b", "_aws_x": "$.detail.aws/x"},
                "[<a_b>, <detail_a_b>, <_aws_x>]",
            ),
        ),
    ],
)
def test_transformers(body: Any, made: tuple[Any, ...]) -> None:
    assert _made(body) == made
