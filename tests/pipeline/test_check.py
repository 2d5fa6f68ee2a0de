from __future__ import annotations

from msgc.pipeline.check import check
from tests.files import messaging

HEAD = "version: 1\nservice: shop\n"


def names(text: str) -> list[str]:
    return [d.code.name for d in check("messaging.yaml", messaging(HEAD + text)).diagnostics]


def test_shape_and_names_are_told_together() -> None:
    queues = "{jobs: {fifoo: true}, more: {dead_letter: {queue: nowhere}}}"
    assert names(f"queues: {queues}\n") == ["unknown-key", "unknown-name"]


def test_rules_wait_until_the_shape_is_right() -> None:
    assert "value-out-of-range" in names("queues: {jobs: {delay: 20m}}\n")
    assert names("queues: {jobs: {delay: 20m, fifoo: true}}\n") == ["unknown-key"]


def test_a_schema_that_is_none_is_told_once() -> None:
    for schema in ("order.json", "[{type: object}]", "true", ""):
        told = names(f"messages: {{A: {{schema: {schema}}}}}\ntopics: {{t: {{messages: [A]}}}}\n")
        assert len(told) == 1, (schema, told)
