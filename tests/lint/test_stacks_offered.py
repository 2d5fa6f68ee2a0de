"""The section `stacks` that is offered to a service which has outgrown its stack."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import analyse
from msgc.pipeline.inventory import losses
from msgc.stack import plan
from msgc.stack.placement.parts import parts
from tests.evolution.judged import inventory
from tests.files import Memory

HEAD = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
topics:
  placed: {messages: [Placed]}
producers:
  web: {publishes: [{topic: placed}]}
"""


def service(*flows: int, more: str = "") -> str:
    """Return a service with flows: a queue behind the topic, and its consumer."""
    queues = "".join(f"  q{i}: {{}}\n" for i in flows)
    edges = "".join(f"  to-q{i}: {{from: {{topic: placed}}, to: {{queue: q{i}}}}}\n" for i in flows)
    consumers = "".join(
        f"  c{i}: {{from: {{queue: q{i}}}, function: {{code: lambdas/c}}}}\n" for i in flows
    )
    return f"{HEAD}queues:\n{queues}subscriptions:\n{edges}consumers:\n{consumers}{more}"


def found(text: str, held: str = "") -> list[Diagnostic]:
    files = {"messaging.yaml": text} | ({"messaging.inventory": held} if held else {})
    outcome = analyse("messaging.yaml", Memory(files))
    return [d for d in outcome.diagnostics if d.is_error]


def mended(text: str, held: str = "") -> str:
    """Return a file that is too large as it is offered."""
    (one,) = found(text, held)
    assert one.code.name == "too-many-resources"
    (edit,) = one.fix
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def sizes(text: str) -> dict[str, int]:
    outcome = analyse("messaging.yaml", Memory({"messaging.yaml": text}))
    assert outcome.value is not None
    stack = plan(outcome.value.topology, outcome.value.links)
    return {part.name: len(part.resources) for part in parts(stack)}


def test_a_new_service_is_divided_with_room_left() -> None:
    text = mended(service(*range(60)))
    assert found(text) == []
    assert all(size <= 380 for size in sizes(text).values())
    assert list(sizes(text)) == ["main", "part-2"]


def test_consumers_lie_with_their_queues() -> None:
    text = mended(service(*range(150)))
    assert found(text) == []
    placement = analyse("messaging.yaml", Memory({"messaging.yaml": text})).value
    assert placement is not None
    where = placement.topology.placement
    assert where is not None
    assert len(where.names) > 2
    for i in range(150):
        assert where.named("queues", f"q{i}") == where.named("consumers", f"c{i}")


def test_what_is_deployed_stays() -> None:
    held = inventory(service(*range(40)))
    text = mended(service(*range(60)), held)
    assert found(text, held) == []
    files = Memory({"messaging.yaml": text, "messaging.inventory": held})
    outcome = analyse("messaging.yaml", files)
    assert outcome.value is not None
    assert losses(outcome.value, "messaging.yaml", files) == ()
    stacks = text[text.index("stacks:") :]
    assert "q39" not in stacks
    assert "q40" in stacks


def test_nothing_is_offered_where_all_is_deployed() -> None:
    text = service(*range(45))
    (one,) = found(f"{text}alarms: {{}}\n", inventory(text))
    assert one.fix == ()


def test_a_stack_is_added_to_others() -> None:
    first = service(
        *range(60), more="stacks:\n    billing:\n        queues: [q0]\n        consumers: [c0]\n"
    )
    text = mended(first)
    assert found(text) == []
    assert "\n    part-2:\n" in text
    assert list(sizes(text)) == ["main", "billing", "part-2"]


def test_in_braces_there_is_only_the_finding() -> None:
    (one,) = found(service(*range(60), more="stacks: {billing: {queues: [q0], consumers: [c0]}}\n"))
    assert one.fix == ()


def test_what_must_lie_together_does() -> None:
    more = """\
  audit: {from: {topic: placed}, buffered: true, function: {code: lambdas/c}}
"""
    text = service(*range(60), more=more)
    text = text.replace("  q1: {}", "  q1: {dead_letter: {queue: q2}}")
    text = mended(text)
    assert found(text) == []
    assert ("q1," in text.split("stacks:")[1]) == ("q2," in text.split("stacks:")[1])
