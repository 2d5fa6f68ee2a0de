"""The section `stacks` that is offered to a service which has outgrown its stack."""

from __future__ import annotations

import pytest

from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import analyse
from msgc.pipeline.inventory import losses
from msgc.stack import plan
from msgc.stack.placement.parts import parts
from tests.evolution.judged import inventory
from tests.files import Memory
from tests.lint.phases import checked

pytestmark = pytest.mark.once

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


def mended(text: str, held: str = "", *, code: str = "too-many-resources") -> str:
    """Return a file that is too large as it is offered."""
    (one,) = found(text, held)
    assert one.code.name == code
    for edit in sorted(one.fix, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


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


def overfull(*, is_block: bool) -> str:
    """Return a service whose stack `billing` has too much, with what lies in it as lists."""

    def listed(letter: str) -> str:
        names = [f"{letter}{i}" for i in range(5, 70)]
        return "\n" + "".join(f"      - {n}  # {n}\n" for n in names) if is_block else (
            f" [{', '.join(names[:40])},\n      {', '.join(names[40:])}]\n"
        )  # fmt: skip

    lists = f"    queues:{listed('q')}    consumers:{listed('c')}"
    return service(*range(70), more=f"stacks:\n  billing:\n{lists}")


@pytest.mark.parametrize("is_block", [True, False], ids=["block", "brackets"])
def test_a_named_stack_is_divided(*, is_block: bool) -> None:
    before = overfull(is_block=is_block)
    text = mended(before)
    assert found(text) == []
    after = sizes(text)
    assert list(after) == ["main", "billing", "part-2"]
    assert after["main"] == sizes(before)["main"]
    assert all(size <= 380 for size in after.values())
    assert sum(after.values()) == sum(sizes(before).values()) + 2  # an undelivered queue


def test_what_is_deployed_in_a_named_stack_stays() -> None:
    everything = overfull(is_block=True)
    deployed = service(
        *range(50),
        more="stacks:\n  billing:\n"
        f"    queues: [{', '.join(f'q{i}' for i in range(5, 50))}]\n"
        f"    consumers: [{', '.join(f'c{i}' for i in range(5, 50))}]\n",
    )
    text = mended(everything, inventory(deployed))
    assert found(text, inventory(deployed)) == []
    part = text[text.index("  part-2:") :]
    assert "q49" not in part
    assert "q69" in part


def test_a_stack_listed_by_an_alias_has_only_the_finding() -> None:
    text = overfull(is_block=False).replace("    queues: [", "    queues: *listed\n#")
    names = ", ".join(f"q{i}" for i in range(5, 70))
    text = text.replace("\n#q5,", "\n    # q5,").replace("      q45", "    # q45")
    text = text.replace("version: 1\n", f"version: 1\nx-listed: &listed [{names}]\n")
    (one,) = found(text)
    assert one.fix == ()


def scheduled(size: int) -> str:
    """Return a service with 40 queues, into each of which a schedule sends a body of a size."""
    queues = "".join(f"  q{i}: {{messages: [Told], external: subscribe}}\n" for i in range(40))
    edges = "".join(
        f"  s{i}: {{from: {{schedule: rate(1 day)}}, to: {{queue: q{i}}},"
        f" send: {{message: Told, body: {{text: {'x' * size}}}}}}}\n"
        for i in range(40)
    )
    told = "  Told: {schema: {type: object, properties: {text: {type: string}}}}\n"
    head = HEAD.replace("messages:\n", f"messages:\n{told}", 1)
    rest = (
        "  all: {from: {topic: placed}, to: {queue: placed}}\n"
        "consumers:\n  c: {from: {queue: placed}, function: {code: lambdas/c}}\n"
    )
    return f"{head}queues:\n  placed: {{}}\n{queues}subscriptions:\n{edges}{rest}"


def test_a_large_template_is_divided() -> None:
    text = scheduled(24_000)
    (one,) = found(text)
    assert one.code.name == "limit-exceeded"
    assert one.message.startswith("the template of the stack of service `shop` has about 1,1")
    text = mended(text, code="limit-exceeded")
    assert found(text) == []
    assert list(sizes(text)) == ["main", "part-2"]


def test_a_template_that_is_nearly_too_large_is_told() -> None:
    outcome = analyse("messaging.yaml", Memory({"messaging.yaml": scheduled(18_000)}))
    (one,) = [d for d in outcome.diagnostics if d.code.name == "nearly-full-stack"]
    assert "of the 1,000,000 bytes" in one.message
    assert not [d for d in outcome.diagnostics if d.is_error]


def test_without_a_limit_no_template_is_measured() -> None:
    found = checked(scheduled(24_000), resource_limit=None)
    assert "limit-exceeded" not in {d.code.name for d in found}


def test_what_must_lie_together_does() -> None:
    more = """\
  audit: {from: {topic: placed}, buffered: true, function: {code: lambdas/c}}
"""
    text = service(*range(60), more=more)
    text = text.replace("  q1: {}", "  q1: {dead_letter: {queue: q2}}")
    text = mended(text)
    assert found(text) == []
    assert ("q1," in text.split("stacks:")[1]) == ("q2," in text.split("stacks:")[1])
