"""Topics of other Regions: no dead letter where there can't be one, and no finding about that."""

from __future__ import annotations

import pytest

from tests.lint.phases import checked, completed

TOPICS = """\
topics:
  one: {import: {arn: "arn:aws:sns:eu-west-1:111122223333:one"}, messages: [OrderPlaced]}
  two: {import: {arn: "arn:aws:sns:us-east-1:111122223333:two"}, messages: [OrderPlaced]}
queues: {jobs: {external: true}, lost: {external: true}}
subscriptions:
  from-one: {from: {topic: one}, to: {queue: jobs}FIRST}
  from-two: {from: {topic: two}, to: {queue: jobs}SECOND}
consumers:
  last: {from: {queue: lost}, function: FUNCTION}
"""
NONE, NAMED = ", dead_letter: false", ", dead_letter: {queue: lost}"
HERE = '{arn: "arn:aws:lambda:us-east-1:111122223333:function:last"}'


def found(first: str, second: str, function: str = "provided") -> list[tuple[str, str]]:
    text = TOPICS.replace("FIRST", first).replace("SECOND", second).replace("FUNCTION", function)
    names = {"dead-letter-in-another-region", "edge-without-dlq"}
    said = [d for d in checked(completed(text)) if d.code.name in names]
    return [(d.code.name, d.message.split("`")[1]) for d in said]


@pytest.mark.parametrize("named", ["", NAMED])
def test_one_queue_cant_be_in_two_regions(named: str) -> None:
    queue = "lost" if named else "undelivered"
    assert found(named, named) == [("dead-letter-in-another-region", queue)]


@pytest.mark.parametrize(("first", "second"), [(NONE, ""), ("", NONE), (NONE, NAMED), (NONE, NONE)])
def test_what_is_advised_earns_no_other_finding(first: str, second: str) -> None:
    assert found(first, second) == []


def test_a_function_tells_which_region_is_the_stacks() -> None:
    assert found("", NONE, HERE) == [
        ("dead-letter-in-another-region", "undelivered"),
        ("edge-without-dlq", "from-two"),
    ]
    assert found(NONE, "", HERE) == []


def test_one_topic_alone_may_be_of_the_stacks_region() -> None:
    text = TOPICS[: TOPICS.index("  from-two")].replace("FIRST", NONE)
    (said,) = [d for d in checked(completed(text)) if d.code.name == "edge-without-dlq"]
    assert said.help is not None
    assert "if eu-west-1 isn't the Region of this stack" in said.help
