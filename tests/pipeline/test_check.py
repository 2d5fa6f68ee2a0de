from __future__ import annotations

from msgc.payloads.anchors import names_of
from msgc.pipeline.check import check
from tests.files import Memory, messaging

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


def test_a_file_that_many_messages_refer_to_is_searched_for_names_once() -> None:
    text = (
        f"{HEAD}messages:\n"
        + "".join(f"  M{i}: {{schema: {{$ref: 'all.json#/$defs/A'}}}}\n" for i in range(20))
        + "queues: {jobs: {}}\n"
    )
    schemas = (
        '{"$defs": {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}}}, "B": {}}}'
    )
    before = names_of.cache_info().misses
    check("messaging.yaml", Memory({"messaging.yaml": text, "all.json": schemas}))
    assert names_of.cache_info().misses - before == 20 + 1  # their own, and the one they share
